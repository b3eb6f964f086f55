using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Intrinsics.X86;
using System.Runtime.Loader;
using HGQ.Generators;
using HGQ.Model.Program;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace HGQ.Cli.Engines;

/// <summary>The generated C# of a program, compiled in memory: its entry points with 64-bit codes, whatever integer type they have.</summary>
internal sealed class GeneratedModel : IDisposable
{
    private const string Namespace = "Generated";
    private const string ClassName = "Model";
    private readonly AssemblyLoadContext? _context;
    private readonly bool _narrow;

    private GeneratedModel(AssemblyLoadContext? context, Type type, IntegerProgram program)
    {
        _context = context;
        Type = type;
        Program = program;
        _narrow = Find("PredictRaw", typeof(ReadOnlySpan<int>), typeof(Span<int>)) is not null;
    }

    public delegate void SampleMethod<T>(ReadOnlySpan<T> inputs, Span<T> results);

    public delegate void BatchMethod<T>(ReadOnlySpan<T> inputs, Span<T> results, int count);

    public delegate void BlockMethod<T>(ReadOnlySpan<T> inputs, Span<T> results, int count, int lanes);

    public delegate void WidthMethod<T>(ReadOnlySpan<T> inputs, Span<T> results, int vectorBits);

    public delegate int ClassMethod<T>(ReadOnlySpan<T> inputs);

    /// <summary>Samples side by side in the blocks of the generated kernels, one width of vectors each.</summary>
    public static IReadOnlyList<int> BlockSizes { get; } = [8, 16, 32];

    /// <summary>The generated class.</summary>
    public Type Type { get; }

    /// <summary>Whether codes are 32-bit integers, else they have 64 bits.</summary>
    public bool CodesAre32Bits => _narrow;

    /// <summary>The program it computes.</summary>
    public IntegerProgram Program { get; }

    /// <summary>A class that was generated, compiled and loaded elsewhere.</summary>
    public static GeneratedModel Of(Type type, IntegerProgram program) => new(null, type, program);

    /// <summary>Generates, compiles and loads.</summary>
    /// <exception cref="InvalidOperationException">The text does not compile without warnings.</exception>
    public static GeneratedModel Compile(IntegerProgram program)
    {
        string source = CSharpEmitter.Emit(program, new CSharpOptions(Namespace, ClassName));
        var context = new AssemblyLoadContext(ClassName, isCollectible: true);
        using var image = new MemoryStream(Compile(source));
        var type = context.LoadFromStream(image).GetType($"{Namespace}.{ClassName}", throwOnError: true)!;
        return new GeneratedModel(context, type, program);
    }

