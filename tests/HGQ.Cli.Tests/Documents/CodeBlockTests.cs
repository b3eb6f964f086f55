using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using System.Xml.Linq;
using HGQ.Model.Serialization;
using HGQ.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HGQ.Cli.Tests.Documents;

/// <summary>
/// Every code block of the documents is what it says: C# compiles, commands are understood by the tool, JSON and XML can be read.
/// A comment <c>&lt;!-- preamble ... --&gt;</c> before a block of C# holds what an excerpt needs and its reader does not.
/// </summary>
public sealed partial class CodeBlockTests
{
    private static readonly string[] Languages = ["", "text", "sh", "bash", "console", "csharp", "json", "xml", "verilog"];

    // An older System.Runtime that a library names is the newer one: the SDK leaves these warnings out as well.
    private static readonly KeyValuePair<string, ReportDiagnostic>[] UnifiedReferences =
        [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    public static TheoryData<string, int> CSharp => Blocks("csharp");

    public static TheoryData<string, int> Json => Blocks("json");

    public static TheoryData<string, int> Xml => Blocks("xml");

    [Fact]
    public void Every_block_is_of_a_language_that_is_tested() =>
        Assert.Empty(All().Where(block => !Languages.Contains(block.Language)).Select(block => $"{block}: {block.Language}"));

    [Theory]
    [MemberData(nameof(CSharp))]
    public void CSharp_compiles(string page, int line)
    {
        CodeBlock block = Find(page, line);
        string source = string.Concat(UsingsFirst(block.Preamble + "\n" + block.Text));
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source, options).GetRoot();

        // Statements stand before types in a program; a preamble may hold both.
        SyntaxList<MemberDeclarationSyntax> members = [.. root.Members.OrderBy(member => member is GlobalStatementSyntax ? 0 : 1)];
        SyntaxTree tree = CSharpSyntaxTree.ParseText(root.WithMembers(members).ToFullString(), options);
        var compilation = CSharpCompilation.Create(
            "document",
            [tree],
            ToolAssemblies.References,
            new CSharpCompilationOptions(
                members.Any(member => member is GlobalStatementSyntax) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: UnifiedReferences));
        AdditionalText[] models = [.. ModelAttribute().Matches(source).Select(match => new Model(match.Groups[1].Value))];
        CSharpGeneratorDriver.Create([ToolAssemblies.Generator()], models, options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        var problems = generated.GetDiagnostics().Concat(diagnostics).Where(problem => problem.Severity >= DiagnosticSeverity.Warning).ToList();
        Assert.True(problems.Count == 0, $"{block}\n{string.Join('\n', problems)}\n{source}");
    }

    [Fact]
    public void Commands_are_understood_by_the_tool()
    {
        RootCommand root = ToolAssemblies.CommandLine();
        var calls = All().SelectMany(ShellCommand.In).Where(command => command.ToolArguments is not null).ToList();
        Assert.InRange(calls.Count, 30, int.MaxValue);
        Assert.Empty(
            from call in calls
            from error in root.Parse(call.ToolArguments!).Errors
            select $"{call}: {error.Message}");
    }

    [Fact]
    public void Commands_of_dotnet_name_projects_that_are_there()
    {
        var paths = from block in All()
                    from command in ShellCommand.In(block)
                    where command.Words[0] == "dotnet"
                    from word in command.Words
                    where ProjectPath().IsMatch(word)
                    select (command, word);
        Assert.NotEmpty(paths);
        Assert.Empty(paths.Where(pair => !Path.Exists(RepositoryRoot.Combine(pair.word))).Select(pair => $"{pair.command}: {pair.word}"));
    }

    [Theory]
    [MemberData(nameof(Json))]
    public async Task Json_is_read(string page, int line)
    {
        CodeBlock block = Find(page, line);
        using var document = JsonDocument.Parse(block.Text);
        string? format = document.RootElement.TryGetProperty("format", out var name) ? name.GetString() : null;
        if (format == "hgq-model")
        {
            Assert.NotEmpty(ModelReader.Read(block.Text).Layers);
        }
        else if (format == "hgq-sweep")
        {
            using var folder = new TemporaryFolder();
            TrainedRun.CopySamples(folder.Path);
            await File.WriteAllTextAsync(folder.Combine("samples", "sweeps", "block.json"), block.Text);
            var result = await HgqTool.RunAsync(folder.Path, "sweep", "samples/sweeps/block.json", "--dry-run");
            Assert.True(result.ExitCode == 0, $"{block}\n{result}");
        }
        else if (format == "hgq-description")
        {
            using var folder = new TemporaryFolder();
            TrainedRun.CopySamples(folder.Path);
            await File.WriteAllTextAsync(folder.Combine("network.json"), block.Text);
            string[] train = ["train", "samples/data/clusters.csv", "--target", "cluster", "--method", "recipe"];
            var result = await HgqTool.RunAsync(folder.Path, [.. train, "--model", "network.json", "--epochs", "2", "--out", "run"]);
            Assert.True(result.ExitCode == 0, $"{block}\n{result}");
        }
    }

    [Theory]
    [MemberData(nameof(Xml))]
    public void Xml_is_read(string page, int line) => Assert.NotEmpty(XElement.Parse($"<Project>{Find(page, line).Text}</Project>").Elements());

    private static IEnumerable<CodeBlock> All() => MarkdownPage.All.SelectMany(page => page.CodeBlocks);

    private static CodeBlock Find(string page, int line) => MarkdownPage.Read(page).CodeBlocks.Single(block => block.Line == line);

    private static TheoryData<string, int> Blocks(string language)
    {
        var data = new TheoryData<string, int>();
        foreach (CodeBlock block in All().Where(block => block.Language == language))
        {
            data.Add(block.Page, block.Line);
        }

        return data;
    }

    // A preamble may hold statements; using directives stand before all of them.
    private static IEnumerable<string> UsingsFirst(string source) =>
        source.Split('\n').OrderBy(line => UsingDirective().IsMatch(line) ? 0 : 1).Select(line => line + "\n");

    [GeneratedRegex(@"^using (static )?[\w.]+;|^using \w+ = ")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"HgqModel\(""([^""]+)""")]
    private static partial Regex ModelAttribute();

    [GeneratedRegex(@"^(src|tests|samples|benchmarks)/|\.(sln|slnf|csproj)$")]
    private static partial Regex ProjectPath();

    /// <summary>The sample's model under the name that a page gives it.</summary>
    private sealed class Model(string name) : AdditionalText
    {
        public override string Path => "/" + name;

        public override SourceText GetText(CancellationToken cancellationToken = default) =>
            SourceText.From(File.ReadAllText(RepositoryRoot.Combine("samples", "Inference", "pendigits.hgq.json")));
    }
}
