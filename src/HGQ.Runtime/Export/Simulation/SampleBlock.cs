using System.Numerics;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>A tensor of a block of samples, one element after the other, each with all its samples side by side.</summary>
internal sealed class SampleBlock
{
    /// <summary>Samples of a block: four vectors, so that a product keeps four sums in registers and a block in the nearest cache.</summary>
    public static readonly int Samples = 4 * Vector<double>.Count;

    public SampleBlock(int elements) => Values = new double[elements * Samples];

    public double[] Values { get; }
}
