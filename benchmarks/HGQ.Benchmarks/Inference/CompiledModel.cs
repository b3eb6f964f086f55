using System;
using System.IO;
using System.Linq;
using System.Reflection;
using HGQ.Generators;
using HGQ.Model.Program;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Benchmarks.Inference;

/// <summary>A generated class whose model file is too large to be kept: made and compiled when it is needed, as the build would.</summary>
internal static class CompiledModel
{
    private const string Name = "HGQ.Benchmarks.Compiled.Model";

    public static GeneratedMethods Compile(IntegerProgram program)
    {
        var type = CompileType(program);
        const string batch = "PredictBatch";
        return new GeneratedMethods(
            Of<One<float>>(type, "Predict"),
            Of<One<int>>(type, "PredictRaw"),
            Of<Many<float>>(type, batch),
            Of<Many<int>>(type, batch),
            Of<Split<float>>(type, batch),
            Of<Split<int>>(type, batch));
    }

    /// <summary>The class itself.</summary>
    public static Type CompileType(IntegerProgram program)
    {
        int dot = Name.LastIndexOf('.');
        string source = CSharpEmitter.Emit(program, new CSharpOptions(Name[..dot], Name[(dot + 1)..]));
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal));
        var compilation = CSharpCompilation.Create(
            "Compiled",
            [CSharpSyntaxTree.ParseText(source)],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using var image = new MemoryStream();
        var problems = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
        if (problems.Length > 0)
        {
            throw new InvalidOperationException("The generated C# does not compile: " + problems[0]);
        }

        return Assembly.Load(image.ToArray()).GetType(Name, throwOnError: true)!;
    }

    /// <summary>A method of the class, public or not, as a delegate.</summary>
    public static TDelegate Of<TDelegate>(Type type, string method)
        where TDelegate : Delegate
    {
        var parameters = typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType).ToArray();
        var found = type.GetMethod(method, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, parameters)
            ?? throw new MissingMethodException(type.FullName, method);
        return found.CreateDelegate<TDelegate>();
    }
}
