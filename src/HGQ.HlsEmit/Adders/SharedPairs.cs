using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Adders;

/// <summary>
/// Finds sums of two terms that several sums have in common, up to a shift and a sign, and computes each once: the most
/// frequent pair first, pairs of pairs included (Hartley, IEEE Trans. Circuits Syst. II 43(10), 1996).
/// </summary>
internal sealed class SharedPairs
{
    private readonly KernelWriter _kernel;
    private readonly List<(Operand Operand, int Depth)> _operands = [];
    private readonly List<List<Term>> _sums = [];
    private readonly Dictionary<Pair, int> _counts = [];
    private readonly PriorityQueue<Pair, (int Count, Pair Pair)> _queue = new();

    private SharedPairs(KernelWriter kernel) => _kernel = kernel;

    /// <summary>Writes the adders that several of the sums share; gives the sums with these as operands.</summary>
    public static List<List<AdderTerm>> Extract(KernelWriter kernel, IReadOnlyList<List<AdderTerm>> sums)
    {
        var shared = new SharedPairs(kernel);
        var constants = sums.Select(sum => sum.Where(term => term.Operand.IsConstant).ToList()).ToArray();
        shared.Load(sums);
        while (shared._queue.TryDequeue(out var pair, out var rank))
        {
            var count = shared._counts.GetValueOrDefault(pair);
            if (count == -rank.Count)
            {
                shared.Replace(pair);
            }
            else if (count > 1)
            {
                shared._queue.Enqueue(pair, (-count, pair));
            }
        }

        return shared._sums.Select((sum, n) => sum.Select(shared.Written).Concat(constants[n]).ToList()).ToList();
    }

