using System;
using System.Collections.Generic;

namespace HGQ.Model.Verification;

/// <summary>Something that vectors should reach.</summary>
internal interface IVectorGoals
{
    /// <summary>Looks at a sample; says whether it reached something for the first time (or the second, where twice is wanted).</summary>
    /// <param name="buffers">Values of all buffers.</param>
    /// <param name="number">Number that the sample has if it is kept.</param>
    bool Observe(long[][] buffers, int number);

    /// <summary>What was not reached yet, as values that a search can aim at.</summary>
    IEnumerable<VectorTarget> Missing();

    /// <summary>Adds what there is and what was reached to the counts of the layers.</summary>
    void Count(CoverageCounts counts);
}

/// <summary>A value that a wire should take.</summary>
/// <param name="Terms">What the wire is the sum of.</param>
/// <param name="Place">Index of its place.</param>
/// <param name="Value">The value.</param>
/// <param name="Read">Its value in the last sample.</param>
/// <param name="IsMissing">Whether it was still not reached.</param>
/// <param name="Nearest">Number of the kept sample that came nearest, or −1.</param>
internal sealed record VectorTarget(EquatableArray<WireTerm> Terms, int Place, long Value, Func<long[][], long> Read, Func<bool> IsMissing, int Nearest = -1)
{
    /// <summary>A target for an element of a buffer.</summary>
    public static VectorTarget Of(int buffer, int element, long value, Func<bool> isMissing)
        => new(new[] { new WireTerm(buffer, element, 1) }, 0, value, buffers => buffers[buffer][element], isMissing);
}
