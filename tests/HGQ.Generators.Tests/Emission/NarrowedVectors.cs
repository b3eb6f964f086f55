using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Tests.Emission;

/// <summary>
/// The generated code, which takes the machine for one with narrower vectors: each question for instructions of some width is also one for a field.
/// Done on the syntax tree, so that every such question is found.
/// </summary>
internal static class NarrowedVectors
{
    /// <summary>The class of the field that limits the width.</summary>
    public const string TypeName = "Generated.Widest";

    /// <summary>Bits of the widest vector that may be used.</summary>
    public const string FieldName = "Bits";

    private static readonly Dictionary<string, int> Widths = new()
    {
        ["Avx512BW"] = 512,
        ["Avx512F"] = 512,
        ["Avx512Vbmi"] = 512,
        ["X64"] = 512,
        ["Avx2"] = 256,
    };

    public static string Of(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source).GetRoot();
        var questions = root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => access.Name.Identifier.ValueText == "IsSupported" && Widths.ContainsKey(InstructionSet(access)))
            .ToArray();
        Assert.NotEmpty(questions);
        var narrowed = root.ReplaceNodes(questions, static (access, _) => SyntaxFactory.ParseExpression(
            FormattableString.Invariant($"({access} && global::{TypeName}.{FieldName} >= {Widths[InstructionSet(access)]})")));
        return $"{narrowed}\ninternal static class Widest {{ public static int {FieldName} = 512; }}\n";
    }

    private static string InstructionSet(MemberAccessExpressionSyntax access) => access.Expression.ToString().Split('.', ':')[^1];
}
