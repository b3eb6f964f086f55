using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// What wires can be where elements vary freely: an element that is in a sum twice counts with the sum of its constants, so that
/// 4x − x has the ends of 3x. A back end's interval may be wider.
/// </summary>
internal sealed class WireRanges
{
    // A sum of more terms is left at the back end's interval.
    private const int MostTerms = 4096;

    private readonly IntegerProgram _program;
    private readonly IReadOnlyList<AdderWire> _wires;
    private readonly Dictionary<(int Buffer, int Element, int FactorBuffer, int FactorElement), BigInteger> _weights = new();
    private int _terms;

    public WireRanges(IntegerProgram program, IReadOnlyList<AdderWire> wires)
    {
        _program = program;
        _wires = wires;
    }

    /// <summary>The range of a wire, of all its places.</summary>
    public RawInterval Of(AdderWire wire)
    {
        RawInterval? hull = null;
        for (var p = 0; p < wire.Places.Length; p++)
        {
            _weights.Clear();
            _terms = 0;
            BigInteger constant = 0;
            Add(wire.Places[p], p, 1, ref constant);
            if (_terms > MostTerms)
            {
                return wire.Interval;
            }

            var range = _weights.Aggregate(RawInterval.Point(constant), (sum, term) => sum + Range(term.Key).Scale(term.Value));
            hull = hull is { } other ? other.Union(range) : range;
        }

        // The constants of a wire are known modulo 2^64 only.
        return hull is { } found && wire.Interval.Contains(found) ? found : wire.Interval;
    }

    private void Add(WirePlace place, int index, BigInteger weight, ref BigInteger constant)
    {
        constant += weight * place.Constant;
        foreach (var term in place.Terms)
        {
            if (_terms++ > MostTerms)
            {
                return;
            }

            if (term.Buffer == WireTerm.Wire)
            {
                Add(_wires[term.Element].Places[index], index, weight * term.Weight, ref constant);
                continue;
            }

            var atom = (term.Buffer, term.Element, term.FactorBuffer, term.FactorElement);
            _weights.TryGetValue(atom, out var before);
            _weights[atom] = before + (weight * term.Weight);
        }
    }

    private RawInterval Range((int Buffer, int Element, int FactorBuffer, int FactorElement) atom)
    {
        var range = _program.Buffers[atom.Buffer].Intervals[atom.Element];
        return atom.FactorBuffer < 0 ? range : range * _program.Buffers[atom.FactorBuffer].Intervals[atom.FactorElement];
    }
}
