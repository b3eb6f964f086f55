using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Model.Hardware.Vectors;

/// <summary>
/// Makes vectors for a netlist: beside given ones, those that read an entry of a LUT that was not read often enough, so that a result
/// would show if it were wrong. The same netlist and vectors give the same vectors, on every machine.
/// </summary>
public sealed class NetlistVectors
{
    // How often each entry is to be read so that a result shows it.
    private const int Wanted = 2;

    // Steps for what results show: about a second.
    private const long ObservationEffort = 1_000_000_000;

    private const long StandardEffort = 900_000_000;
    private const int MostBlocks = 1500;

    // Where so many blocks gave nothing, more of them are wasted.
    private const int MostStale = 120;

    private readonly FixedPointFormat[] _formats;
    private readonly LutEntryGoals _goals;
    private readonly VectorRandom _random;
    private readonly List<long[]> _kept = new();

    private NetlistVectors(IntegerProgram program, BitNetlist netlist, double effort, ulong seed)
    {
        _formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        _goals = new LutEntryGoals(netlist, Wanted, (long)(ObservationEffort * effort));
        _random = new VectorRandom(seed ^ 0x1F0B17);
    }

    /// <summary>Adds vectors to given ones.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="netlist">Its netlist, with registers or without.</param>
    /// <param name="given">Codes of each given sample; all are kept, and come first.</param>
    /// <param name="most">Samples that are added at most.</param>
    /// <param name="effort">Share of the usual effort, 1 for all of it.</param>
    /// <param name="seed">Seed of the random codes.</param>
    /// <returns>The samples, all entries of LUTs, and those that the samples read.</returns>
    public static (IReadOnlyList<long[]> Vectors, long Entries, long Seen) Find(
        IntegerProgram program, BitNetlist netlist, IReadOnlyList<long[]> given, int most, double effort = 1, ulong seed = 1)
    {
        var search = new NetlistVectors(program, netlist, effort, seed);
        for (var first = 0; first < given.Count; first += BitRow.Samples)
        {
            search.Try(given.Skip(first).Take(BitRow.Samples).ToArray(), all: true);
        }

        long blocks = Math.Min(MostBlocks, (long)(StandardEffort * effort) / Math.Max(1, search._goals.Cost));
        for (int block = 0, stale = 0; block < blocks && stale < MostStale && search._formats.Length > 0
            && search._kept.Count < given.Count + most; block++)
        {
            stale = search.Try(Enumerable.Range(0, BitRow.Samples).Select(search.Candidate).ToArray(), all: false) > 0 ? 0
                : stale + 1;
        }

        return (search._kept.Take(given.Count + most).ToArray(), search._goals.Entries, search._goals.Seen);
    }

    private int Try(long[][] samples, bool all)
    {
        var picked = _goals.Pick(samples.SelectMany(codes => codes).ToArray(), samples.Length, all);
        _kept.AddRange(picked.Select(n => samples[n]));
        return picked.Count;
    }

    // Codes of every kind, and neighbours of what was kept: near a rare sample there are others.
    private long[] Candidate(int number)
    {
        if (number % 2 == 1 && _kept.Count > 0)
        {
            var codes = (long[])_kept[Math.Max(0, _kept.Count - 1 - _random.Below(1000))].Clone();
            int share = 2 + _random.Below(8), one = _random.Below(codes.Length);
            for (var e = 0; e < codes.Length; e++)
            {
                codes[e] = e == one || _random.Below(share) == 0 ? _random.Code(_formats[e]) : codes[e];
            }

            return codes;
        }

        int zeros = number % 4 == 2 ? 2 + _random.Below(6) : 1;
        bool limits = number % 8 == 4;
        return _formats.Select(format =>
            zeros > 1 && _random.Below(zeros) != 0 ? 0 : limits ? _random.NearLimit(format) : _random.Code(format)).ToArray();
    }
}
