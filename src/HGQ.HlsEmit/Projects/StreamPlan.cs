using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Projects;

/// <summary>A stream between two processes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Tokens">What it carries.</param>
/// <param name="Reader">Name of the process that reads it.</param>
/// <param name="Depth">Pieces that it must hold.</param>
internal sealed record PlannedStream(string Name, BufferTokens Tokens, string Reader, int Depth);

/// <summary>
/// The streams of a project: a process for each layer and for each result, and a stream from each writer of a buffer to each of
/// its readers. A stream of a plain chain holds two pieces. Every other one holds as many samples as processes lie between its
/// ends: then no process waits for a reader that waits for it.
/// </summary>
internal sealed class StreamPlan
{
    private const int ChainDepth = 2;

    private readonly Dictionary<int, List<PlannedStream>> _streams = [];
    private readonly SortedDictionary<int, BufferTokens> _lines = [];

    /// <summary>Plans the streams.</summary>
    public StreamPlan(IntegerProgram program, BufferLayouts layouts, PortPlan ports, IReadOnlyList<LayerUnit> units)
    {
        Inputs = ports.Inputs.Where(port => port.Type.Exists).ToDictionary(
            port => port.Type.Name, port => new PortTokens(port.Type, TokenCut.Of(port.Type.Length, program.Inputs[port.Instruction.Input].Shape), port.Type.Name + "_stream"));
        Outputs = ports.Outputs.Select((port, o) => !port.Exists ? null : new PortTokens(port, TokenCut.Of(port.Length, program.Outputs[o].Shape), port.Name + "_stream")).ToArray();
        ProcessOf = units.ToDictionary(unit => unit.Name, unit => unit.Name + "_process");
        ResultProcesses = ports.Outputs.Select(port => "write_" + port.Name + "_process").ToArray();

        foreach (var form in units.Select(unit => unit.Position).OfType<PositionForm>().Where(form => form.Source is not null && form.Line != form.Source))
        {
            _lines[form.Line] = new BufferTokens(layouts[form.Line], new TokenCut(form.Comes.Count, layouts[form.Line].Length / form.Comes.Count));
        }

        var readers = Readers(program, layouts, ports, units);
        var levels = Levels(units);
        foreach (var unit in units)
        {
            foreach (var buffer in unit.Sends)
            {
                var tokens = new BufferTokens(layouts[buffer], TokenCut.Of(program, buffer));
                var isChain = unit.Sends.Count == 1 && readers[buffer].Count == 1 && readers[buffer][0].Streams == 1;
                _streams[buffer] = readers[buffer].ConvertAll(reader => new PlannedStream(
                    layouts.Names.Identifier($"{layouts[buffer].Name}_to_{reader.Name}"),
                    tokens,
                    reader.Name,
                    isChain ? ChainDepth : Math.Max(ChainDepth, tokens.Cut.Count * Math.Max(1, levels.TryGetValue(reader.Name, out var level) ? level - levels[unit.Name] : 1))));
            }
        }
    }

    /// <summary>Input ports by name.</summary>
    public IReadOnlyDictionary<string, PortTokens> Inputs { get; }

    /// <summary>Output ports in the program's order; null where a port does not exist.</summary>
    public IReadOnlyList<PortTokens?> Outputs { get; }

    /// <summary>Name of the process of a layer, by the layer's function.</summary>
    public IReadOnlyDictionary<string, string> ProcessOf { get; }

    /// <summary>Names of the processes that write the results.</summary>
    public IReadOnlyList<string> ResultProcesses { get; }

    /// <summary>All streams, in the order their writers run.</summary>
    public IEnumerable<PlannedStream> Streams => _streams.Values.SelectMany(streams => streams);

    /// <summary>What the streams carry.</summary>
    public IEnumerable<BufferTokens> Tokens => _streams.Values.Where(streams => streams.Count > 0).Select(streams => streams[0].Tokens).Concat(_lines.Values);

    /// <summary>The positions that a process keeps, padding included.</summary>
    public BufferTokens LineOf(PositionForm form) => _lines.GetValueOrDefault(form.Line) ?? _streams[form.Line][0].Tokens;

    /// <summary>The streams that carry a buffer.</summary>
    public IReadOnlyList<PlannedStream> Of(int buffer) => _streams[buffer];

    /// <summary>The stream that brings a buffer to a reader.</summary>
    public PlannedStream To(string reader, int buffer) => _streams[buffer].First(stream => stream.Reader == reader);

    private static List<(string Name, int Streams)>[] Readers(IntegerProgram program, BufferLayouts layouts, PortPlan ports, IReadOnlyList<LayerUnit> units)
    {
        var readers = program.Buffers.Select(_ => new List<(string Name, int Streams)>()).ToArray();
        foreach (var unit in units)
        {
            foreach (var buffer in unit.Receives)
            {
                readers[buffer].Add((unit.Name, unit.Receives.Count));
            }
        }

        for (var o = 0; o < program.Outputs.Length; o++)
        {
            if (ports.Outputs[o].Exists && layouts[program.Outputs[o].Buffer].HasWires)
            {
                readers[program.Outputs[o].Buffer].Add((ports.Outputs[o].Name, 1));
            }
        }

        return readers;
    }

    /// <summary>Length of the longest way from the ports to each layer.</summary>
    private static Dictionary<string, int> Levels(IReadOnlyList<LayerUnit> units)
    {
        var levels = new Dictionary<string, int>(StringComparer.Ordinal);
        var written = new Dictionary<int, int>();
        foreach (var unit in units)
        {
            var level = unit.Receives.Select(buffer => written[buffer] + 1).DefaultIfEmpty(0).Max();
            levels[unit.Name] = level;
            foreach (var buffer in unit.Sends)
            {
                written[buffer] = level;
            }
        }

        return levels;
    }
}
