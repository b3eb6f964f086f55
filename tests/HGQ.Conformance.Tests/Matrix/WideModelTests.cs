using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Random models as wide as trained networks in every engine: equal integers, no tolerance.</summary>
public sealed class WideModelTests
{
    private const int DenseModels = 3;

    private const int ConvolutionModels = 2;

    /// <summary>Four blocks of the widest vectors at once, and a rest.</summary>
    private const int ManySamples = 140;

    /// <summary>Exact numbers and C++ are slow.</summary>
    private const int FewSamples = 8;

    /// <summary>Every weight is a line of C++: beyond this the compiler would take most of the time.</summary>
    private const int MostWeightsCompiled = 1500;

    public static TheoryData<string> Managed() => [.. MatrixEngines.Managed];

    public static TheoryData<string> Compiled() => [.. MatrixEngines.Compiled];

    [Theory]
    [MemberData(nameof(Managed))]
    public void Dense_models(string engine) => Fuzzing.RunWide(MatrixEngines.Find(engine), seed => WideGraphs.Dense(seed), DenseModels, Samples(engine));

    [Theory]
    [MemberData(nameof(Managed))]
    public void Convolutions(string engine) => Fuzzing.RunWide(MatrixEngines.Find(engine), seed => WideGraphs.Conv(seed), ConvolutionModels, Samples(engine));

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Dense_models_compiled(string engine) => Fuzzing.RunWide(MatrixEngines.Find(engine), seed => WideGraphs.Dense(seed, MostWeightsCompiled), Share(engine, DenseModels), FewSamples);

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Convolutions_compiled(string engine) => Fuzzing.RunWide(MatrixEngines.Find(engine), seed => WideGraphs.Conv(seed, MostWeightsCompiled), Share(engine, ConvolutionModels), FewSamples);

    // With streams most of what is compiled is the same again.
    private static int Share(string engine, int models) => engine == MatrixEngines.Streams ? 1 : models;

    private static int Samples(string engine) => engine == "csharp" ? ManySamples : FewSamples;
}
