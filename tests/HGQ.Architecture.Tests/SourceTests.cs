using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Architecture.Tests;

/// <summary>Rules of the house that text and syntax show.</summary>
public sealed partial class SourceTests
{
    private const int LongestFile = 300;
    private const int LongestMethod = 60;
    private const int LongestLine = 140;

    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".md", ".json", ".sln", ".slnf", ".h", ".cpp", ".tcl", ".sbn", ".sbncs", ".txt", ".yml", ".editorconfig"];

    [Fact]
    public void Files_can_be_read_in_one_go() => Violations.AssertNone(
        from path in SourceFile.CSharp("src", "tests", "samples", "benchmarks")
        where !path.Contains("/Goldens/", StringComparison.Ordinal)
        let lines = SourceFile.Read(path).AsSpan().Count('\n')
        where lines > LongestFile
        select $"{path}: {lines} lines");

    [Fact]
    public void Methods_fit_on_a_screen() => Violations.AssertNone(
        from path in SourceFile.CSharp("src")
        let root = CSharpSyntaxTree.ParseText(SourceFile.Read(path)).GetRoot()
        from method in root.DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        let lines = method.GetText().ToString().Trim().AsSpan().Count('\n') + 1 - DocumentationLines(method)
        where lines > LongestMethod
        select $"{path}: {(method as MethodDeclarationSyntax)?.Identifier.ValueText ?? "constructor"} has {lines} lines");

    /// <summary>Files that had longer lines when the rule came have as many at most; the list only gets shorter.</summary>
    [Fact]
    public void Lines_fit_beside_each_other()
    {
        var allowed = SourceFile.Read("tests/HGQ.Architecture.Tests/Reviewed/LongLines.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ")).ToDictionary(cells => cells[0], cells => int.Parse(cells[1], CultureInfo.InvariantCulture));
        Violations.AssertNone(
            from path in SourceFile.CSharp("src", "tests", "samples", "benchmarks")
            let lines = SourceFile.Read(path).Split('\n').Count(line => line.Length > LongestLine)
            where lines > allowed.GetValueOrDefault(path)
            select $"{path}: {lines} lines of more than {LongestLine} columns, {allowed.GetValueOrDefault(path)} were there; wrap them");
    }

    /// <summary>Programs that tests start may run for a given time; a file with tests has no clock.</summary>
    [Fact]
    public void Tests_measure_no_time() => Violations.AssertNone(
        from path in SourceFile.CSharp("tests")
        where !path.EndsWith("SourceTests.cs", StringComparison.Ordinal)
        let text = SourceFile.Read(path)
        where TestAttribute().IsMatch(text)
        from Match match in Clock().Matches(text)
        select $"{path}: {match.Value}; what takes how long is measured in benchmarks");

    [Fact]
    public void Nothing_is_left_for_later() => Violations.AssertNone(
        from path in SourceFile.CSharp("src", "samples", "benchmarks")
        from Match match in LeftForLater().Matches(SourceFile.Read(path))
        select $"{path}: {match.Value}");

    [Fact]
    public void Errors_are_never_swallowed() => Violations.AssertNone(
        from path in SourceFile.CSharp("src", "samples", "benchmarks")
        from clause in CSharpSyntaxTree.ParseText(SourceFile.Read(path)).GetRoot().DescendantNodes().OfType<CatchClauseSyntax>()
        where clause.Filter is null && clause.Block.Statements.Count == 0 && (clause.Declaration is null || clause.Declaration.Type.ToString() is "Exception" or "System.Exception")
        select $"{path}: {clause}");

    /// <summary>Without a style, 0,005 is read as 5.</summary>
    [Fact]
    public void Numbers_are_read_with_a_style() => Violations.AssertNone(
        from path in SourceFile.CSharp("src")
        from call in CSharpSyntaxTree.ParseText(SourceFile.Read(path)).GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        where NumberParse().IsMatch(call.Expression.ToString()) && !call.ArgumentList.Arguments.Any(static argument => argument.ToString().StartsWith("NumberStyles.", StringComparison.Ordinal)
            || argument.ToString() is "style" or "plain")
        select $"{path}: {call}");

    [Fact]
    public void No_file_knows_the_folders_of_a_machine() => Violations.AssertNone(
        from path in SourceFile.All
        where TextEndings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)) && !path.EndsWith("SourceTests.cs", StringComparison.Ordinal)
        from Match match in FolderOfAMachine().Matches(SourceFile.Read(path))
        select $"{path}: {match.Value}");

    /// <summary>Templates name a version that is written when they are packed.</summary>
    [Fact]
    public void Versions_of_packages_are_central() => Violations.AssertNone(
        from path in SourceFile.All
        where path.EndsWith(".csproj", StringComparison.Ordinal)
        where PackageVersion().IsMatch(SourceFile.Read(path))
        select path);

    [Fact]
    public void Lines_end_with_a_line_feed() => Violations.AssertNone(
        from path in SourceFile.CSharp("src", "tests", "samples", "benchmarks")
        let text = SourceFile.Read(path)
        where text.Contains('\r', StringComparison.Ordinal) || !text.EndsWith('\n')
        select path);

    private static int DocumentationLines(BaseMethodDeclarationSyntax method) =>
        method.GetLeadingTrivia().ToFullString().Trim() is { Length: > 0 } text ? text.AsSpan().Count('\n') + 1 : 0;

    [GeneratedRegex(@"^(double|float|decimal|Half|byte|sbyte|short|ushort|int|uint|long|ulong|BigInteger|T)\.(Try)?Parse$")]
    private static partial Regex NumberParse();

    [GeneratedRegex(@"^\s*\[\w*(Fact|Theory)\b", RegexOptions.Multiline)]
    private static partial Regex TestAttribute();

    [GeneratedRegex(@"\bStopwatch\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(NotImplementedException|TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex LeftForLater();

    [GeneratedRegex(@"(?<![\w.$}])(/home/\w+|/root/|/work/|/Users/\w+|/tmp/)|\b[A-Z]:\\\w+")]
    private static partial Regex FolderOfAMachine();

    [GeneratedRegex(@"<PackageReference[^>]*\sVersion=(?!""HGQ_VERSION"")")]
    private static partial Regex PackageVersion();
}
