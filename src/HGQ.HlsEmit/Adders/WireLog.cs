using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit.Adders;

/// <summary>The wires that the adders of a layer were given, so that vectors can be made for each.</summary>
internal sealed class WireLog
{
    /// <summary>Places at which the wires of a layer are looked at, all together; at least the middle and both ends of a loop.</summary>
    private const int MostPlaces = 10_000;
    private const int FewestPlaces = 3;

    private readonly List<(WireNode Node, WireType Type, RawInterval Interval)> _wires = [];
    private readonly List<(BufferPlace Place, WirePart Part)> _results = [];

    /// <summary>Records a wire.</summary>
    public void Add(WireNode node, WireType type, RawInterval interval) => _wires.Add((node, type, interval));

    /// <summary>Records an operand that is widened and shifted; gives the wire.</summary>
    public Operand AddShifted(Operand operand, int bits, WireType type)
    {
        var node = WireNode.Sum(new WirePart(operand, bits, false), new WirePart(Operand.Of(0), 0, false));
        var interval = operand.Interval.ShiftLeft(bits);
        Add(node, type, interval);
        return new Operand(string.Empty, type, interval, node);
    }

    /// <summary>Records what an element is assigned.</summary>
    public void AddResult(BufferPlace place, WirePart part) => _results.Add((place, part));

    /// <summary>The wires, each a sum of elements and of wires before it.</summary>
    /// <param name="layer">Layer they belong to.</param>
    /// <param name="first">Index of the first of them among all wires.</param>
    public IReadOnlyList<AdderWire> Wires(string layer, int first)
    {
        var readers = Readers();
        var indices = new Dictionary<WireNode, int>();
        var wires = new List<AdderWire>();
        foreach (var (node, type, interval) in _wires)
        {
            if (readers.TryGetValue(node, out var results))
            {
                wires.Add(new AdderWire(layer, type.Signed, type.Width, interval, Places(node, results, indices).ToArray()));
                indices.Add(node, first + wires.Count - 1);
            }
        }

        return wires;
    }

    private IEnumerable<WirePlace> Places(WireNode node, List<(BufferPlace Place, long Weight)> results, Dictionary<WireNode, int> indices)
    {
        var positions = results[0].Place.View.Positions;
        var parts = node.Element is null ? new[] { node.Left, node.Right } : [];
        var constant = parts.Where(part => part.Operand.Node is null).Aggregate(0L, (sum, part) => unchecked(sum + Constant(part)));
        var most = Math.Max(FewestPlaces, MostPlaces / _wires.Count);
        var step = Math.Max(1, positions / most);
        foreach (var p in Enumerable.Range(0, positions).Where(p => p % step == 0).Prepend(positions - 1).Prepend(positions / 2).Distinct().Take(most))
        {
            var terms = node.Element is null
                ? parts.Where(part => part.Operand.Node is not null).Select(part => Term(part.Operand.Node!, Scaled(1, part), p, indices))
                : [Term(node, 1, p, indices)];
            yield return new WirePlace(
                terms.ToArray(),
                constant,
                results.Select(r => new WireReader(r.Place.View.Buffer, r.Place.View.At(r.Place.Element, p), r.Weight)).ToArray());
        }
    }

    private static WireTerm Term(WireNode node, long weight, int position, Dictionary<WireNode, int> indices)
    {
        if (indices.TryGetValue(node, out var wire))
        {
            return new WireTerm(WireTerm.Wire, wire, weight);
        }

        var element = node.Element!.Value;
        return node.Factor is { } factor
            ? new WireTerm(element.View.Buffer, element.View.At(element.Element, position), weight, factor.View.Buffer, factor.View.At(factor.Element, position))
            : new WireTerm(element.View.Buffer, element.View.At(element.Element, position), weight);
    }

    private static long Constant(WirePart part) => Scaled((long)(ulong)(part.Operand.Interval.Low & ulong.MaxValue), part);

    /// <summary>A weight times the power of two and the sign of a part, modulo 2^64.</summary>
    private static long Scaled(long weight, WirePart part)
    {
        // C# takes shifts modulo 64; a longer one leaves nothing of 64 bits.
        var scaled = part.Shift < 64 ? unchecked(weight * part.Factor) << part.Shift : 0;
        return unchecked(part.Negative ? -scaled : scaled);
    }

    /// <summary>How often each wire is in which results.</summary>
    private Dictionary<WireNode, List<(BufferPlace Place, long Weight)>> Readers()
    {
        var readers = new Dictionary<WireNode, List<(BufferPlace, long)>>();
        foreach (var (place, part) in _results)
        {
            var weights = new Dictionary<WireNode, long>();
            Spread(part, 1, weights);
            foreach (var (node, weight) in weights)
            {
                if (!readers.TryGetValue(node, out var list))
                {
                    readers.Add(node, list = []);
                }

                list.Add((place, weight));
            }
        }

        return readers;
    }

    private static void Spread(WirePart part, long weight, Dictionary<WireNode, long> weights)
    {
        // An element is no wire of its own here; a product of two is.
        if (part.Operand.Node is not { } node || (node.Element is not null && node.Factor is null))
        {
            return;
        }

        var own = Scaled(weight, part);
        weights[node] = unchecked(weights.GetValueOrDefault(node) + own);
        if (node.Element is null)
        {
            Spread(node.Left, own, weights);
            Spread(node.Right, own, weights);
        }
    }
}
