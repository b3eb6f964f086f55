namespace HGQ.Runtime.Export.Verification;

/// <summary>What comparing the trained model with its exported integers found.</summary>
/// <param name="Samples">All samples, also those that could not be compared.</param>
/// <param name="Elements">Output elements compared.</param>
/// <param name="Mismatches">Output elements that differ in samples that were compared; 0 is expected.</param>
/// <param name="FirstMismatch">Where the first of them starts.</param>
/// <param name="OverflowSamples">Samples in which a value left its calibrated range; there the integers wrap or clamp and the trained model doesn't.</param>
/// <param name="FirstOverflow">Where the first of them starts.</param>
/// <param name="OffGridSamples">
/// Other samples in which an input is not on the grid that a <see cref="HGQ.Runtime.Layers.Signature"/> declares; there the integers round and the trained model doesn't.
/// </param>
/// <param name="FirstOffGrid">Where the first of them starts.</param>
public sealed record FloatVerification(
    int Samples,
    long Elements,
    long Mismatches,
    FloatDifference? FirstMismatch,
    int OverflowSamples,
    FloatDifference? FirstOverflow,
    int OffGridSamples,
    FloatDifference? FirstOffGrid)
{
    /// <summary>Samples that were compared: neither beyond the calibrated ranges nor beside a declared grid.</summary>
    public int ComparedSamples => Samples - OverflowSamples - OffGridSamples;
}

/// <summary>A place where trained model and integers part.</summary>
/// <param name="Sample">The sample, from 0.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Element">The element of its output, row major.</param>
/// <param name="Expected">The trained model's value.</param>
/// <param name="Actual">The value of the integer.</param>
public sealed record FloatDifference(int Sample, string Layer, int Element, double Expected, double Actual);
