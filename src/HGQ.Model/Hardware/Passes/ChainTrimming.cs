using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Passes;

/// <summary>
/// Removes what nobody reads, from the outputs backwards: cells, the highest positions of chains, and, where neighbouring sums of a
/// chain are not read, all but one of their positions.
/// </summary>
internal sealed class ChainTrimming
{
    private readonly Dictionary<int, LutCell> _selects;
    private readonly bool[] _read;
    private readonly List<NetlistCell> _reversed = new();
    private int _signals;

    private ChainTrimming(BitNetlist netlist)
    {
        _signals = netlist.SignalCount;
        _selects = netlist.Cells.OfType<LutCell>().Where(lut => lut.Role == LutRole.Chain).ToDictionary(lut => lut.Output6);
        _read = new bool[netlist.SignalCount];
    }

    public static BitNetlist Run(BitNetlist netlist)
    {
        var pass = new ChainTrimming(netlist);
        pass.Read(netlist.Outputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals));
        foreach (var cell in netlist.Cells.Reverse())
        {
            pass.Visit(cell);
        }

        pass._reversed.Reverse();
        return netlist with { Cells = pass._reversed.ToArray(), SignalCount = pass._signals };
    }

    private void Visit(NetlistCell cell)
    {
        if (cell is CarryChainCell chain)
        {
            Trim(chain);
            return;
        }

        var signals = CellSignals.Of(cell);
        if ((cell is LutCell lut && lut.Role == LutRole.Chain) || !signals.Written.Any(signal => _read[signal]))
        {
            return;
        }

        Read(signals.Read);
        _reversed.Add(cell is LutCell two ? two with { Output6 = Kept(two.Output6), Output5 = Kept(two.Output5) } : cell);
    }

    private void Trim(CarryChainCell chain)
    {
        int carryOut = Kept(chain.CarryOut);
        var positions = Enumerable.Range(0, chain.Selects.Length).Select(n => Position(chain, n)).ToList();
        while (positions.Count > 0 && carryOut < 0 && positions[positions.Count - 1].Sum < 0)
        {
            positions.RemoveAt(positions.Count - 1);
        }

        if (positions.Count == 0)
        {
            return;
        }

        for (var n = 0; n + 1 < positions.Count;)
        {
            var joined = positions[n].Sum < 0 && positions[n + 1].Sum < 0 ? positions[n].JoinedWith(positions[n + 1]) : null;
            if (joined is null)
            {
                n++;
                continue;
            }

            positions[n] = joined;
            positions.RemoveAt(n + 1);
        }

        Emit(chain, positions, carryOut);
    }

    private void Emit(CarryChainCell chain, List<ChainPosition> positions, int carryOut)
    {
        int[] selects = new int[positions.Count], data = new int[positions.Count];
        var luts = new List<NetlistCell>();
        for (var n = 0; n < positions.Count; n++)
        {
            bool carries = n < positions.Count - 1 || carryOut >= 0;
            if (positions[n].Inputs.Length == 0)
            {
                selects[n] = (int)(positions[n].Select & 1);
                data[n] = (int)(positions[n].Data & 1);
                continue;
            }

            selects[n] = _signals++;
            int dataSignal = carries ? _signals++ : -1;
            data[n] = carries ? dataSignal : 0;
            luts.Add(positions[n].Lut(chain.Layer, selects[n], dataSignal) ?? throw new System.InvalidOperationException("a position lost its LUT"));
        }

        _reversed.Add(chain with
        {
            Selects = selects,
            Data = data,
            Sums = positions.Select(position => position.Sum).ToArray(),
            CarryOut = carryOut,
        });
        Read(new[] { chain.CarryIn });
        foreach (LutCell lut in luts)
        {
            Read(lut.Inputs);
            _reversed.Add(lut);
        }
    }

    private ChainPosition Position(CarryChainCell chain, int n)
    {
        int sum = Kept(chain.Sums[n]);
        return chain.Selects[n] < 2
            ? new ChainPosition([], Constant(chain.Selects[n]), Constant(chain.Data[n]), sum)
            : ChainPosition.Of(_selects[chain.Selects[n]], chain.Data[n] >= 2, sum);
    }

    private static ulong Constant(int signal) => signal == 1 ? ulong.MaxValue : 0;

    private int Kept(int signal) => signal >= 0 && _read[signal] ? signal : -1;

    private void Read(IEnumerable<int> signals)
    {
        foreach (int signal in signals)
        {
            if (signal < _read.Length)
            {
                _read[signal] = true;
            }
        }
    }
}
