using System.Collections.Generic;
using System.Numerics;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>A recorded model: its graph, samples and the exact integers they give.</summary>
/// <param name="Id">Name of the case and of the variant.</param>
/// <param name="Graph">The imported graph; its outputs are in the recorded order.</param>
/// <param name="Samples">Real inputs of each sample, all ports one behind the other.</param>
/// <param name="Outputs">Recorded results, one for each output of the graph.</param>
/// <param name="Layers">Recorded outputs of layers for the first samples, by name of the layer in the graph.</param>
/// <param name="Ebops">Recorded cost by layer, where it is that of the project's definition.</param>
internal sealed record GoldenModel(
    string Id,
    ModelGraph Graph,
    double[][] Samples,
    IReadOnlyList<GoldenOutput> Outputs,
    IReadOnlyDictionary<string, double[][]> Layers,
    IReadOnlyDictionary<string, GoldenCost> Ebops)
{
    /// <summary>For the names of test cases.</summary>
    public override string ToString() => Id;
}

/// <summary>The exact results of one output.</summary>
/// <param name="Name">Name of the output.</param>
/// <param name="FractionBits">Fraction bits of each element's raw integers.</param>
/// <param name="Raw">Raw integers by sample and element.</param>
internal sealed record GoldenOutput(string Name, int[] FractionBits, BigInteger[][] Raw);

/// <summary>The cost of a layer.</summary>
/// <param name="Ebops">Recorded in float32.</param>
/// <param name="BehindAverage">
/// The layer reads an average. The original gives it the largest width of its window, which is too few bits: the exact cost is at least the
/// recorded one.
/// </param>
internal sealed record GoldenCost(double Ebops, bool BehindAverage);
