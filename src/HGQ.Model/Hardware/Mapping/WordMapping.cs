using System;
using System.Linq;
using System.Threading;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Words;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Maps node by node: every word becomes literals.</summary>
internal sealed class WordMapping : IWordNodeVisitor<int[]>
{
    private readonly HardwareNetwork _network;
    private readonly NetlistDraft _draft;
    private readonly MappingOptions _options;
    private readonly BitPort[] _inputs;
    private readonly DemandedBits _demanded;
    private readonly SumMapper _sums;
    private readonly LayerSums _layerSums;
    private readonly WordBits[] _words;
    private int _node;

    public WordMapping(HardwareNetwork network, NetlistDraft draft, MappingOptions options, BitPort[] inputs, CancellationToken cancellation)
    {
        _network = network;
        _draft = draft;
        _options = options;
        _inputs = inputs;
        _demanded = DemandedBits.Of(network);
        _sums = new SumMapper(draft, SearchOptions.Of(options));
        _words = new WordBits[network.Nodes.Length];
        _layerSums = new LayerSums(network, draft, _demanded, _sums, options, _words, cancellation);
    }

    /// <summary>Maps a node.</summary>
    public void Map(int n)
    {
        var node = _network.Nodes[n];
        _node = n;
        _draft.Layer = node.Layer;
        int[] literals = _demanded.High(n) == 0 && node is not InputNode
            ? Enumerable.Repeat(Literal.Unread, node.Width).ToArray()
            : node.Accept(this);
        _words[n] = new WordBits(literals, node.IsSigned);
    }

    /// <summary>The signals of an output, as wide as its format.</summary>
    public BitElement Output(WordElement element)
    {
        var word = _words[element.Node];
        _draft.Layer = _network.Nodes[element.Node].Layer;
        return new BitElement(element.Format, Enumerable.Range(0, Math.Max(0, element.Format.Width)).Select(bit => _draft.Signal(word[bit])).ToArray());
    }

    int[] IWordNodeVisitor<int[]>.VisitInput(InputNode node) =>
        _inputs[node.Port].Elements[node.Element].Signals.Select(Literal.Of).ToArray();

    int[] IWordNodeVisitor<int[]>.VisitConstant(ConstantNode node) => WordBits.Of(node.Value, node.Width, node.IsSigned).Literals;

    int[] IWordNodeVisitor<int[]>.VisitSum(SumNode node) => _layerSums.Map(_node);

    int[] IWordNodeVisitor<int[]>.VisitShift(ShiftNode node)
    {
        var source = _words[node.Source];
        if (node.Shift < 0 || node.Rounding == RoundingMode.Truncate)
        {
            return Demanded(node, bit => bit + node.Shift < 0 ? Literal.Zero : source[bit + node.Shift]);
        }

        int width = node.Width + node.Shift;
        var heap = new BitHeap(width, node.Shift);
        source.AddTo(heap, _draft, 0, subtract: false);
        RoundingBits.AddTo(heap, _draft, source, node.Shift, node.Rounding);
        return _sums.Map(heap, eitherPolarity: !_demanded.IsWiredToOutput(_node)).Skip(node.Shift).ToArray();
    }

    int[] IWordNodeVisitor<int[]>.VisitWrap(WrapNode node)
    {
        var source = _words[node.Source];
        return Demanded(node, bit => source[bit]);
    }

    int[] IWordNodeVisitor<int[]>.VisitExtremum(ExtremumNode node)
    {
        if (DemandedBits.IsRelu(_network, node, out int relu))
        {
            var source = _words[relu];
            return Demanded(node, bit => Gate(source[bit], source.Sign));
        }

        WordBits left = _words[node.Left], right = _words[node.Right];
        int less = Comparison.Less(_draft, left, right);
        var (small, large) = node.Maximum ? (left, right) : (right, left);
        return Demanded(node, bit => _draft.Lut(
            LutRole.Logic, new[] { small[bit], large[bit], less }, choice => ((choice >> ((choice >> 2) & 1)) & 1) == 1));
    }

    int[] IWordNodeVisitor<int[]>.VisitZeroOutside(ZeroOutsideNode node)
    {
        var source = _words[node.Source];
        var interval = _network.Nodes[node.Source].Interval;
        int below = interval.Low < node.Low ? Comparison.Less(_draft, source, Constant(node.Low)) : Literal.Zero;
        int above = interval.High > node.High ? Comparison.Less(_draft, Constant(node.High), source) : Literal.Zero;
        return Demanded(node, bit => _draft.Lut(LutRole.Logic, new[] { source[bit], below, above }, choice => choice == 1));
    }

    int[] IWordNodeVisitor<int[]>.VisitTable(TableNode node) =>
        TableMapper.Map(_draft, _network.Tables[node.Table], _words[node.Source], _network.Nodes[node.Source].Interval, node.Width, _options.WidestLutTable);

    int[] IWordNodeVisitor<int[]>.VisitProduct(ProductNode node)
    {
        int width = Math.Min(node.Width, _demanded.High(_node));
        int[] low = _options.Multipliers && width <= 64 && _words[node.Left].Width is > 1 and <= 64 && _words[node.Right].Width is > 1 and <= 64
            ? ProductMapper.Multiplier(_draft, _words[node.Left], _words[node.Right], width)
            : _sums.Map(ProductMapper.Heap(_draft, _words[node.Left], _words[node.Right], width), eitherPolarity: false);
        return low.Concat(Enumerable.Repeat(Literal.Unread, node.Width - width)).ToArray();
    }

    private int Gate(int literal, int sign) => _draft.Lut(LutRole.Gate, new[] { literal, sign }, choice => choice == 1);

    private int[] Demanded(WordNode node, Func<int, int> literal) => Enumerable.Range(0, node.Width)
        .Select(bit => bit >= _demanded.Low(_node) && bit < _demanded.High(_node) ? literal(bit) : Literal.Unread)
        .ToArray();

    private static WordBits Constant(System.Numerics.BigInteger value)
    {
        var interval = RawInterval.Point(value);
        return WordBits.Of(value, interval.SignedBits, signed: true);
    }
}
