using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Verification;

/// <summary>Computes all wires of a sample, one after the other, modulo 2^64.</summary>
internal sealed class WireValues
{
    private readonly int[] _starts;
    private readonly WireTerm[] _terms;
    private readonly int[] _sources;
    private readonly long[] _constants;
    private readonly long[] _values;
    private readonly int[] _first;

    public WireValues(IReadOnlyList<AdderWire> wires)
    {
        _first = new int[wires.Count];
        var places = new List<WirePlace>();
        var sources = new List<int>();
        for (var w = 0; w < wires.Count; w++)
        {
            _first[w] = places.Count;
            for (var p = 0; p < wires[w].Places.Length; p++)
            {
                places.Add(wires[w].Places[p]);
                sources.AddRange(wires[w].Places[p].Terms.Select(term => term.Buffer == WireTerm.Wire ? _first[term.Element] + p : 0));
            }
        }

        _terms = places.SelectMany(place => place.Terms).ToArray();
        _sources = sources.ToArray();
        _constants = places.Select(place => place.Constant).ToArray();
        _values = new long[places.Count];
        _starts = new int[places.Count + 1];
        for (var n = 0; n < places.Count; n++)
        {
            _starts[n + 1] = _starts[n] + places[n].Terms.Length;
        }
    }

    /// <summary>Computes all.</summary>
    public void Update(long[][] buffers)
    {
        for (var n = 0; n < _values.Length; n++)
        {
            long sum = _constants[n];
            for (int t = _starts[n]; t < _starts[n + 1]; t++)
            {
                ref readonly var term = ref _terms[t];
                long value = term.Buffer == WireTerm.Wire ? _values[_sources[t]] : buffers[term.Buffer][term.Element];
                if (term.FactorBuffer >= 0)
                {
                    value = unchecked(value * buffers[term.FactorBuffer][term.FactorElement]);
                }

                sum = unchecked(sum + (term.Weight * value));
            }

            _values[n] = sum;
        }
    }

    /// <summary>The sum of a wire at a place.</summary>
    public long this[int wire, int place] => _values[_first[wire] + place];
}
