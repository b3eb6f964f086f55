using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Layout;

/// <summary>
/// A port as pieces of a stream: an element of the stream holds the channels of one position, each in the narrowest fixed-point
/// type that holds it at all positions. <c>pack</c> and <c>unpack</c> translate from and to the port's common type: wiring.
/// </summary>
internal sealed class PortTokens
{
    private readonly PortType _port;
    private readonly PortType[] _channels;

    /// <summary>Cuts a port.</summary>
    public PortTokens(PortType port, TokenCut cut, string stream)
    {
        (_port, Cut, Stream) = (port, cut, stream);
        _channels = Enumerable.Range(0, cut.Channels)
            .Select(channel => new PortType(
                port.Name, Enumerable.Range(0, cut.Count).Select(p => port.Format((p * cut.Channels) + channel)).ToArray(), port.Dialect))
            .ToArray();
    }

    /// <summary>The port.</summary>
    public PortType Port => _port;

    /// <summary>How it is cut.</summary>
    public TokenCut Cut { get; }

    /// <summary>Name of the stream.</summary>
    public string Stream { get; }

    /// <summary>Name of the struct of an element.</summary>
    public string StructName => _port.Name + "_element";

    /// <summary>Declarations of the channels, one line for each type.</summary>
    /// <param name="modes">What happens when a number is assigned, as arguments of the type.</param>
    public IEnumerable<string> Members(string modes) => Existing().GroupBy(channel => _channels[channel].Cpp(modes))
        .Select(group => $"{group.Key} {string.Join(", ", group.Select(Member))};");

    /// <summary>Statements that put a position's codes <c>y</c> into the element <c>e</c>.</summary>
    /// <param name="alone">Whether <c>y</c> holds that position alone.</param>
    public IEnumerable<string> Pack(bool alone = false) => Existing().Select(channel =>
    {
        var (type, low) = (_channels[channel], Low(channel));
        return Dialect.SetBits($"e.{Member(channel)}", type.Raw, Dialect.Slice($"y[{Index(channel, alone)}]", low, type.Raw));
    });

    /// <summary>Statements that take a position's codes <c>y</c> out of the element <c>e</c>.</summary>
    /// <param name="alone">Whether <c>y</c> holds that position alone.</param>
    public IEnumerable<string> Unpack(bool alone = false) => Existing().Select(channel =>
    {
        var (type, low) = (_channels[channel], Low(channel));
        var code = Dialect.Slice($"e.{Member(channel)}", 0, type.Raw);
        var shifted = type.Raw == _port.Raw ? code : $"{_port.RawCpp}({code})";
        var placed = low == 0 ? shifted : string.Create(CultureInfo.InvariantCulture, $"{shifted} << {low}");
        return Dialect.SetBits($"y[{Index(channel, alone)}]", _port.Raw, placed);
    });

    /// <summary>Whether every channel has the same format at all positions, so that its code is what the type holds.</summary>
    public bool IsRegular => Enumerable.Range(0, Port.Length).All(e => Port.Format(e) == Port.Format(e % Cut.Channels));

    /// <summary>Statements that put values into the element <c>e</c>; only where the port is regular.</summary>
    /// <param name="value">The code of a channel, in a type.</param>
    public IEnumerable<string> Fill(Func<int, WireType, string> value) => Existing().Select(channel =>
        Dialect.SetBits($"e.{Member(channel)}", _channels[channel].Raw, value(channel, _channels[channel].Raw)));

    private CppDialect Dialect => _port.Dialect;

    private static string Member(int channel) => string.Create(CultureInfo.InvariantCulture, $"c{channel}");

    private IEnumerable<int> Existing() => Enumerable.Range(0, Cut.Channels).Where(channel => _channels[channel].Exists);

    private string Index(int channel, bool alone) => alone || Cut.Count == 1
        ? channel.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"p * {Cut.Channels} + {channel}");

    // The channel's lowest bit, seen from the port's.
    private int Low(int channel)
    {
        var type = _channels[channel];
        var p = Enumerable.Range(0, Cut.Count).First(n => !type.Format(n).IsZero);
        return _port.Low((p * Cut.Channels) + channel) - type.Low(p);
    }
}