    /// <summary>Compiles C# text as strictly as the language allows.</summary>
    /// <exception cref="InvalidOperationException">There are errors or warnings.</exception>
    public static byte[] Compile(string source)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            optimizationLevel: OptimizationLevel.Release,
            warningLevel: 9999,
            checkOverflow: true,
            nullableContextOptions: NullableContextOptions.Enable);
        var parsing = new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create("Generated", [CSharpSyntaxTree.ParseText(source, parsing)], PlatformReferences(), options);
        using var image = new MemoryStream();
        var problems = compilation.Emit(image).Diagnostics.Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning).ToArray();
        return problems.Length == 0
            ? image.ToArray()
            : throw new InvalidOperationException("The generated C# does not compile: " + string.Join("; ", problems.Take(5)));
    }

    /// <summary>One sample, codes to raw results.</summary>
    public long[] PredictRaw(long[] codes) => _narrow
        ? Widen(Single(nameof(PredictRaw), Narrow(codes)))
        : Single(nameof(PredictRaw), codes);

    /// <summary>Widths of vectors that this machine's kernels for one sample can use; 0 is scalar code.</summary>
    public static IReadOnlyList<int> SingleWidths { get; } = [0, .. Avx2.IsSupported ? [256] : Array.Empty<int>(), .. Avx512BW.IsSupported ? [512] : Array.Empty<int>()];

    /// <summary>One sample, by the kernel of a chosen width.</summary>
    public long[] PredictRaw(long[] codes, int vectorBits) => _narrow
        ? Widen(Width(Narrow(codes), vectorBits))
        : Width(codes, vectorBits);

    /// <summary>One sample of reals.</summary>
    public T[] Predict<T>(T[] inputs) => Single(nameof(Predict), inputs);

    /// <summary>Some of many samples, one by one.</summary>
    /// <param name="method">An entry point for one sample.</param>
    /// <param name="inputs">The inputs of all samples, one behind the other.</param>
    /// <param name="size">Inputs of a sample.</param>
    /// <param name="samples">The samples to compute.</param>
    /// <param name="vectorBits">The kernel of this width; null: as users call it.</param>
    public T[] Each<T>(string method, T[] inputs, int size, int[] samples, int? vectorBits = null)
        where T : struct
    {
        Type[] spans = [typeof(ReadOnlySpan<T>), typeof(Span<T>)];
        WidthMethod<T> predict;
        if (vectorBits is null)
        {
            var plain = Bind<SampleMethod<T>>(method, spans);
            predict = (sample, results, _) => plain(sample, results);
        }
        else
        {
            predict = Bind<WidthMethod<T>>(method, [.. spans, typeof(int)]);
        }

        int outputs = Program.OutputSize;
        var all = new T[samples.Length * outputs];
        for (int n = 0; n < samples.Length; n++)
        {
            predict(inputs.AsSpan(samples[n] * size, size), all.AsSpan(n * outputs, outputs), vectorBits ?? 0);
        }

        return all;
    }

    /// <summary>Many samples, codes to raw results, as users call it.</summary>
    public long[] PredictBatch(long[] codes, int count) => _narrow
        ? Widen(Batch(Narrow(codes), count))
        : Batch(codes, count);

    /// <summary>Many samples of reals, as users call it.</summary>
    public T[] PredictBatch<T>(T[] inputs, int count)
        where T : struct => Batch(inputs, count);

    /// <summary>Many samples in blocks of a chosen size, whatever vectors this machine has.</summary>
    public long[] PredictBlocks(long[] codes, int count, int lanes) => _narrow
        ? Widen(Blocks(Narrow(codes), count, lanes))
        : Blocks(codes, count, lanes);

    /// <summary>The same with codes of the type that the class has.</summary>
    public T[] PredictBlocks<T>(T[] codes, int count, int lanes)
        where T : struct => Blocks(codes, count, lanes);

    /// <summary>Index of the largest result of a sample.</summary>
    public int Classify<T>(T[] inputs) => Bind<ClassMethod<T>>("Classify", typeof(ReadOnlySpan<T>))(inputs);

    /// <summary>A method of the class as a delegate.</summary>
    public TDelegate Bind<TDelegate>(string name, params Type[] parameters)
        where TDelegate : Delegate
        => (Find(name, parameters) ?? throw new MissingMethodException(Type.Name, name)).CreateDelegate<TDelegate>();

    /// <inheritdoc/>
    public void Dispose() => _context?.Unload();

    private static List<MetadataReference> PlatformReferences()
    {
        string assemblies = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? string.Empty;
        return assemblies.Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path))
            .ToList();
    }

    private static int[] Narrow(long[] codes) => Array.ConvertAll(codes, code => checked((int)code));

    private static long[] Widen(int[] codes) => Array.ConvertAll(codes, code => (long)code);

    private T[] Single<T>(string name, T[] inputs)
    {
        var results = new T[Program.OutputSize];
        Bind<SampleMethod<T>>(name, typeof(ReadOnlySpan<T>), typeof(Span<T>))(inputs, results);
        return results;
    }

    private T[] Width<T>(T[] codes, int vectorBits)
    {
        var results = new T[Program.OutputSize];
        Bind<WidthMethod<T>>(nameof(PredictRaw), typeof(ReadOnlySpan<T>), typeof(Span<T>), typeof(int))(codes, results, vectorBits);
        return results;
    }

    private T[] Batch<T>(T[] inputs, int count)
    {
        var results = new T[Program.OutputSize * count];
        Bind<BatchMethod<T>>("PredictBatch", typeof(ReadOnlySpan<T>), typeof(Span<T>), typeof(int))(inputs, results, count);
        return results;
    }

    private T[] Blocks<T>(T[] inputs, int count, int lanes)
    {
        var results = new T[Program.OutputSize * count];
        Bind<BlockMethod<T>>("PredictBlocks", typeof(ReadOnlySpan<T>), typeof(Span<T>), typeof(int), typeof(int))(inputs, results, count, lanes);
        return results;
    }

    private MethodInfo? Find(string name, params Type[] parameters)
        => Type.GetMethod(name, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, parameters);
}
