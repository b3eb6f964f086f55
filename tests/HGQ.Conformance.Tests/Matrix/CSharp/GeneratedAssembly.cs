using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Conformance.Tests.Matrix.CSharp;

/// <summary>Compiles generated classes as a user's build does: optimised, nullable, without unsafe code, referencing .NET only.</summary>
internal static class GeneratedAssembly
{
    /// <summary>The compiled assembly; any warning in generated code is a failure.</summary>
    public static MemoryStream Compile(IEnumerable<(string Generated, string Driver)> sources)
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
        Assert.Empty(result.Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).Take(3));
        image.Position = 0;
        return image;
    }
}
