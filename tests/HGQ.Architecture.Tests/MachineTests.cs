using System;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Architecture.Tests;

/// <summary>What vectors of a width are called, and which instructions compute on them, is said in one folder.</summary>
public sealed partial class MachineTests
{
    private const string Machines = "src/HGQ.Generators/Machines/";

    /// <summary>Comments may say what they like.</summary>
    [Fact]
    public void Printers_name_no_type_and_no_instruction_of_a_width() => Violations.AssertNone(
        from path in SourceFile.CSharp("src/HGQ.Generators")
        where !path.StartsWith(Machines, StringComparison.Ordinal)
        from token in CSharpSyntaxTree.ParseText(SourceFile.Read(path)).GetRoot().DescendantTokens()
        from Match match in NameOfWidth().Matches(token.Text)
        select $"{path}: {match.Value}; ask a Machine");

    /// <summary>The rule above finds what it looks for.</summary>
    [Fact]
    public void Machines_name_them() => Assert.Matches(NameOfWidth(), SourceFile.Read(Machines + "Machine.cs"));

    [GeneratedRegex(@"Vector(128|256|512)|\b(Avx|Sse|Ssse|Fma|AdvSimd)[0-9]*[A-Za-z]*\b|\b512\b")]
    private static partial Regex NameOfWidth();
}
