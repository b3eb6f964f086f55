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

    // Nor a simulation lasts for minutes.
    private const int MostClocks = 200_000;

    /// <summary>Makes the samples.</summary>
    /// <param name="program">The program.</param>
    /// <param name="netlist">Netlist whose LUTs are to be read; null for none.</param>
    /// <param name="vectors">Random samples.</param>
    /// <param name="clocks">Clocks that a sample takes.</param>
    public static BenchVectors Find(IntegerProgram program, BitNetlist? netlist, int vectors, int clocks = 1)
    {
        // What was asked for is given; the standard number is cut where samples are long. The search grows with the number.
        int most = Math.Max(64, Math.Min(MostValues / Math.Max(1, program.InputCodeSize + program.OutputSize), clocks == 1 ? int.MaxValue
            : MostClocks / clocks));
        int random = vectors == VerilogOptions.StandardVectors ? Math.Min(vectors, most) : vectors;
        double share = (double)vectors / VerilogOptions.StandardVectors;
        var options = new CornerOptions(Random: random, OneHot: 64, Sums: 16, Effort: (long)(CornerOptions.StandardEffort * share));
        var set = VectorSearch.Find(program, options, []);
        long[][] codes = [.. set.Vectors.Select(vector => vector.Codes.ToArray())];
        if (netlist is null)
        {
            return new BenchVectors(codes, set.Coverage, new LutCoverage(0, 0));
        }

        var (samples, entries, seen) = NetlistVectors.Find(program, netlist, codes, vectors == 0 ? 0 : Math.Max(random, most), share);
        return new BenchVectors(samples, set.Coverage, new LutCoverage(entries, seen));
    }
}
