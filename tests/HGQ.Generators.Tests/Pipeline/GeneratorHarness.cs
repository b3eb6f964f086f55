using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Basic.Reference.Assemblies;
using HGQ.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace HGQ.Generators.Tests.Pipeline;

/// <summary>Runs the generator on sources and model files, step tracking on.</summary>
internal static class GeneratorHarness
{
    /// <summary>The interface that classes which are not static implement.</summary>
    public static string Interface => AttributeSource.Interface;

    public static CSharpCompilation Compilation(string source, IEnumerable<MetadataReference>? references = null) => CSharpCompilation.Create(
        "consumer",
        [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose), "/project/Code.cs")],
        references ?? Net100.References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable));

    public static GeneratorDriver Driver(params ModelText[] files) => CSharpGeneratorDriver.Create(
        [new HgqModelGenerator().AsSourceGenerator()],
        files,
        new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose),
        new Options(),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Generated files, generator's diagnostics above information, compiler's diagnostics above information.</summary>
    public static (string[] Sources, Diagnostic[] Problems, Diagnostic[] Compiler) Run(string source, params ModelText[] files)
    {
        var driver = Driver(files).RunGeneratorsAndUpdateCompilation(Compilation(source), out var updated, out _);
        var result = driver.GetRunResult();
        return (
            result.GeneratedTrees.Select(tree => tree.ToString()).Where(text => !text.Contains("HgqModelAttribute") && !text.Contains("EmbeddedAttribute") && !text.Contains("interface IHgqModel")).ToArray(),
            result.Diagnostics.Where(d => d.Severity > DiagnosticSeverity.Info).ToArray(),
            updated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).ToArray());
    }

    /// <summary>A model file with its item metadata.</summary>
    internal sealed class ModelText(string path, string text, string className = "", string @namespace = "") : AdditionalText
    {
        public string ClassName => className;

        public string Namespace => @namespace;

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(("build_property.RootNamespace", "Consumer"));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values();

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => textFile is ModelText model
            ? new Values(
                ("build_metadata.AdditionalFiles.HgqClassName", model.ClassName),
                ("build_metadata.AdditionalFiles.HgqNamespace", model.Namespace))
            : new Values();
    }

    private sealed class Values(params (string Key, string Value)[] values) : AnalyzerConfigOptions
    {
        private readonly ImmutableDictionary<string, string> _values = values.ToImmutableDictionary(pair => pair.Key, pair => pair.Value);

        public override bool TryGetValue(string key, out string value) => _values.TryGetValue(key, out value!);
    }
}
