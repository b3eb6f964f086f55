using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Moves codes to rows of bits, and results back.</summary>
internal sealed class BlockPorts
{
    private readonly int[][] _inputs;
    private readonly bool[] _signed;
    private readonly ulong[] _matrix = new ulong[64];

    /// <summary>Prepares the ports of a netlist.</summary>
    /// <param name="netlist">The netlist.</param>
    /// <param name="inputs">Rows of each code's bits, least significant first.</param>
    /// <param name="outputs">Rows of each result's bits.</param>
    public BlockPorts(BitNetlist netlist, int[][] inputs, int[][] outputs)
    {
        _inputs = inputs;
        Outputs = outputs;
        _signed = netlist.Outputs.SelectMany(port => port.Elements).Select(element => element.Format.Signed).ToArray();
    }

    /// <summary>Codes of a sample.</summary>
    public int InputSize => _inputs.Length;

    /// <summary>Rows of each result's bits.</summary>
    public int[][] Outputs { get; }

    public void Load<TBlock>(long[] codes, int first, int count, TBlock block)
        where TBlock : struct, IBlock
    {
        for (var e = 0; e < _inputs.Length; e++)
        {
            int[] bits = _inputs[e];
            for (var word = 0; word < block.Words && bits.Length > 0; word++)
            {
                int start = first + (word * 64), samples = Math.Min(64, Math.Max(0, first + count - start));
                BitTransposition.ToBits(codes, ((long)start * _inputs.Length) + e, _inputs.Length, samples, bits.Length, _matrix);
                for (var bit = 0; bit < bits.Length; bit++)
                {
                    block[bits[bit], word] = _matrix[bit];
                }
            }
        }
    }

    public void Store<TBlock>(long[] results, int first, int count, TBlock block)
        where TBlock : struct, IBlock
    {
        for (var e = 0; e < Outputs.Length; e++)
        {
            for (var start = 0; start < count; start += 64)
            {
                Store(e, start / 64, results, ((first + (long)start) * Outputs.Length) + e, Math.Min(64, count - start), block);
            }
        }
    }

    private void Store<TBlock>(int e, int word, long[] results, long first, int count, TBlock block)
        where TBlock : struct, IBlock
    {
        int[] bits = Outputs[e];
        for (var bit = 0; bit < bits.Length; bit++)
        {
            _matrix[bit] = block[bits[bit], word];
        }

        // A result without bits is 0.
        int width = bits.Length;
        if (width == 0)
        {
            _matrix[0] = 0;
            width = 1;
        }

        BitTransposition.ToIntegers(_matrix, width, _signed[e], results, first, Outputs.Length, count);
    }
}
