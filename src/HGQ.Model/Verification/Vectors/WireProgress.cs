using System.Collections.Generic;
using System.Numerics;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Verification;

/// <summary>What was reached of one wire.</summary>
internal sealed class WireProgress
{
    // Wider ones reach the ends of 64 bits.
    private const int Widest = 62;

    // Bits that were looked at so often for nothing are seldom to be seen: then only one sample in so many is looked at.
    private const int Patience = 256;
    private const int Seldom = 8;

    // A fault that is seen twice, in different samples, is seldom hidden by another.
    private const int Times = 2;

    private readonly AdderWire _wire;
    private readonly int _index;
    private readonly WireValues _values;
    private readonly WireEffects _effects;
    private readonly int _unused;
    private readonly long _low;
    private readonly long _high;
    private readonly ulong _mask;
    private readonly ulong[] _ones = new ulong[Times];
    private readonly ulong[] _zeros = new ulong[Times];
    private readonly long[] _sums;
    private readonly int _first;
    private readonly WirePlace[] _places;

    // What a value must have, or go beyond, to reach anything new: bits that are wanted as 1 and as 0, and a range.
    private ulong _wantedOnes;
    private ulong _wantedZeros;
    private long _above = long.MaxValue;
    private long _below = long.MinValue;
    private int _looks;
    private bool _lowSeen;
    private bool _highSeen;
    private int _overflows;
    private int _underflows;
    private Record _lowest = new(long.MaxValue, 0, -1);
    private Record _highest = new(long.MinValue, 0, -1);

    public WireProgress(AdderWire wire, int index, WireValues values, WireEffects effects)
    {
        _wire = wire;
        _index = index;
        _values = values;
        _effects = effects;
        (_sums, _first, _places) = (values.Values, values.First(index), wire.Places.ToArray());
        if (!IsNarrow)
        {
            return;
        }

        _unused = FixedPointFormat.MaxWidth - wire.Width;
        BigInteger lowest = wire.Signed ? -(BigInteger.One << (wire.Width - 1)) : 0;
        BigInteger highest = (BigInteger.One << (wire.Signed ? wire.Width - 1 : wire.Width)) - 1;
        IsWrapped = wire.Interval.Low < lowest || wire.Interval.High > highest;
        _low = (long)(IsWrapped ? lowest : wire.Interval.Low);
        _high = (long)(IsWrapped ? highest : wire.Interval.High);
        _mask = ulong.MaxValue >> _unused;
        Want();
    }

    public string Layer => _wire.Layer;

    /// <summary>Whether it can be looked at.</summary>
    public bool IsNarrow => _wire.Width is > 0 and <= Widest;

    /// <summary>Whether the sum is kept modulo a power of two.</summary>
    public bool IsWrapped { get; }

    public bool BothEnds => (_lowSeen && _highSeen) || IsWrapped;

    public long Bits => 2 * _wire.Width;

    public long BitsSeen => Ones(_ones[0]) + Ones(_zeros[0]);

    public long Narrowings => (CanOverflow ? 1 : 0) + (CanUnderflow ? 1 : 0);

    public long NarrowingsSeen => (CanOverflow && _overflows > 0 ? 1 : 0) + (CanUnderflow && _underflows > 0 ? 1 : 0);

    public bool IsComplete => BothEnds && (_ones[Times - 1] & _zeros[Times - 1]) == _mask
        && (!CanOverflow || _overflows >= Times) && (!CanUnderflow || _underflows >= Times);

    // Of a wire with a bit less the top bit would count as a sign, or be gone.
    private long Half => 1L << (_wire.Width - (_wire.Signed ? 2 : 1));

    private bool CanOverflow => _wire.Width > (_wire.Signed ? 1 : 0) && _high >= Half;

    private bool CanUnderflow => _wire.Signed && _wire.Width > 1 && _low < -Half;

    public bool Observe(long[][] buffers, int number)
    {
        var news = false;
        for (var p = 0; p < _places.Length; p++)
        {
            long sum = _sums[_first + p];
            long value = _wire.Signed ? sum << _unused >> _unused : (long)((ulong)sum << _unused >> _unused);
            ulong wanted = ((ulong)value & _wantedOnes) | (~(ulong)value & _wantedZeros);
            if (value > _above || value < _below || (wanted != 0 && (_looks < Patience || _looks % Seldom == 0)))
            {
                bool isNew = Observe(p, value, buffers, number);
                _looks = isNew ? 0 : _looks + 1;
                news |= isNew;
                Want();
            }
            else if (wanted != 0)
            {
                _looks++;
            }
        }

        return news;
    }