    private void Load(IReadOnlyList<List<AdderTerm>> sums)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var sum in sums)
        {
            var terms = new List<Term>();
            foreach (var term in sum.Where(term => !term.Operand.IsConstant))
            {
                if (!ids.TryGetValue(term.Operand.Text, out var id))
                {
                    id = _operands.Count;
                    ids.Add(term.Operand.Text, id);
                    _operands.Add((term.Operand, 0));
                }

                terms.Add(new Term(id, term.Shift, term.Negative));
            }

            _sums.Add([]);
            foreach (var term in terms)
            {
                Insert(_sums[^1], term);
            }
        }

        foreach (var (pair, count) in _counts.Where(entry => entry.Value > 1))
        {
            _queue.Enqueue(pair, (-count, pair));
        }
    }

    private AdderTerm Written(Term term) => new(_operands[term.Id].Operand, term.Shift, term.Negative, _operands[term.Id].Depth);

    private void Insert(List<Term> sum, Term term)
    {
        foreach (var other in sum)
        {
            var pair = Pair.Of(term, other);
            _counts[pair] = _counts.GetValueOrDefault(pair) + 1;
        }

        sum.Add(term);
    }

    private void Remove(List<Term> sum, Term term)
    {
        sum.Remove(term);
        foreach (var other in sum)
        {
            _counts[Pair.Of(term, other)]--;
        }
    }

    private void Replace(Pair pair)
    {
        var matches = _sums.Select(sum => Matches(sum, pair)).ToList();
        var (a, b) = (_operands[pair.Low], _operands[pair.High]);
        var wide = b.Operand.Interval.ShiftLeft(pair.Distance);
        var interval = pair.Differ ? a.Operand.Interval - wide : a.Operand.Interval + wide;
        var type = WireType.For(interval);
        if (matches.Sum(m => m?.Count ?? 0) < 2 || type.Width > FixedPointFormat.MaxWidth)
        {
            _counts[pair] = 0;
            return;
        }

        var depth = Math.Max(a.Depth, b.Depth) + 1;
        var (text, part) = Shifted(b.Operand, pair.Distance);
        var node = WireNode.Sum(new WirePart(a.Operand, 0, false), part with { Negative = pair.Differ });
        _kernel.Wires.Add(node, type, interval);
        var name = _kernel.Define(type, $"{a.Operand.Text} {(pair.Differ ? '-' : '+')} {text}");
        _kernel.Cost.CountAdder(a.Operand.Interval, wide, pair.Distance, type);
        _kernel.Cost.Reach(depth);
        _kernel.Cost.Read(a.Operand, a.Depth, depth);
        _kernel.Cost.Read(b.Operand, b.Depth, depth);
        var id = _operands.Count;
        _operands.Add((new Operand(name, type, interval, node), depth));
        for (var n = 0; n < _sums.Count; n++)
        {
            foreach (var (low, high) in matches[n] ?? [])
            {
                Remove(_sums[n], low);
                Remove(_sums[n], high);
                Insert(_sums[n], new Term(id, low.Shift, low.Negative));
            }
        }

        for (var n = 0; n < _sums.Count; n++)
        {
            if (matches[n] is not null)
            {
                EnqueuePairsOf(id, _sums[n]);
            }
        }
    }

    private void EnqueuePairsOf(int id, List<Term> sum)
    {
        foreach (var term in sum)
        {
            if (term.Id != id)
            {
                continue;
            }

            foreach (var other in sum)
            {
                if (other != term && _counts.TryGetValue(Pair.Of(term, other), out var count) && count > 1)
                {
                    _queue.Enqueue(Pair.Of(term, other), (-count, Pair.Of(term, other)));
                }
            }
        }
    }

    private static List<(Term Low, Term High)>? Matches(List<Term> sum, Pair pair)
    {
        List<(Term Low, Term High)>? found = null;
        foreach (var low in sum)
        {
            if (low.Id != pair.Low)
            {
                continue;
            }

            var high = new Term(pair.High, low.Shift + pair.Distance, low.Negative != pair.Differ);
            if (low != high && sum.Contains(high) && found?.Exists(m => m.Low == low || m.High == low || m.Low == high || m.High == high) != true)
            {
                (found ??= []).Add((low, high));
            }
        }

        return found;
    }

    private (string Text, WirePart Part) Shifted(Operand operand, int bits)
    {
        if (bits == 0)
        {
            return (operand.Text, new WirePart(operand, 0, false));
        }

        var type = operand.Type with { Width = operand.Type.Width + bits };
        var text = FormattableString.Invariant($"({_kernel.Cpp(type)}({operand.Text}) << {bits})");
        return (text, new WirePart(_kernel.Wires.AddShifted(operand, bits, type), 0, false));
    }

    /// <summary>An operand times plus or minus a power of two.</summary>
    private readonly record struct Term(int Id, int Shift, bool Negative);

    /// <summary>Two terms up to a common shift and sign: Low ± High·2^Distance, in one number because millions are looked up.</summary>
    private readonly record struct Pair(ulong Key) : IComparable<Pair>
    {
        private const int IdBits = 24;
        private const ulong IdMask = (1UL << IdBits) - 1;

        public int Low => (int)(Key >> IdBits & IdMask);

        public int High => (int)(Key & IdMask);

        public int Distance => (int)(Key >> ((2 * IdBits) + 1));

        public bool Differ => (Key >> (2 * IdBits) & 1) != 0;

        public static Pair Of(Term x, Term y)
        {
            var inOrder = x.Shift != y.Shift ? x.Shift < y.Shift : x.Id <= y.Id;
            var (low, high) = inOrder ? (x, y) : (y, x);
            var signs = low.Negative != high.Negative ? 1UL : 0;
            return new Pair((((ulong)(high.Shift - low.Shift) << 1 | signs) << (2 * IdBits)) | ((ulong)low.Id << IdBits) | (uint)high.Id);
        }

        /// <summary>A total order, so that equal counts are always taken in the same order: small distances make narrow adders.</summary>
        public int CompareTo(Pair other) => Key.CompareTo(other.Key);
    }
}
