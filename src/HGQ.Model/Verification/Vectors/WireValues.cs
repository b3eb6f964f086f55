using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Verification;

/// <summary>Computes all wires of a sample, one after the other, modulo 2^64.</summary>
internal sealed class WireValues
{
    private readonly int[] _starts;
    private readonly WireTerm[] _terms;
    private readonly int[] _indices;
    private readonly long[] _constants;
    private readonly long[] _values;
    private readonly int[] _first;

    // Where each term is read: in its buffer, or among the values of the wires.
    private readonly long[][] _arrays;
    private readonly long[]?[] _factors;
    private long[][]? _bound;

    public WireValues(IReadOnlyList<AdderWire> wires)
    {
        _first = new int[wires.Count];
        var places = new List<WirePlace>();
        var indices = new List<int>();
        for (var w = 0; w < wires.Count; w++)
        {
            _first[w] = places.Count;
            for (var p = 0; p < wires[w].Places.Length; p++)
            {
                places.Add(wires[w].Places[p]);
                indices.AddRange(wires[w].Places[p].Terms
                    .Select(term => term.Buffer == WireTerm.Wire ? _first[term.Element] + p : term.Element));
            }
        }

        _terms = places.SelectMany(place => place.Terms).ToArray();
        _indices = indices.ToArray();
        _arrays = new long[_terms.Length][];
        _factors = new long[]?[_terms.Length];
        _constants = places.Select(place => place.Constant).ToArray();
        _values = new long[places.Count];
        _starts = new int[places.Count + 1];
        for (var n = 0; n < places.Count; n++)
        {
            _starts[n + 1] = _starts[n] + places[n].Terms.Length;
        }
    }

    /// <summary>The sums of all places of all wires, in order.</summary>
    public long[] Values => _values;

    /// <summary>Index of a wire's first place among <see cref="Values"/>.</summary>
    public int First(int wire) => _first[wire];

    /// <summary>Computes all.</summary>
    public void Update(long[][] buffers)
    {
        if (_bound != buffers)
        {
            Bind(buffers);
        }

        for (var n = 0; n < _values.Length; n++)
        {
            long sum = _constants[n];
            for (int t = _starts[n]; t < _starts[n + 1]; t++)
            {
                long value = unchecked(_arrays[t][_indices[t]] * _terms[t].Weight);
                sum = unchecked(sum + (_factors[t] is { } factor ? value * factor[_terms[t].FactorElement] : value));
            }

            _values[n] = sum;
        }
    }

    /// <summary>The sum of a wire at a place.</summary>
    public long this[int wire, int place] => _values[_first[wire] + place];

    private void Bind(long[][] buffers)
    {
        for (var t = 0; t < _terms.Length; t++)
        {
            _arrays[t] = _terms[t].Buffer == WireTerm.Wire ? _values : buffers[_terms[t].Buffer];
            _factors[t] = _terms[t].FactorBuffer >= 0 ? buffers[_terms[t].FactorBuffer] : null;
        }

        _bound = buffers;
    }
}
