using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>A netlist as steps on few rows: a value's row is free for the next one as soon as nobody reads it any more.</summary>
internal sealed class RowProgram
{
    private readonly int[] _rows;
    private readonly int[] _reads;
    private readonly Stack<int> _free = new();
    private readonly List<BitOperation> _steps = new();
    private readonly List<RomCell> _roms = new();
    private readonly List<MultiplierCell> _multipliers = new();

    public RowProgram(BitNetlist netlist)
    {
        var values = new ValueSteps(netlist);
        ValueStep[] steps = StepOrder.Of(values);
        _rows = Enumerable.Repeat(-1, values.Count).ToArray();
        _reads = new int[values.Count];
        Count(steps, values.Outputs);
        Inputs = Array.ConvertAll(NetlistProgram.SignalsOf(netlist.Inputs), signals => Array.ConvertAll(signals, Take));
        Array.ForEach(steps, Add);
        Outputs = Array.ConvertAll(values.Outputs, signals => Array.ConvertAll(signals, value => _rows[value]));
        List = new StepList(_steps.ToArray(), _roms.ToArray(), _multipliers.ToArray());
    }

    public StepList List { get; }

    /// <summary>Number of rows. Row 0 holds the constant 0, row 1 the constant 1.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows of each code's bits. Steps may write them again.</summary>
    public int[][] Inputs { get; }

    /// <summary>Rows of each result's bits.</summary>
    public int[][] Outputs { get; }

    private void Count(ValueStep[] steps, int[][] outputs)
    {
        foreach (int value in steps.SelectMany(step => step.Reads).Concat(outputs.SelectMany(signals => signals)).Concat([0, 1]))
        {
            _reads[value]++;
        }

        Take(0);
        Take(1);
    }

    private int Take(int value) => _rows[value] = _free.Count > 0 ? _free.Pop() : Rows++;

    private void Add(ValueStep step)
    {
        int[] reads = Array.ConvertAll(step.Reads, value => _rows[value]);
        foreach (int value in step.Reads)
        {
            if (--_reads[value] == 0)
            {
                _free.Push(_rows[value]);
            }
        }

        int[] writes = Array.ConvertAll(step.Writes, value => value < 0 ? -1 : Take(value));
        foreach (int value in step.Writes)
        {
            if (value >= 0 && _reads[value] == 0)
            {
                _free.Push(_rows[value]);
            }
        }

        Add(step, reads, writes);
    }

    private void Add(ValueStep step, int[] reads, int[] writes)
    {
        switch (step.Cell)
        {
            case RomCell rom:
                _steps.Add(new BitOperation(step.Kind, 0, _roms.Count));
                _roms.Add(rom with { Address = reads, Outputs = writes });
                break;
            case MultiplierCell multiplier:
                int left = multiplier.Left.Length;
                _steps.Add(new BitOperation(step.Kind, 0, _multipliers.Count));
                _multipliers.Add(multiplier with
                {
                    Left = reads.Take(left).ToArray(),
                    Right = reads.Skip(left).ToArray(),
                    Outputs = writes,
                });
                break;
            default:
                int b = reads.Length > 1 ? reads[1] : 0, c = reads.Length > 2 ? reads[2] : 0;
                _steps.Add(new BitOperation(step.Kind, writes[0], reads[0], b, c, writes.Length > 1 ? writes[1] : 0));
                break;
        }
    }
}
