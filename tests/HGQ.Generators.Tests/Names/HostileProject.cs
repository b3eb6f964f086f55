using System.Linq;
using Basic.Reference.Assemblies;
using HGQ.Generators.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Generators.Tests.Names;

/// <summary>A project whose own types, namespaces, aliases and extension methods have the names that generated code uses.</summary>
internal static class HostileProject
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private static readonly string[] Types = [.. FrameworkNames.All.Select(name => name.TrimEnd('<')).Append("var").Append("Array").Append("Object").Append("String").Distinct()];

    /// <summary>Source text that declares all of it in a namespace and in those around it.</summary>
    public static string Source(string @namespace) => $$"""
        #pragma warning disable
        global using Vector128 = global::System.String;
        global using global::{{@namespace}}.Extensions;
        namespace {{@namespace}}.System { public static class Math { } public class Span<T> { } }
        namespace {{@namespace}}.HGQ { public static class Linear { } }
        namespace {{@namespace}}.global { public static class Linear { } }
        namespace {{@namespace}}
        {
        {{string.Concat(Types.Select(type => $"public class {type} {{ public string Title; }} public class {type}<T> {{ }} public class {type}Attribute : global::System.Attribute {{ }}\n"))}}
        }
        namespace {{@namespace}}.Extensions
        {
            public static class Shadow
            {
        {{string.Concat(new[] { "AsInt16", "AsInt32", "AsByte", "StoreUnsafe", "GetLower", "GetUpper", "ToScalar" }.SelectMany(name => new[] { 128, 256, 512 }.Select(bits =>
            $"public static void {name}<T>(this global::System.Runtime.Intrinsics.Vector{bits}<T> value) where T : struct {{ }}\n")))}}
                public static void Slice<T>(this global::System.Span<T> value) { }
                public static void AsSpan<T>(this T[] value) { }
            }
        }
        """;

    /// <summary>A compilation of texts, strict.</summary>
    public static CSharpCompilation Compilation(params string[] texts) => CSharpCompilation.Create(
        "hostile",
        texts.Select((text, n) => CSharpSyntaxTree.ParseText(text, Parsing, $"/project/{n}.cs")),
        Net100.References.All,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, warningLevel: 9999, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What the compiler says about generated texts, and about nothing else.</summary>
    public static string[] Problems(CSharpCompilation compilation) => [.. compilation.GetDiagnostics()
        .Where(problem => problem.Severity >= DiagnosticSeverity.Warning)
        .Select(problem => $"{problem}: {problem.Location.SourceTree?.GetText().Lines[problem.Location.GetLineSpan().StartLinePosition.Line]}")];
}
