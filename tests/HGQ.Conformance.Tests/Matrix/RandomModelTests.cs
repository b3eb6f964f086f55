using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>Random models in every engine: equal integers, no tolerance.</summary>
public sealed class RandomModelTests
{
    private const int DenseModels = 100;

    private const int ModelsOfAllLayers = 500;

    public static TheoryData<string> Managed() => [.. MatrixEngines.Managed];

    public static TheoryData<string> Compiled() => [.. MatrixEngines.Compiled];

    [Theory]
    [MemberData(nameof(Managed))]
    public void Dense_models(string engine) => Fuzzing.Run(MatrixEngines.Find(engine), RandomGraphs.Dense, DenseModels);

    [Theory]
    [MemberData(nameof(Managed))]
    public void Models_of_all_layers(string engine) => Fuzzing.Run(MatrixEngines.Find(engine), RandomGraphs.Any, ModelsOfAllLayers);

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Dense_models_compiled(string engine) => Fuzzing.Run(MatrixEngines.Find(engine), RandomGraphs.Dense, Share(engine, DenseModels));

    [ToolTheory("g++")]
    [MemberData(nameof(Compiled))]
    public void Models_of_all_layers_compiled(string engine) => Fuzzing.Run(MatrixEngines.Find(engine), RandomGraphs.Any, Share(engine, ModelsOfAllLayers));

    // With streams most of what is compiled is the same again.
    private static int Share(string engine, int models) => engine == MatrixEngines.Streams ? models / 4 : models;
}
