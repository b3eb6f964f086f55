using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using HGQ.Runtime.Layers;
using HGQ.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TorchSharp;

namespace HGQ.Conformance.Tests.Documents;

/// <summary>The programs of docs/training-in-a-program.md compile as they stand, run, and say what the page says.</summary>
[Collection(nameof(TrainingPageTests))]
[CollectionDefinition(nameof(TrainingPageTests), DisableParallelization = true)]
public sealed partial class TrainingPageTests
{
    private static readonly string[] Says =
        [@"epoch \d+: .*, \d+ EBOPs, 0 differences, 0 overflows", @"loss \d", "epoch 9: loss", "6 epochs\nthe same network"];

    public static TheoryData<int> Programs() => [.. Enumerable.Range(0, Says.Length)];

    [Theory]
    [MemberData(nameof(Programs))]
    public void Each_program_compiles_and_runs(int program)
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "training-in-a-program.md"));
        string[] blocks = [.. Block().Matches(page).Select(static match => match.Groups[1].Value)];
        Assert.Equal(Says.Length, blocks.Length);
        Assert.Matches(Says[program], Run(blocks[program]).Replace("\r", string.Empty, StringComparison.Ordinal));
    }

    private static string Run(string program)
    {
        var entry = AssemblyLoadContext.Default.LoadFromStream(Compile(program)).EntryPoint!;
        using var folder = new TemporaryFolder();
        string before = Directory.GetCurrentDirectory();
        TextWriter console = Console.Out;
        using var said = new StringWriter();
        int threads = torch.get_num_threads();
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Console.SetOut(said);
            entry.Invoke(null, entry.GetParameters().Length == 0 ? [] : [Array.Empty<string>()]);
        }
        finally
        {
            Console.SetOut(console);
            Directory.SetCurrentDirectory(before);
            TorchThreads.Number = null;
            torch.set_num_threads(threads);
        }

        return said.ToString();
    }

    private static MemoryStream Compile(string program)
    {
        Assembly[] used = [typeof(HgqModel).Assembly, typeof(Model.Graph.ModelGraph).Assembly, typeof(torch).Assembly];
        IEnumerable<MetadataReference> references =
            [.. Basic.Reference.Assemblies.Net100.References.All, .. used.Select(a => MetadataReference.CreateFromFile(a.Location))];
        var compilation = CSharpCompilation.Create(
            "page" + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(program)],
            references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(3)));
        image.Position = 0;
        return image;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
