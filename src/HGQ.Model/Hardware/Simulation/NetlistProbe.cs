using System;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>Computes a bit netlist so that the values of all its signals can be looked at, and inverted.</summary>
internal sealed class NetlistProbe
{
    private readonly NetlistProgram _program;
    private readonly BlockPorts _ports;
    private readonly BitRow[] _rows;
    private BitRow[] _right = [];

    /// <summary>Prepares a verified netlist.</summary>
    public NetlistProbe(BitNetlist netlist)
    {
        _program = new NetlistProgram(netlist);
        _ports = new BlockPorts(netlist, NetlistProgram.SignalsOf(netlist.Inputs), NetlistProgram.SignalsOf(netlist.Outputs));
        _rows = BlockExecution<BitRow>.Rows(_program.Slots);
    }

    /// <summary>Computes a block of samples, <see cref="BitRow.Samples"/> at most, for the values of its signals.</summary>
    public void Run(long[] codes, int samples)
    {
        _ports.Load(codes, 0, samples, new RowBlock<BitRow>(_rows));
        BlockExecution<BitRow>.Run(_program.List, _rows);
        _right = (BitRow[])_rows.Clone();
    }

    /// <summary>64 samples of a signal in the last block.</summary>
    public ulong Bits(int signal, int word) => _rows[signal][word];

    /// <summary>The samples of the last block whose results change where a signal that a cell writes is inverted.</summary>
    /// <param name="cell">Index of the cell.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="shown">Receives a bit for each sample, <see cref="BitRow.Width"/> words of them.</param>
    /// <returns>Steps that it took.</returns>
    public long Observe(int cell, int signal, ulong[] shown)
    {
        Array.Clear(shown, 0, BitRow.Width);
        for (var word = 0; word < BitRow.Width; word++)
        {
            _rows[signal][word] ^= ulong.MaxValue;
        }

        BlockExecution<BitRow>.Run(_program.List, _rows, _program.CellEnds[cell]);
        foreach (int[] signals in _ports.Outputs)
        {
            foreach (int output in signals)
            {
                for (var word = 0; word < BitRow.Width; word++)
                {
                    shown[word] |= _rows[output][word] ^ _right[output][word];
                }
            }
        }

        Array.Copy(_right, _rows, _rows.Length);
        return _program.List.Steps.Length - _program.CellEnds[cell];
    }
}