    private void Want()
    {
        (_wantedOnes, _wantedZeros) = (_mask & ~_ones[Times - 1], _mask & ~_zeros[Times - 1]);
        bool over = CanOverflow && _overflows < Times, under = CanUnderflow && _underflows < Times;
        long highest = IsWrapped ? long.MaxValue : _highest.Value, lowest = IsWrapped ? long.MinValue : _lowest.Value;
        _above = over ? System.Math.Min(highest, Half - 1) : highest;
        _below = under ? System.Math.Max(lowest, -Half) : lowest;
    }

    /// <summary>Aims at samples in which the top bit counts, and how far the best one is from that: 1 is as far as 0 is.</summary>
    public IEnumerable<(double Distance, VectorTarget Target)> Narrowing()
    {
        if (CanOverflow && _overflows < Times && !IsWrapped)
        {
            yield return (1 - (_highest.Value / (double)Half), Target(_highest, _high, () => _overflows < Times));
        }

        if (CanUnderflow && _underflows < Times && !IsWrapped)
        {
            yield return (1 - (_lowest.Value / (-(double)Half - 1)), Target(_lowest, _low, () => _underflows < Times));
        }
    }

    /// <summary>Aims at the ends, and how far the best sample is from them, of the whole range.</summary>
    public IEnumerable<(double Distance, VectorTarget Target)> Ends()
    {
        double range = (double)_high - _low;
        if (!_highSeen && !IsWrapped)
        {
            yield return ((_high - _highest.Value) / range, Target(_highest, _high, () => !_highSeen));
        }

        if (!_lowSeen && !IsWrapped)
        {
            yield return ((_lowest.Value - _low) / range, Target(_lowest, _low, () => !_lowSeen));
        }
    }

    private VectorTarget Target(Record record, long value, System.Func<bool> isMissing)
    {
        int p = record.Place;
        long constant = _wire.Places[p].Constant;
        return new VectorTarget(_wire.Places[p].Terms, p, value - constant, _ => _values[_index, p] - constant, isMissing, record.Number);
    }

    private bool Observe(int place, long value, long[][] buffers, int number)
    {
        // A sample that goes further than all before is kept while there is a way to go.
        bool news = false;
        if (value > _highest.Value && !IsWrapped)
        {
            news |= (CanOverflow && _overflows < Times) || value == _high;
            _highest = new Record(value, place, news ? number : -1);
            _highSeen |= value == _high;
        }

        if (value < _lowest.Value && !IsWrapped)
        {
            bool further = (CanUnderflow && _underflows < Times) || value == _low;
            _lowest = new Record(value, place, further ? number : -1);
            _lowSeen |= value == _low;
            news |= further;
        }

        WirePlace where = _places[place];
        if (_overflows < Times && CanOverflow && value >= Half && _effects.Shows(where, _wire.Signed ? -2 * Half : -Half, buffers))
        {
            _overflows++;
            news = true;
        }

        if (_underflows < Times && CanUnderflow && value < -Half && _effects.Shows(where, 2 * Half, buffers))
        {
            _underflows++;
            news = true;
        }

        return ObserveBits(where, value, buffers, _ones, (ulong)value & _mask, set: true)
            | ObserveBits(where, value, buffers, _zeros, ~(ulong)value & _mask, set: false)
            | news;
    }

    private bool ObserveBits(WirePlace place, long value, long[][] buffers, ulong[] seen, ulong bits, bool set)
    {
        var news = false;
        for (ulong rest = bits & ~seen[Times - 1]; rest != 0; rest &= rest - 1)
        {
            ulong bit = rest & (~rest + 1);
            bool isSign = _wire.Signed && bit > _mask >> 1;
            long change = set != isSign ? unchecked(-(long)bit) : (long)bit;
            if (_effects.Shows(place, change, buffers))
            {
                seen[(seen[0] & bit) == 0 ? 0 : Times - 1] |= bit;
                news = true;
            }
        }

        return news;
    }

    private static int Ones(ulong bits)
    {
        var count = 0;
        for (; bits != 0; bits &= bits - 1)
        {
            count++;
        }

        return count;
    }

    /// <summary>The value that went furthest, its place, and the number of its sample where that was kept.</summary>
    private readonly record struct Record(long Value, int Place, int Number);
}
