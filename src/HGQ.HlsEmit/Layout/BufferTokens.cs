using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Layout;

/// <summary>
/// A buffer as pieces of a stream. A piece holds a wire for each channel, of exactly the bits that the channel needs at all
/// positions; a channel that is always the same is no part of it.
/// </summary>
internal sealed class BufferTokens(BufferWires wires, TokenCut cut)
{
    /// <summary>Name of the variable that holds a piece.</summary>
    public const string Variable = "token";

    /// <summary>How it is cut.</summary>
    public TokenCut Cut => cut;

    /// <summary>The wires.</summary>
    public BufferWires Wires => wires;

    /// <summary>Name of the struct of a piece.</summary>
    public string StructName => wires.Name + "_token";

    /// <summary>Types and names of the members, one line for each type.</summary>
    public IEnumerable<(string Type, string[] Names)> Members => Enumerable.Range(0, cut.Channels).Where(HasWire)
        .GroupBy(channel => wires.Dialect.Integer(Type(channel)), StringComparer.Ordinal)
        .Select(group => (group.Key, group.Select(Member).ToArray()));

    /// <summary>Bits of a piece.</summary>
    public int Bits => Enumerable.Range(0, cut.Channels).Where(HasWire).Sum(channel => Type(channel).Width);

    /// <summary>Whether a loop over the positions finds every element: there is one array for each channel, or for all.</summary>
    public bool IsIndexed => cut.Count > 1 && wires.IsArray && cut.Channels % wires.Period == 0;

    /// <summary>The statements that read all pieces of a sample into the wires.</summary>
    public IEnumerable<string> Read(string stream) => Blocks(p =>
    {
        var taken = Channels(p).Select(channel => Taken(channel, p)).OfType<string>().ToArray();

        // At some positions everything may be constant: the piece is taken all the same.
        return taken.Length == 0 ? [$"{stream}.read();"] : [$"const {StructName} {Variable} = {stream}.read();", .. taken];
    });

    /// <summary>The statements that write all pieces of a sample to streams.</summary>
    public IEnumerable<string> Write(IReadOnlyList<string> streams) => Blocks(p =>
        [$"{StructName} {Variable};", .. Channels(p).Where(HasWire).Select(channel => Given(channel, p)), .. streams.Select(stream => $"{stream}.write({Variable});")]);

    /// <summary>Statements that put a piece into the wires, at position <c>p</c>; only where they are indexed.</summary>
    public IEnumerable<string> Taken() => Channels(0).Select(channel => Taken(channel, 0)).OfType<string>();

    /// <summary>Whether a channel is part of a piece.</summary>
    public bool HasWire(int channel) => !Hull(channel).IsPoint;

    /// <summary>A channel of a piece as a value of another type: its wire, or its constant.</summary>
    public string Value(string piece, int channel, WireType type) => HasWire(channel)
        ? Cast(type, Type(channel), $"{piece}.{Member(channel)}")
        : wires.Dialect.Typed(type, Hull(channel).Low);

    /// <summary>The statement that gives a channel of a piece a value.</summary>
    public string Set(string piece, int channel, Func<WireType, string> value) => $"{piece}.{Member(channel)} = {value(Type(channel))};";

    /// <summary>A wire as a value of another type that holds it.</summary>
    public string Cast(WireType to, WireType from, string text) => to == from ? text : $"{wires.Dialect.Integer(to)}({text})";

    private static string Member(int channel) => string.Create(CultureInfo.InvariantCulture, $"c{channel}");

    private static IEnumerable<string> Braced(IEnumerable<string> lines) => ["  {", .. lines.Select(line => "    " + line), "  }"];

    private IEnumerable<string> Blocks(Func<int, IEnumerable<string>> lines) => IsIndexed
        ? wires.Dialect.Loop(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  for (int {PositionLoop.Variable} = 0; {PositionLoop.Variable} < {cut.Count}; {PositionLoop.Variable}++)"),
            LoopDirectives.EachClock,
            lines(0).Select(line => "    " + line))
        : Enumerable.Range(0, cut.Count).SelectMany(p => Braced(lines(p)));

    private IEnumerable<int> Channels(int position) => Enumerable.Range(0, cut.Channels).Where(channel => wires.HasWire((position * cut.Channels) + channel) || HasWire(channel));

    private WireType Type(int channel) => WireType.For(Hull(channel));

    private Model.FixedPoint.RawInterval Hull(int channel) => wires.Hull(channel, new PositionRange(cut.Channels, cut.Count));

    // A channel that is always the same may stand in an array with others.
    private string? Taken(int channel, int position)
    {
        var element = (position * cut.Channels) + channel;
        return !wires.HasWire(element) ? null
            : $"{Text(element)} = {Value(Variable, channel, wires.Type(element))};";
    }

    private string Given(int channel, int position)
    {
        var element = (position * cut.Channels) + channel;
        var value = wires.HasWire(element) ? Cast(Type(channel), wires.Type(element), Text(element))
            : wires.Dialect.Typed(Type(channel), wires.Constant(element));
        return $"{Variable}.{Member(channel)} = {value};";
    }

    private string Text(int element)
    {
        var step = cut.Channels / wires.Period;
        return wires.Text(wires.Variable, element, !IsIndexed ? null : step == 1 ? PositionLoop.Variable : string.Create(CultureInfo.InvariantCulture, $"{PositionLoop.Variable} * {step}"));
    }
}
