using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Model.Hardware.Words;

/// <summary>
/// In which order the sums of a layer are made, and which finished ones each reads. Rows are finished the cheapest first; each is
/// then taken apart greedily, by the finished row, shift and sign that leave the fewest bits.
/// </summary>
internal sealed class RowPlan
{
    // A row is made from others only where that spares a quarter of its bits, and at most so many rows deep.
    private const double Worthwhile = 0.75;
    // Parts that rows share are then found in the rests only, so few such rows are not worth their levels.
    private const double WorthwhileTogether = 0.85;
    private const int MostDepth = 3;
    private const int MostParents = 4;
    private const int MostShift = 3;
    private const long LargestWeight = 1L << 40;
    private readonly SumNode[] _sums;
    private readonly int[] _members;
    private readonly int[] _operands;
    private readonly int[] _widths;
    private readonly long[][] _rows;
    private readonly int[] _depths;
    private readonly List<(int Row, long Factor)>[] _parents;
    private readonly long[][] _rests;

    private RowPlan(HardwareNetwork network, List<int> group)
    {
        _members = group.ToArray();
        _sums = group.Select(n => (SumNode)network.Nodes[n]).ToArray();
        _operands = _sums.SelectMany(sum => sum.Terms).Select(term => term.Node).Distinct().OrderBy(node => node).ToArray();
        _widths = _operands.Select(node => network.Nodes[node].Width).ToArray();
        var places = _operands.Select((node, at) => (node, at)).ToDictionary(pair => pair.node, pair => pair.at);
        _rows = _sums.Select(sum =>
        {
            var row = new long[_operands.Length];
            foreach (var term in sum.Terms)
            {
                row[places[term.Node]] = term.Weight;
            }

            return row;
        }).ToArray();
        _depths = new int[_sums.Length];
        _parents = _sums.Select(_ => new List<(int, long)>()).ToArray();
        _rests = _rows.Select(row => (long[])row.Clone()).ToArray();
    }

    /// <summary>The rows in the order they are made.</summary>
    public List<int> Order { get; } = new();

    /// <summary>A plan for a group of sums; null where none of them is worth rewriting.</summary>
    public static RowPlan? Of(HardwareNetwork network, List<int> group)
    {
        var plan = new RowPlan(network, group);
        if (plan._rows.Any(row => row.Any(weight => weight is > LargestWeight or < -LargestWeight)))
        {
            return null;
        }

        return plan.Run() ? plan : null;
    }

    /// <summary>The sum of a row, in the numbers of the network as it is.</summary>
    public SumNode Sum(int row)
    {
        var bias = _sums[row].Bias;
        foreach (var (parent, factor) in _parents[row])
        {
            bias -= (BigInteger)factor * _sums[parent].Bias;
        }

        var terms = _parents[row].GroupBy(parent => parent.Row).Select(same => new SumTerm(_members[same.Key], same.Sum(parent => parent.Factor)))
            .Concat(_rests[row].Select((weight, at) => new SumTerm(_operands[at], weight)))
            .Where(term => term.Weight != 0)
            .ToArray();
        return _sums[row] with { Bias = bias, Terms = terms };
    }

    private bool Run()
    {
        int[] whole = _rows.Select(row => Bits(row, null, 0)).ToArray();
        int[] cheapest = (int[])whole.Clone();
        var left = new SortedSet<int>(Enumerable.Range(0, _rows.Length));
        while (left.Count > 0)
        {
            int row = left.OrderBy(candidate => cheapest[candidate]).ThenBy(candidate => candidate).First();
            left.Remove(row);
            TakeApart(row, whole[row]);
            Order.Add(row);
            foreach (int other in left)
            {
                var (cost, _) = Best(_rows[other], row, cheapest[other]);
                cheapest[other] = System.Math.Min(cheapest[other], cost);
            }
        }

        int bits = Order.Sum(row => Bits(_rests[row], null, 0) + _parents[row].Sum(parent => _sums[parent.Row].Width));
        return bits <= WorthwhileTogether * whole.Sum();
    }

    private void TakeApart(int row, int whole)
    {
        var parents = new List<(int Row, long Factor)>();
        var rest = (long[])_rows[row].Clone();
        int paid = 0, current = whole;
        while (parents.Count < MostParents)
        {
            var (cost, factor, parent) = (current, 0L, -1);
            foreach (int done in Order.Where(done => _depths[done] < MostDepth))
            {
                var (candidate, by) = Best(rest, done, cost - paid);
                if (by != 0 && paid + candidate < cost)
                {
                    (cost, factor, parent) = (paid + candidate, by, done);
                }
            }

            if (parent < 0)
            {
                break;
            }

            parents.Add((parent, factor));
            rest = rest.Select((weight, at) => weight - (factor * _rows[parent][at])).ToArray();
            paid += _sums[parent].Width;
            current = cost;
        }

        if (parents.Count > 0 && current <= Worthwhile * whole)
        {
            _parents[row] = parents;
            _rests[row] = rest;
            _depths[row] = 1 + parents.Max(parent => _depths[parent.Row]);
        }
    }

    // Bits of a row less ± 2^shift times a finished one, the finished one's word included.
    private (int Cost, long Factor) Best(long[] row, int finished, int limit)
    {
        long best = 0;
        for (var shift = 0; shift <= MostShift; shift++)
        {
            foreach (long factor in new[] { 1L << shift, -1L << shift })
            {
                int cost = _sums[finished].Width + Bits(row, _rows[finished], factor);
                if (cost < limit)
                {
                    limit = cost;
                    best = factor;
                }
            }
        }

        return (limit, best);
    }

    private int Bits(long[] row, long[]? other, long factor)
    {
        var bits = 0;
        for (var at = 0; at < row.Length; at++)
        {
            long weight = other is null ? row[at] : row[at] - (factor * other[at]);
            bits += weight == 0 ? 0 : SignedDigits.Count(weight) * _widths[at];
        }

        return bits;
    }
}
