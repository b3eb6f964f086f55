using System;
using HGQ.Runtime.Data;
using HGQ.Runtime.Optimization;

namespace HGQ.Runtime.Compiled;

/// <summary>How a chain is trained.</summary>
/// <param name="Batch">Most samples of a step.</param>
/// <param name="IsClassification">Cross entropy of labels; else the mean square of differences from targets.</param>
/// <param name="Threads">1 or 2; without influence on the results.</param>
internal sealed record ChainSettings(int Batch, bool IsClassification, int Threads);

/// <summary>The arithmetic of the compiled step for one type of numbers and one width of vectors.</summary>
internal abstract class ChainEngine : IDisposable
{
    /// <summary>Bits of a vector.</summary>
    public abstract int VectorBits { get; }

    /// <summary>Threads that are used.</summary>
    public abstract int Threads { get; }

    /// <summary>Looks where the memory of the modules is now; to be called where other code may have exchanged it.</summary>
    public abstract void Refresh();

    /// <summary>Computes a batch and all gradients; parameters keep their values but for limits, ranges are recorded.</summary>
    /// <param name="samples">Samples.</param>
    /// <param name="rows">The rows of the batch.</param>
    /// <returns>The mean task loss.</returns>
    public abstract double Differentiate(SampleSet samples, ReadOnlySpan<int> rows);

    /// <summary>Updates the parameters with the gradients of the last batch.</summary>
    public abstract void Update(HgqAdam optimizer);

    /// <inheritdoc/>
    public abstract void Dispose();
}
