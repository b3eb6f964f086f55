using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// A stream design as one netlist that computes a whole sample: a copy of each unit's circuit for each position. It shows what the
/// design computes, and lets samples be searched that reach all of it.
/// </summary>
public sealed class StreamUnrolling
{
    private const ulong Identity = 0xAAAA_AAAA_AAAA_AAAA;

    private readonly StreamDesign _design;
    private readonly List<NetlistCell> _cells = new();
    private readonly List<string> _layers = new();

    // Per stream, position and channel: the signals.
    private readonly int[][][][] _tokens;
    private int _signals = 2;

    private StreamUnrolling(StreamDesign design) => (_design, _tokens) = (design, new int[design.Streams.Length][][][]);

    /// <summary>Cells of the netlist, about.</summary>
    public static long Size(StreamDesign design) => design.Units.Sum(unit => (long)unit.Line.Results * unit.Circuit.Cells.Length);

    /// <summary>Makes the netlist; registers are left out.</summary>
    public static BitNetlist Run(StreamDesign design) => new StreamUnrolling(design).Run();

    private BitNetlist Run()
    {
        var input = _design.Streams[0];
        _tokens[0] = Enumerable.Range(0, input.Count).Select(_ => input.Formats.Select(format =>
            Enumerable.Range(0, Math.Max(0, format.Width)).Select(_ => _signals++).ToArray()).ToArray()).ToArray();
        var inputs = new BitPort(input.Name, _tokens[0].SelectMany(token => token
            .Select((signals, c) => new BitElement(input.Formats[c], signals))).ToArray());
        var results = new List<BitElement[]>();
        foreach (var unit in _design.Units)
        {
            var tokens = Compute(unit);
            if (unit.Output >= 0)
            {
                _tokens[unit.Output] = tokens.Select(token => token.Select(element => element.Signals.ToArray()).ToArray()).ToArray();
            }
            else
            {
                results.AddRange(tokens);
            }
        }

        int first = 0;
        var outputs = _design.Outputs.Select(port =>
        {
            int low = first;
            first += port.Formats.Length;
            return new BitPort(port.Name, results.SelectMany(token => token.Skip(low).Take(port.Formats.Length)).ToArray());
        }).ToArray();
        var netlist = new BitNetlist(_design.Name, _signals, new[] { inputs }, outputs, _cells.ToArray(), _layers.ToArray(), 0);
        BitNetlistVerifier.Verify(netlist);
        return netlist;
    }

    private List<BitElement[]> Compute(StreamUnit unit)
    {
        int layers = _layers.Count, came = 0;
        _layers.AddRange(unit.Circuit.Layers);
        var line = new List<int[][]>();
        var tokens = new List<BitElement[]>();
        for (var n = 0; n < unit.Line.Comes.Length; n++)
        {
            line.Add(unit.Line.Comes[n] ? Position(unit, came++) : Padding(unit));
            if (unit.Line.Ends[n])
            {
                tokens.Add(Instance(unit, line, n - unit.Line.Length + 1, layers));
            }
        }

        return tokens;
    }

    // What all inputs bring, each element as wide as the line is.
    private int[][] Position(StreamUnit unit, int position) => unit.Inputs.SelectMany(input =>
        _tokens[input.Stream][position].Select((signals, channel) =>
            (Signals: signals, _design.Streams[input.Stream].Formats[channel].Signed)))
        .Select((element, e) => Widened(element.Signals, element.Signed, Math.Max(0, unit.Line.Formats[e].Width))).ToArray();

    private static int[] Widened(int[] signals, bool signed, int width) => Enumerable.Range(0, width)
        .Select(bit => bit < signals.Length ? signals[bit] : signed && signals.Length > 0 ? signals[signals.Length - 1] : 0).ToArray();

    private static int[][] Padding(StreamUnit unit) => unit.Line.Formats.Select((format, channel) =>
        Enumerable.Range(0, Math.Max(0, format.Width)).Select(bit => (int)((unit.Line.Padding[channel] >> bit) & 1)).ToArray()).ToArray();

    private BitElement[] Instance(StreamUnit unit, List<int[][]> line, int oldest, int layers)
    {
        var signals = new Dictionary<int, int> { [0] = 0, [1] = 1 };
        var read = new HashSet<int>();
        var elements = unit.Circuit.Inputs.SelectMany(port => port.Elements).ToArray();
        for (var w = 0; w < elements.Length; w++)
        {
            int slot = unit.Line.Window[w] / unit.Line.Formats.Length, channel = unit.Line.Window[w] % unit.Line.Formats.Length;
            for (var bit = 0; bit < elements[w].Signals.Length; bit++)
            {
                // A LUT reads no constant, and no signal twice.
                int signal = line[oldest + slot][channel][bit];
                signals[elements[w].Signals[bit]] = signal > 1 && read.Add(signal) ? signal : Copy(signal, layers);
            }
        }

        foreach (var cell in unit.Circuit.Cells)
        {
            foreach (int written in CellSignals.Of(cell).Written)
            {
                signals[written] = _signals++;
            }

            _cells.Add(cell.Accept(new CellCopy(signal => signal < 0 ? signal : signals[signal])) with { Layer = layers + cell.Layer });
        }

        return unit.Circuit.Outputs.SelectMany(port => port.Elements)
            .Select(element => element with { Signals = element.Signals.Select(signal => signals[signal]).ToArray() }).ToArray();
    }

    private int Copy(int signal, int layer)
    {
        _cells.Add(signal < 2 ? new LutCell(layer, LutRole.Logic, EquatableArray<int>.Empty, signal == 0 ? 0 : ulong.MaxValue, _signals, -1)
            : new LutCell(layer, LutRole.Logic, new[] { signal }, Identity, _signals, -1));
        return _signals++;
    }
}
