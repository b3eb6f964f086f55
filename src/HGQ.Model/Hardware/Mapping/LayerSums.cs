using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Sharing;
using HGQ.Model.Hardware.Words;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>Maps the sums of a layer together, so that they can share parts.</summary>
internal sealed class LayerSums
{
    private const int MostRows = 160;
    private readonly HardwareNetwork _network;
    private readonly NetlistDraft _draft;
    private readonly DemandedBits _demanded;
    private readonly SumMapper _sums;
    private readonly MappingOptions _options;
    private readonly WordBits[] _words;
    private readonly Dictionary<int, int[]> _mapped = new();
    private readonly CancellationToken _cancellation;

    public LayerSums(
        HardwareNetwork network, NetlistDraft draft, DemandedBits demanded, SumMapper sums, MappingOptions options, WordBits[] words, CancellationToken cancellation)
    {
        _network = network;
        _draft = draft;
        _demanded = demanded;
        _sums = sums;
        _options = options;
        _words = words;
        _cancellation = cancellation;
    }

    /// <summary>The literals of a sum; its neighbours are mapped with it.</summary>
    public int[] Map(int node)
    {
        if (!_mapped.ContainsKey(node))
        {
            MapGroup(Group(node));
        }

        var literals = _mapped[node];
        _mapped.Remove(node);
        return literals;
    }

    // Sums of the same layer whose operands are all there.
    private List<int> Group(int first)
    {
        var group = new List<int>();
        int layer = _network.Nodes[first].Layer;
        for (int n = first; n < _network.Nodes.Length && group.Count < MostRows && _network.Nodes[n].Layer == layer; n++)
        {
            if (_network.Nodes[n] is SumNode sum && !_mapped.ContainsKey(n) && _demanded.High(n) > 0 && sum.Terms.All(term => term.Node < first))
            {
                group.Add(n);
            }
        }

        return group;
    }

    private void MapGroup(List<int> group)
    {
        var numbers = new Dictionary<int, int>();
        var operands = new List<CarrySaveWord>();
        var rows = group.Select(n => Row(n, numbers, operands)).ToArray();
        var sharing = new SumSharing(rows, operands.Select(operand => operand.Profile()), SearchOptions.Sharing(_options));
        if (group.Count > 1 && _options.Features.HasFlag(MappingFeatures.Sharing))
        {
            sharing.Run(_cancellation);
        }

        var shared = new SharedSums(_draft, sharing, operands, SearchOptions.Sharing(_options));
        for (var row = 0; row < group.Count; row++)
        {
            _cancellation.ThrowIfCancellationRequested();
            _mapped.Add(group[row], MapSum(group[row], sharing.Rows[row], shared));
        }
    }

    private SharedTerm[] Row(int n, Dictionary<int, int> numbers, List<CarrySaveWord> operands)
    {
        var terms = new List<SharedTerm>();
        foreach (var term in ((SumNode)_network.Nodes[n]).Terms)
        {
            if (!numbers.TryGetValue(term.Node, out int operand))
            {
                numbers.Add(term.Node, operand = operands.Count);
                operands.Add(CarrySaveWord.Of(_words[term.Node], _draft));
            }

            terms.AddRange(SignedDigits.Of(term.Weight)
                .Where(digit => digit.Shift < _demanded.High(n))
                .Select(digit => new SharedTerm(operand, digit.Shift, digit.Negative ? 1 : 0)));
        }

        return terms.ToArray();
    }

    private int[] MapSum(int n, SharedTerm[] row, SharedSums shared)
    {
        var node = (SumNode)_network.Nodes[n];
        var heap = new BitHeap(_demanded.High(n), _demanded.Low(n));
        heap.Add(node.Bias);
        foreach (var term in row)
        {
            shared[term.Operand].AddTo(heap, term.Shift, term.Negative == 1);
        }

        int[] literals = _sums.Map(heap, eitherPolarity: !_demanded.IsWiredToOutput(n) && _options.Features.HasFlag(MappingFeatures.Polarity));
        return Enumerable.Range(0, node.Width)
            .Select(bit => bit < _demanded.Low(n) || bit >= literals.Length ? Literal.Unread : literals[bit])
            .ToArray();
    }
}
