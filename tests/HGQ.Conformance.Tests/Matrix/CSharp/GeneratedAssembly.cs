using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Conformance.Tests.Matrix.CSharp;

/// <summary>Compiles generated classes as a user's build does: optimised, nullable, without unsafe code, referencing .NET only.</summary>
internal static class GeneratedAssembly
{
    /// <summary>The compiled assembly; null, and the first problems, where there is an error or any warning.</summary>
    public static MemoryStream? Compile(IEnumerable<(string Generated, string Driver)> sources, out string problems)
    {
        var parse = new CSharpParseOptions(LanguageVersion.CSharp12);
        var trees = sources.SelectMany(source => new[]
        {
            CSharpSyntaxTree.ParseText(source.Generated, parse, "generated.cs"),
            CSharpSyntaxTree.ParseText(source.Driver, parse, "driver.cs"),
        });
        var compilation = CSharpCompilation.Create("generated", trees, Basic.Reference.Assemblies.Net100.References.All, new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable,
            warningLevel: 9999));
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        problems = string.Join('\n', result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Take(3));
        image.Position = 0;
        return problems.Length == 0 ? image : null;
    }
}
