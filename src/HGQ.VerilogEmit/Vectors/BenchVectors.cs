using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Vectors;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.VerilogEmit.Vectors;

/// <summary>
/// The samples of the test bench: corners, random ones, those that reach ends of intervals and borders, and those that read every entry
/// of the LUTs.
/// </summary>
/// <param name="Samples">Codes of each sample.</param>
/// <param name="Coverage">What the first ones reach in the layers.</param>
/// <param name="Luts">What all of them read in the LUTs.</param>
internal sealed record BenchVectors(IReadOnlyList<long[]> Samples, VectorCoverage Coverage, LutCoverage Luts)
{
    // Most codes and results in the vectors, so that a large network does not fill the disk.
    private const int MostValues = 1_500_000;

    /// <summary>Makes the samples.</summary>
    public static BenchVectors Find(IntegerProgram program, BitNetlist netlist, int vectors)
    {
        // What was asked for is given; the standard number is cut where samples are long. The search grows with the number.
        int most = Math.Max(64, MostValues / Math.Max(1, program.InputCodeSize + program.OutputSize));
        int random = vectors == VerilogOptions.StandardVectors ? Math.Min(vectors, most) : vectors;
        double share = (double)vectors / VerilogOptions.StandardVectors;
        var options = new CornerOptions(Random: random, OneHot: 64, Sums: 16, Effort: (long)(CornerOptions.StandardEffort * share));
        var set = VectorSearch.Find(program, options, []);
        long[][] codes = [.. set.Vectors.Select(vector => vector.Codes.ToArray())];
        var (samples, entries, seen) = NetlistVectors.Find(program, netlist, codes, vectors == 0 ? 0 : Math.Max(random, most), share);
        return new BenchVectors(samples, set.Coverage, new LutCoverage(entries, seen));
    }
}
