using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Hardware.Words;

/// <summary>
/// The nodes made so far, each once: what is asked for twice, in whatever layer, is the same node. Asking for something that
/// changes nothing (a clamp that the interval rules out) gives the source.
/// </summary>
internal sealed class NodeTable
{
    private readonly List<WordNode> _nodes = new();
    private readonly Dictionary<WordNode, int> _known = new();
    private readonly List<string> _layers = new();

    public int Layer => _layers.Count - 1;

    public EquatableArray<string> Layers => _layers.ToArray();

    public WordNode this[int node] => _nodes[node];

    public EquatableArray<WordNode> ToArray() => _nodes.ToArray();

    public void EnterLayer(string name)
    {
        if (_layers.Count == 0 || _layers[_layers.Count - 1] != name)
        {
            _layers.Add(name);
        }
    }

    public int Add(WordNode node)
    {
        if (node.Interval.IsPoint && node is not ConstantNode)
        {
            return Constant(node.Interval.Low);
        }

        var key = node with { Layer = 0 };
        if (!_known.TryGetValue(key, out int index))
        {
            index = _nodes.Count;
            _known.Add(key, index);
            _nodes.Add(node);
        }

        return index;
    }

    public int Constant(BigInteger value) => Add(new ConstantNode(Layer, RawInterval.Point(value)));

    public int Sum(BigInteger bias, EquatableArray<SumTerm> terms)
    {
        var sum = default(RangeSum);
        sum.Add(bias);
        foreach (var term in terms)
        {
            sum.Add(term.Weight, _nodes[term.Node].Interval);
        }

        // Terms made last (a product with a wide constant) may stand before others.
        var sorted = terms.ToArray();
        Array.Sort(sorted, (left, right) => left.Node.CompareTo(right.Node));
        return Add(new SumNode(Layer, sum.Interval, bias, sorted));
    }

    public int Shift(int source, int shift, RoundingMode rounding)
    {
        if (shift == 0)
        {
            return source;
        }

        return Add(new ShiftNode(Layer, Of(source).Quantize(shift, rounding), source, shift, shift < 0 ? RoundingMode.Truncate : rounding));
    }

    public int Wrap(int source, int bits, bool signed)
    {
        var range = NodeRanges.Wrapped(Of(source), bits, signed);
        return range == Of(source) ? source : Add(new WrapNode(Layer, range, source, bits, signed));
    }

    public int Extremum(int left, int right, bool maximum)
    {
        RawInterval a = Of(left), b = Of(right);
        if (left == right || (maximum ? a.Low >= b.High : a.High <= b.Low))
        {
            return left;
        }

        return (maximum ? b.Low >= a.High : b.High <= a.Low)
            ? right
            : Add(new ExtremumNode(Layer, NodeRanges.Extremum(a, b, maximum), Math.Min(left, right), Math.Max(left, right), maximum));
    }

    public int Clamp(int source, BigInteger low, BigInteger high)
    {
        int raised = Of(source).Low < low ? Extremum(source, Constant(low), maximum: true) : source;
        return Of(raised).High > high ? Extremum(raised, Constant(high), maximum: false) : raised;
    }

    public int ZeroOutside(int source, BigInteger low, BigInteger high)
    {
        var range = NodeRanges.ZeroOutside(Of(source), low, high);
        return range == Of(source) ? source : Add(new ZeroOutsideNode(Layer, range, source, low, high));
    }

    public int Table(int source, int index, LookupTable table)
    {
        var interval = TableRange.Of(table, Of(source));
        return Add(new TableNode(Layer, interval, source, index));
    }

    public int Product(int left, int right)
    {
        int first = Math.Min(left, right), second = Math.Max(left, right);
        return Add(new ProductNode(Layer, NodeRanges.Product(Of(left), Of(right), left == right), first, second));
    }

    private RawInterval Of(int node) => _nodes[node].Interval;
}
