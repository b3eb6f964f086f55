using System;
using System.Linq;
using CsCheck;

namespace HGQ.Testing.Graphs;

/// <summary>Seeds of random models, in batches.</summary>
public static class FuzzSeeds
{
    /// <summary>
    /// Checks batches of seeds: the same <paramref name="usual"/> seeds in every build, or as many new ones as <c>HGQ_FRESH_SEEDS</c>
    /// says, which are printed on failure.
    /// </summary>
    public static void Check(int usual, int batchSize, Action<int[]> check)
    {
        if (PropertyCheck.Fresh is { } graphs)
        {
            int batches = (graphs + batchSize - 1) / batchSize;
            Gen.Int[0, int.MaxValue - 1].Array[batchSize].Sample(check, iter: batches, threads: 1);
            return;
        }

        var fixedSeeds = new Random(20260101);
        foreach (var seeds in Enumerable.Range(0, usual).Select(_ => fixedSeeds.Next()).Chunk(batchSize))
        {
            check(seeds);
        }
    }
}
