using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Computes a bit netlist for many samples at once, one bit of a word a sample. Registers count as wires: the results are those
/// that leave <see cref="BitNetlist.Latency"/> clocks after their sample. One instance is for one thread.
/// </summary>
public sealed class NetlistEvaluator
{
    // Words that one step computes: less is spent on telling steps apart.
    private const int Words = 4;
    private const int BlockSize = 64 * Words;

    private readonly NetlistProgram _program;
    private readonly ulong[] _slots;
    private readonly int[][] _inputs;
    private readonly int[][] _outputs;
    private readonly bool[] _signed;
    private ulong[] _right = [];

    /// <summary>Prepares a netlist.</summary>
    /// <param name="netlist">A verified netlist.</param>
    public NetlistEvaluator(BitNetlist netlist)
    {
        _program = new NetlistProgram(netlist);
        _slots = new ulong[_program.Slots * Words];
        _inputs = NetlistProgram.SignalsOf(netlist.Inputs);
        _outputs = NetlistProgram.SignalsOf(netlist.Outputs);
        _signed = netlist.Outputs.SelectMany(port => port.Elements).Select(element => element.Format.Signed).ToArray();
        for (var word = 0; word < Words; word++)
        {
            _slots[Words + word] = ulong.MaxValue;
        }
    }

    /// <summary>Codes of a sample.</summary>
    public int InputSize => _inputs.Length;

    /// <summary>Results of a sample.</summary>
    public int OutputSize => _outputs.Length;

    /// <summary>Codes → raw results, both row-major in 64-bit storage.</summary>
    /// <param name="codes"><see cref="InputSize"/> codes a sample; bits above a format's width are not read.</param>
    /// <param name="results">Receives <see cref="OutputSize"/> integers a sample.</param>
    /// <param name="samples">Number of samples.</param>
    /// <exception cref="ArgumentException">An array is shorter than the samples need.</exception>
    public void Run(long[] codes, long[] results, int samples)
    {
        if (codes.Length < (long)samples * InputSize || results.Length < (long)samples * OutputSize)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"{samples} samples need {(long)samples * InputSize} codes and {(long)samples * OutputSize} results, there are {codes.Length} and {results.Length}"),
                nameof(samples));
        }

        for (var first = 0; first < samples; first += BlockSize)
        {
            int count = Math.Min(BlockSize, samples - first);
            Load(codes, first, count);
            Execute(0);
            Store(results, first, count);
        }
    }

    /// <summary>Samples that <see cref="Probe"/> takes at most.</summary>
    internal static int ProbeSize => BlockSize;

    /// <summary>Computes a block of samples for the values of its signals.</summary>
    internal void Probe(long[] codes, int samples)
    {
        Load(codes, 0, samples);
        Execute(0);
        _right = (ulong[])_slots.Clone();
    }

    /// <summary>64 samples of a signal in the last block.</summary>
    internal ulong Bits(int signal, int word) => _slots[(signal * Words) + word];

    /// <summary>The samples of the last block whose results change where a signal that a cell writes is inverted.</summary>
    /// <param name="cell">Index of the cell.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="shown">Receives a bit for each sample, <see cref="ProbeSize"/> of them.</param>
    /// <returns>Steps that it took.</returns>
    internal long Observe(int cell, int signal, ulong[] shown)
    {
        Array.Clear(shown, 0, Words);
        for (var word = 0; word < Words; word++)
        {
            _slots[(signal * Words) + word] ^= ulong.MaxValue;
        }

        Execute(_program.CellEnds[cell]);
        foreach (int[] signals in _outputs)
        {
            foreach (int output in signals)
            {
                for (var word = 0; word < Words; word++)
                {
                    shown[word] |= _slots[(output * Words) + word] ^ _right[(output * Words) + word];
                }
            }
        }

        Array.Copy(_right, _slots, _slots.Length);
        return _program.Steps.Length - _program.CellEnds[cell];
    }

    private void Load(long[] codes, int first, int count)
    {
        for (var e = 0; e < _inputs.Length; e++)
        {
            int[] signals = _inputs[e];
            for (var word = 0; word < Words; word++)
            {
                int start = first + (word * 64), end = Math.Min(first + count, start + 64);
                for (var bit = 0; bit < signals.Length; bit++)
                {
                    ulong bits = 0;
                    for (int n = start, at = (start * _inputs.Length) + e; n < end; n++, at += _inputs.Length)
                    {
                        bits |= (((ulong)codes[at] >> bit) & 1) << (n - start);
                    }

                    _slots[(signals[bit] * Words) + word] = bits;
                }
            }
        }
    }

    private void Store(long[] results, int first, int count)
    {
        for (var e = 0; e < _outputs.Length; e++)
        {
            int[] signals = _outputs[e];
            for (var n = 0; n < count; n++)
            {
                int word = n >> 6, shift = n & 63;
                ulong value = 0;
                for (var bit = 0; bit < signals.Length; bit++)
                {
                    value |= ((_slots[(signals[bit] * Words) + word] >> shift) & 1) << bit;
                }

                int unused = 64 - signals.Length;
                results[((first + n) * (long)_outputs.Length) + e] = unused == 64 ? 0 : _signed[e] ? (long)(value << unused) >> unused : (long)value;
            }
        }
    }

    private void Execute(int first)
    {
        ulong[] s = _slots;
        BitOperation[] steps = _program.Steps;
        for (int n = first; n < steps.Length; n++)
        {
            var step = steps[n];
            int to = step.To * Words, a = step.A * Words, b = step.B * Words, c = step.C * Words;
            switch (step.Kind)
            {
                case BitOperationKind.Xor:
                    for (var w = 0; w < Words; w++)
                    {
                        s[to + w] = s[a + w] ^ s[b + w];
                    }

                    break;
                case BitOperationKind.Select:
                    for (var w = 0; w < Words; w++)
                    {
                        ulong other = s[c + w];
                        s[to + w] = other ^ (s[a + w] & (s[b + w] ^ other));
                    }

                    break;
                case BitOperationKind.Rom:
                    BlockCells.Read(_program.Roms[step.A], s, Words);
                    break;
                case BitOperationKind.Multiply:
                    BlockCells.Multiply(_program.Multipliers[step.A], s, Words);
                    break;
                case BitOperationKind.Copy or BitOperationKind.Not or BitOperationKind.And or BitOperationKind.AndNot
                    or BitOperationKind.Or or BitOperationKind.OrNot:
                    Simple(s, step.Kind, to, a, b);
                    break;
                default:
                    throw new InvalidOperationException("no step: " + step.Kind);
            }
        }
    }

    private static void Simple(ulong[] s, BitOperationKind kind, int to, int a, int b)
    {
        for (var w = 0; w < Words; w++)
        {
            ulong x = s[a + w], y = s[b + w];
            s[to + w] = kind switch
            {
                BitOperationKind.Copy => x,
                BitOperationKind.Not => ~x,
                BitOperationKind.And => x & y,
                BitOperationKind.AndNot => x & ~y,
                BitOperationKind.Or => x | y,
                BitOperationKind.OrNot => x | ~y,
                _ => throw new InvalidOperationException("no simple step: " + kind),
            };
        }
    }
}
