using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// How many positions may have to wait before a sum of streams: one way gives its positions earlier than the other, whose windows need
/// more of the sample.
/// </summary>
internal sealed class WaitingPositions
{
    // Clocks that a position takes from a full place to the next, so that stalls of one clock don't add up.
    private const int Spare = 2;

    // Per stream and position: positions of the input that must have come before it can be there.
    private readonly Dictionary<int, int[]> _needs = new();
    private readonly Dictionary<int, int> _registers = new();

    /// <summary>Starts with the input.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="count">Its positions.</param>
    public WaitingPositions(int stream, int count)
    {
        _needs[stream] = Enumerable.Range(1, count).ToArray();
        _registers[stream] = 0;
    }

    /// <summary>Inputs of a unit with what may wait before each; a single one waits nowhere.</summary>
    /// <param name="streams">Streams that it reads.</param>
    /// <param name="shared">Whether others read a stream as well: then whether one takes a position never depends on whether the other
    /// does.</param>
    public EquatableArray<StreamInput> Before(IReadOnlyList<int> streams, Func<int, bool> shared)
    {
        if (streams.Count == 1)
        {
            return new[] { new StreamInput(streams[0], 0) };
        }

        int latest = streams.Max(stream => _registers[stream]);
        return streams.Select(stream =>
        {
            // While the slowest lacks a position, the others may have given more.
            int ahead = Enumerable.Range(0, _needs[stream].Length).Max(position =>
            {
                int given = _needs[stream].Count(need => need <= _needs[stream][position]);
                return given - streams.Min(other => _needs[other].Count(need => need <= _needs[stream][position]));
            });
            int spare = latest - _registers[stream];
            return new StreamInput(stream, ahead + spare == 0 && !shared(stream) ? 0 : ahead + spare + Spare);
        }).ToArray();
    }

    /// <summary>Adds what a unit writes.</summary>
    /// <param name="streams">Streams that it reads.</param>
    /// <param name="line">Its line.</param>
    /// <param name="latency">Registers of its circuit.</param>
    /// <param name="output">Stream that it writes.</param>
    public void Add(IReadOnlyList<int> streams, PositionLine line, int latency, int output)
    {
        var needs = new List<int>();
        var came = 0;
        for (var n = 0; n < line.Comes.Length; n++)
        {
            came += line.Comes[n] ? 1 : 0;
            if (line.Ends[n])
            {
                needs.Add(came == 0 ? 0 : streams.Max(stream => _needs[stream][came - 1]));
            }
        }

        _needs[output] = needs.ToArray();
        _registers[output] = streams.Max(stream => _registers[stream]) + 1 + latency;
    }
}
