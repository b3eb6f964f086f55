using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Passes;
using HGQ.Model.Hardware.Pipelining;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.Model.Hardware.Streams;

/// <summary>Makes the stream design of a program (docs/hardware-network.md §7). Equal programs and options give equal designs.</summary>
public static class StreamPlanner
{
    /// <summary>Cuts a program into units and maps the circuit of each.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="options">How circuits are mapped; the defaults where null.</param>
    /// <param name="pipeline">How circuits are cut into stages; null for no registers in them.</param>
    /// <param name="progress">Is told how far the mapper is.</param>
    /// <param name="cancellation">Ends the mapping early.</param>
    /// <exception cref="StreamRefusedException">A layer can't work position by position.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static StreamDesign Plan(
        IntegerProgram program,
        MappingOptions? options = null,
        PipelineOptions? pipeline = null,
        IProgress<MappingProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        var (input, drafts) = StreamDrafting.Draft(program);
        var streams = new List<TokenStream>();
        var streamOf = new Dictionary<int, int>();
        var units = new List<StreamUnit>();
        int first = AddStream(input);
        var waiting = new WaitingPositions(first, streams[first].Count);
        var outputs = Array.Empty<TokenPort>();
        foreach (var draft in drafts)
        {
            var circuit = NetworkMapper.Map(HardwareNetworkBuilder.Build(draft.Circuit), options, progress, cancellation);
            int[] sources = draft.Sources.Select(source => streamOf[source]).ToArray();
            var readers = draft.Sources.ToDictionary(source => streamOf[source], source =>
                drafts.Count(other => other.Sources.Contains(source)));
            int output = -1;
            if (draft == drafts[drafts.Count - 1])
            {
                outputs = circuit.Outputs.Select(port => new TokenPort(
                    port.Name, draft.Line.Results, port.Elements.Select(element => element.Format).ToArray())).ToArray();
            }
            else
            {
                output = AddStream(draft.Result);
                circuit = Cut(circuit, streams[output].Formats);
            }

            var pipelined = pipeline is null ? circuit : Pipeliner.Run(circuit, pipeline);
            units.Add(new StreamUnit(draft.Name, waiting.Before(sources, stream => readers[stream] > 1), draft.Line, circuit, pipelined,
                output));
            waiting.Add(sources, draft.Line, pipelined.Latency, output);
        }

        return new StreamDesign(program.Name, streams.ToArray(), units.ToArray(), outputs);

        int AddStream(int buffer)
        {
            var cut = TokenCut.Of(program, buffer);
            streams.Add(new TokenStream(program.Buffers[buffer].Name, cut.Count,
                PositionCircuit.Narrow(program.Buffers[buffer], cut.Channels)));
            return streamOf[buffer] = streams.Count - 1;
        }
    }

    // Bits above the narrow formats carry nothing.
    private static BitNetlist Cut(BitNetlist circuit, EquatableArray<FixedPointFormat> formats)
    {
        var port = circuit.Outputs[0];
        var cut = circuit with
        {
            Outputs = new[]
            {
                port with
                {
                    Elements = port.Elements.Select((element, e) => new BitElement(
                        formats[e], element.Signals.Take(Math.Max(0, formats[e].Width)).ToArray())).ToArray(),
                },
            },
        };
        cut = NetlistPasses.Run(cut, trimming: true, pairing: true);
        BitNetlistVerifier.Verify(cut);
        return cut;
    }
}
