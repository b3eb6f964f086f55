using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Pipelining;

/// <summary>
/// Cuts a netlist into the fewest stages of a length, where the fewest bits are live, and registers every signal as often as its
/// readers need it (docs/hardware-network.md §5). The new netlist takes a sample every clock.
/// </summary>
public sealed class Pipeliner
{
    private readonly BitNetlist _netlist;
    private readonly PipelineOptions _options;
    private readonly int[] _cuts;
    private readonly CellLevels _levels;
    private readonly List<NetlistCell> _cells = new();
    private readonly List<int>[] _copies;
    private readonly int[] _stages;

    // What is made of constants alone is of every stage, as constants are.
    private readonly bool[] _constant;
    private int _signals;

    private Pipeliner(BitNetlist netlist, PipelineOptions options)
    {
        _netlist = netlist;
        _options = options;
        _levels = CellLevels.Of(netlist);
        _cuts = CutChoice.Best(netlist, _levels, options.Levels);
        _signals = netlist.SignalCount;
        _copies = new List<int>[netlist.SignalCount];
        _stages = new int[netlist.SignalCount];
        _constant = new bool[netlist.SignalCount];
        _constant[0] = _constant[1] = true;
    }

    /// <summary>Stages of logic that a netlist of so many levels needs.</summary>
    /// <param name="levels">Levels of the netlist.</param>
    /// <param name="perStage">Most levels of a stage.</param>
    public static int StagesFor(int levels, int perStage) => Math.Max(1, (levels + perStage - 1) / perStage);

    /// <summary>Adds registers.</summary>
    /// <param name="netlist">A verified netlist without registers.</param>
    /// <param name="options">How it is cut.</param>
    /// <returns>A verified netlist with a latency.</returns>
    /// <exception cref="ArgumentException">There are registers already, or stages of no level are asked for.</exception>
    public static BitNetlist Run(BitNetlist netlist, PipelineOptions options)
    {
        if (netlist.Latency != 0 || netlist.Cells.Any(cell => cell is RegisterCell))
        {
            throw new ArgumentException(FormattableString.Invariant($"the netlist '{netlist.Name}' has registers already; pipeline the one without"), nameof(netlist));
        }

        if (options.Levels < 1)
        {
            throw new ArgumentException(FormattableString.Invariant($"a stage has at least 1 level, not {options.Levels}"), nameof(options));
        }

        var pipelined = new Pipeliner(netlist, options).Run();
        BitNetlistVerifier.Verify(pipelined);
        return pipelined;
    }

    private BitNetlist Run()
    {
        int first = _options.InputRegisters ? 1 : 0, last = first + _cuts.Length + (_options.OutputRegisters ? 1 : 0);
        for (var n = 0; n < _netlist.Cells.Length; n++)
        {
            var cell = _netlist.Cells[n];
            int stage = first + _cuts.Count(cut => cut < _levels.OfCell[n]);
            var signals = CellSignals.Of(cell);
            bool constant = signals.Read.All(signal => _constant[signal]);
            foreach (int signal in signals.Written)
            {
                _stages[signal] = stage;
                _constant[signal] = constant;
            }

            _cells.Add(cell.Accept(new SignalRenumbering(signal => At(signal, stage, cell.Layer))));
        }

        int layer = Math.Max(0, _netlist.Layers.Length - 1);
        var outputs = _netlist.Outputs.Select(port => port with
        {
            Elements = port.Elements.Select(element => element with { Signals = element.Signals.Select(signal => At(signal, last, layer)).ToArray() }).ToArray(),
        }).ToArray();
        return _netlist with { Cells = _cells.ToArray(), Outputs = outputs, SignalCount = _signals, Latency = last };
    }

    // A signal as it is so many registers behind the inputs.
    private int At(int signal, int stage, int layer)
    {
        if (_constant[signal])
        {
            return signal;
        }

        var copies = _copies[signal] ??= new List<int> { signal };
        while (copies.Count <= stage - _stages[signal])
        {
            _cells.Add(new RegisterCell(layer, copies[copies.Count - 1], _signals));
            copies.Add(_signals++);
        }

        return copies[stage - _stages[signal]];
    }
}
