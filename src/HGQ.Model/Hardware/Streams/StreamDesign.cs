using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Streams;

/// <summary>
/// A model as units between streams: a sample passes position by position, and each unit holds the circuit of one position only
/// (docs/hardware-network.md §7).
/// </summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Streams">What passes between the units; the first is the input.</param>
/// <param name="Units">In order: a unit reads streams that units before it write, or the input.</param>
/// <param name="Outputs">Results, in the program's order; all are written by the last unit, their tokens one behind the other.</param>
public sealed record StreamDesign(
    string Name, EquatableArray<TokenStream> Streams, EquatableArray<StreamUnit> Units, EquatableArray<TokenPort> Outputs)
{
    /// <summary>The code port.</summary>
    public TokenPort Input => new(Streams[0].Name, Streams[0].Count, Streams[0].Formats);

    /// <summary>Clocks that a sample takes at least: the positions of the longest line, padding included.</summary>
    public int Interval => Units.Select(unit => unit.Line.Comes.Length).DefaultIfEmpty(1).Max();
}

/// <summary>A port of a design, cut into positions.</summary>
/// <param name="Name">Name of the input layer's buffer or of the result.</param>
/// <param name="Count">Positions of a sample.</param>
/// <param name="Formats">Format of each channel, at all positions alike.</param>
public sealed record TokenPort(string Name, int Count, EquatableArray<FixedPointFormat> Formats)
{
    /// <summary>Bits of a position.</summary>
    public int Width => Formats.Sum(format => System.Math.Max(0, format.Width));
}

/// <summary>What passes from unit to unit: the channels of one position at a time.</summary>
/// <param name="Name">Name of the buffer that is sent.</param>
/// <param name="Count">Positions of a sample.</param>
/// <param name="Formats">Format of each channel, as narrow as its range at all positions allows.</param>
public sealed record TokenStream(string Name, int Count, EquatableArray<FixedPointFormat> Formats)
{
    /// <summary>Bits of a position.</summary>
    public int Width => Formats.Sum(format => System.Math.Max(0, format.Width));
}

/// <summary>A unit: it keeps what its window spans of the positions that pass, and computes a result wherever one is complete.</summary>
/// <param name="Name">Name of the graph layer that it begins with.</param>
/// <param name="Inputs">Streams that it reads, a position of each at a time; more than one without a window.</param>
/// <param name="Line">The positions that pass.</param>
/// <param name="Circuit">
/// The circuit of one position, without registers: its ports are the elements of the window, or of what each input brings; its outputs
/// the channels of a result.
/// </param>
/// <param name="Pipelined">The same with registers.</param>
/// <param name="Output">Stream that it writes; −1 of the last one, which writes the outputs.</param>
public sealed record StreamUnit(
    string Name, EquatableArray<StreamInput> Inputs, PositionLine Line, BitNetlist Circuit, BitNetlist Pipelined, int Output);

/// <summary>A stream that a unit reads.</summary>
/// <param name="Stream">Index of the stream.</param>
/// <param name="Waiting">Positions that may wait before the unit, so that a longer way beside this one doesn't stop it; 0 for none.</param>
public sealed record StreamInput(int Stream, int Waiting);

/// <summary>The positions that pass a unit, padding included, and what is kept of them.</summary>
/// <param name="Length">Positions that the window spans.</param>
/// <param name="Formats">Format of each element of a position, so wide that it holds padding as well; of several inputs one behind the
/// other.</param>
/// <param name="Window">Elements that a result needs, counted from the first channel of the oldest position of the window.</param>
/// <param name="Comes">Per position: whether it comes from the stream, or is padding.</param>
/// <param name="Ends">Per position: whether it is the last one that a result needs.</param>
/// <param name="Padding">Raw value of each channel of a position of padding; empty where there is none.</param>
public sealed record PositionLine(
    int Length,
    EquatableArray<FixedPointFormat> Formats,
    EquatableArray<int> Window,
    EquatableArray<bool> Comes,
    EquatableArray<bool> Ends,
    EquatableArray<long> Padding)
{
    /// <summary>Results of a sample.</summary>
    public int Results => Ends.Count(ends => ends);
}
