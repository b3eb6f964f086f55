namespace HGQ.Runtime.Export.Verification;

/// <summary>What comparing the trained model with its exported integers found.</summary>
/// <param name="Samples">Samples compared.</param>
/// <param name="Elements">Output elements compared.</param>
/// <param name="Mismatches">Output elements that differ in samples without overflow; 0 is expected.</param>
/// <param name="FirstMismatch">Where the first of them starts.</param>
/// <param name="OverflowSamples">Samples in which a value left its calibrated range; there the integers wrap or clamp and the trained model doesn't.</param>
/// <param name="FirstOverflow">Where the first of them starts.</param>
public sealed record FloatVerification(
    int Samples, long Elements, long Mismatches, FloatDifference? FirstMismatch, int OverflowSamples, FloatDifference? FirstOverflow);

/// <summary>A place where trained model and integers part.</summary>
/// <param name="Sample">The sample, from 0.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Element">The element of its output, row major.</param>
/// <param name="Expected">The trained model's value.</param>
/// <param name="Actual">The value of the integer.</param>
public sealed record FloatDifference(int Sample, string Layer, int Element, double Expected, double Actual);
