using System.Collections.Generic;

namespace HGQ.Runtime.Optimization;

/// <summary>All that Adam remembers, for checkpoints; the numbers are exact for float32 and float64 parameters.</summary>
/// <param name="Step">Steps taken.</param>
/// <param name="LearningRate">Learning rate of the next step.</param>
/// <param name="FirstMoments">m of each parameter, row-major, in the order of the parameters.</param>
/// <param name="SecondMoments">v of each parameter.</param>
public sealed record HgqAdamState(
    long Step, double LearningRate, IReadOnlyList<double[]> FirstMoments, IReadOnlyList<double[]> SecondMoments);
