using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Model.Hardware.Words;

/// <summary>Collects the terms of one sum: constants go into the bias, equal nodes become one term.</summary>
internal sealed class SumUnderConstruction
{
    private readonly NodeTable _nodes;
    private readonly SortedDictionary<int, BigInteger> _weights = new();
    private BigInteger _bias;

    public SumUnderConstruction(NodeTable nodes, BigInteger bias)
    {
        _nodes = nodes;
        _bias = bias;
    }

    public void Add(int node, long weight)
    {
        if (_nodes[node] is ConstantNode constant)
        {
            _bias += weight * constant.Value;
        }
        else
        {
            _weights[node] = _weights.TryGetValue(node, out var before) ? before + weight : weight;
        }
    }

    /// <summary>The node of the sum; an existing one where nothing is added.</summary>
    public int Finish()
    {
        var terms = _weights.Where(term => !term.Value.IsZero).ToArray();
        if (terms.Length == 0)
        {
            return _nodes.Constant(_bias);
        }

        return terms.Length == 1 && _bias.IsZero && terms[0].Value.IsPowerOfTwo && terms[0].Value.Sign > 0
            ? _nodes.Shift(terms[0].Key, 1 - FixedPoint.BitLength.Of(terms[0].Value), FixedPoint.RoundingMode.Truncate)
            : _nodes.Sum(_bias, terms.Select(Term).ToArray());
    }

    // Equal nodes can only add up beyond 64 bits where a program has weights at their limit: the weight is then its own node.
    private SumTerm Term(KeyValuePair<int, BigInteger> term)
    {
        if (term.Value >= long.MinValue && term.Value <= long.MaxValue)
        {
            return new SumTerm(term.Key, (long)term.Value);
        }

        return new SumTerm(_nodes.Product(term.Key, _nodes.Constant(term.Value)), 1);
    }
}
