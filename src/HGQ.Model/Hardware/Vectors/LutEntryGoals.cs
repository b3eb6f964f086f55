using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Simulation;

namespace HGQ.Model.Hardware.Vectors;

/// <summary>
/// Which entries of which LUTs samples have read, and how often a result would have shown that the entry was wrong. To know that, each
/// output of a LUT is inverted; when too many steps were spent on it, reading counts alone.
/// </summary>
internal sealed class LutEntryGoals
{
    // An output whose missing entries were not shown so often in a row is looked at in every so manieth block.
    private const int PatientLooks = 12;
    private const int RareLooks = 8;

    private readonly LutOutput[] _outputs;
    private readonly NetlistProbe _probe;
    private readonly int _wanted;
    private readonly long _most;
    private readonly int _words = BitRow.Width;
    private readonly ulong[] _shown = new ulong[BitRow.Width];
    private readonly ulong[][] _masks;
    private long _spent;
    private int _blocks;

    /// <summary>Starts with nothing read.</summary>
    /// <param name="netlist">A verified netlist.</param>
    /// <param name="wanted">How often each entry is to be read.</param>
    /// <param name="most">Steps that may be spent on what results show.</param>
    public LutEntryGoals(BitNetlist netlist, int wanted, long most)
    {
        _outputs = Enumerable.Range(0, netlist.Cells.Length).SelectMany(cell => LutOutput.Of(netlist.Cells[cell], cell)).ToArray();
        _probe = new NetlistProbe(netlist);
        _wanted = wanted;
        _most = most;
        _masks = Enumerable.Range(0, _words).Select(_ => new ulong[64]).ToArray();
    }

    /// <summary>All entries of all outputs.</summary>
    public long Entries => _outputs.Sum(output => (long)output.Reads.Length);

    /// <summary>Entries that were read, and shown by a result as long as that was looked at.</summary>
    public long Seen => _outputs.Sum(output => output.Reads.Count(reads => reads > 0));

    /// <summary>Steps of one block beside those for what results show.</summary>
    public long Cost => Entries * 2 * _words;

    /// <summary>Picks the samples of a block that read what was not read often enough; none is picked twice.</summary>
    /// <param name="codes">Codes, row-major.</param>
    /// <param name="samples">Samples, at most <see cref="BitRow.Samples"/>.</param>
    /// <param name="all">Whether all are kept whatever they read.</param>
    /// <returns>Their numbers, ascending.</returns>
    public IReadOnlyList<int> Pick(long[] codes, int samples, bool all)
    {
        _probe.Run(codes, samples);
        _blocks++;
        var there = Enumerable.Range(0, _words).Select(word =>
            samples >= (word + 1) * 64 ? ulong.MaxValue : samples <= word * 64 ? 0 : (1UL << (samples - (word * 64))) - 1).ToArray();
        ulong[] picked = all ? (ulong[])there.Clone() : new ulong[_words];
        foreach (var output in _outputs)
        {
            if (Array.Exists(output.Reads, reads => reads < _wanted))
            {
                Pick(output, there, picked);
            }
        }

        return Enumerable.Range(0, samples).Where(n => ((picked[n >> 6] >> (n & 63)) & 1) != 0).ToArray();
    }

    private void Pick(LutOutput output, ulong[] there, ulong[] picked)
    {
        for (var word = 0; word < _words; word++)
        {
            Split(output, there[word], word);
        }

        // Looking at results is dear: only where an entry that is missing is read at all.
        bool isRead = Enumerable.Range(0, output.Reads.Length)
            .Any(entry => output.Reads[entry] < _wanted && _masks.Any(masks => masks[entry] != 0));
        if (!isRead || (output.Failures > PatientLooks && _blocks % RareLooks != 0))
        {
            return;
        }

        if (_spent < _most)
        {
            _spent += _probe.Observe(output.Cell, output.Signal, _shown) * _words;
        }
        else
        {
            for (var word = 0; word < _words; word++)
            {
                _shown[word] = ulong.MaxValue;
            }
        }

        int before = output.Reads.Sum(reads => reads);
        for (var word = 0; word < _words; word++)
        {
            for (var entry = 0; entry < output.Reads.Length; entry++)
            {
                Count(output, entry, _masks[word][entry] & _shown[word], ref picked[word]);
            }
        }

        output.Failures = output.Reads.Sum(reads => reads) > before ? 0 : output.Failures + 1;
    }

    // The samples that read each entry: split by one input after the other.
    private void Split(LutOutput output, ulong there, int word)
    {
        ulong[] masks = _masks[word];
        masks[0] = there;
        for (var i = 0; i < output.Inputs.Length; i++)
        {
            ulong bits = _probe.Bits(output.Inputs[i], word);
            for (int entry = (1 << i) - 1; entry >= 0; entry--)
            {
                masks[entry | (1 << i)] = masks[entry] & bits;
                masks[entry] &= ~bits;
            }
        }
    }

    private void Count(LutOutput output, int entry, ulong readers, ref ulong picked)
    {
        for (ulong already = readers & picked; already != 0 && output.Reads[entry] < _wanted; already &= already - 1)
        {
            output.Reads[entry]++;
        }

        for (ulong others = readers & ~picked; others != 0 && output.Reads[entry] < _wanted; others &= others - 1)
        {
            picked |= others & (~others + 1);
            output.Reads[entry]++;
        }
    }

    // One output of a LUT, and how often each entry of its table was read.
    private sealed record LutOutput(int Cell, int Signal, int[] Inputs, byte[] Reads)
    {
        public int Failures { get; set; }

        public static IEnumerable<LutOutput> Of(NetlistCell cell, int index)
        {
            if (cell is not LutCell lut)
            {
                yield break;
            }

            int[] inputs = lut.Inputs.ToArray(), five = inputs.Take(5).ToArray();
            if (lut.Output6 >= 0)
            {
                yield return new LutOutput(index, lut.Output6, inputs, new byte[1 << inputs.Length]);
            }

            if (lut.Output5 >= 0)
            {
                yield return new LutOutput(index, lut.Output5, five, new byte[1 << five.Length]);
            }
        }
    }
}
