using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Chooses input codes that bring a wire to a value: exact where the wire follows the codes in straight lines, else step by step.</summary>
internal sealed class VectorDriver
{
    private const int Starts = 4;
    private const int Steps = 8;
    private const int FewestClimbs = 16;
    private const int MostClimbs = 5000;
    private const int Kicks = 3;
    private const int NarrowCode = 5;
    private const int WidestCode = 62;
    private const double Rounding = 1e-9;

    private readonly FixedPointFormat[] _formats;
    private readonly CandidateSet _set;
    private readonly VectorRandom _random;
    private readonly ProgramGradient _gradient;
    private readonly double[] _slopes;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly int[] _order;

    public VectorDriver(IntegerProgram program, IReadOnlyList<AdderWire> wires, CandidateSet set, VectorRandom random)
    {
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        _formats = formats;
        _set = set;
        _random = random;
        _gradient = new ProgramGradient(program, wires);
        _slopes = new double[formats.Length];
        _low = formats.Select(format => (double)format.MinRaw).ToArray();
        _high = formats.Select(format => (double)format.MaxRaw).ToArray();
        _order = new int[formats.Length];
    }

    /// <summary>Tries to reach a target from a few samples; those on the way are tried for whatever else they reach.</summary>
    /// <param name="target">The target.</param>
    /// <param name="kind">Kind of the samples.</param>
    /// <param name="budget">Samples that climbing may run.</param>
    public void Drive(VectorTarget target, string kind, long budget)
    {
        var nearest = new Sample(new long[_formats.Length], double.PositiveInfinity);
        for (var start = 0; start < Starts && target.IsMissing(); start++)
        {
            var reached = Follow(target, kind, Start(start, target));
            nearest = reached.Distance < nearest.Distance ? reached : nearest;
        }

        long end = _set.Tried + Math.Max(FewestClimbs, Math.Min(MostClimbs, budget));
        for (long before = -1; _set.Tried < end && _set.Tried != before && target.IsMissing();)
        {
            // Inputs without a choice end it: then a climb tries nothing.
            before = _set.Tried;
            var top = Climb(target, kind, nearest, end);
            nearest = top.Distance <= nearest.Distance ? top : nearest;
            nearest = nearest with { Codes = Kicked(nearest.Codes), Distance = double.PositiveInfinity };
        }
    }

    // Along the slopes.
    private Sample Follow(VectorTarget target, string kind, long[] codes)
    {
        var best = Try(target, kind, codes);
        var share = 1.0;
        for (var step = 0; step < Steps && target.IsMissing(); step++)
        {
            _gradient.Of(target, _set.Buffers, _slopes);
            var next = (long[])best.Codes.Clone();
            if (!Move(next, target.Value - (double)target.Read(_set.Buffers), share))
            {
                break;
            }

            var found = Try(target, kind, next);
            if (found.Distance < best.Distance)
            {
                best = found;
            }
            else
            {
                // Too far for straight lines: fewer codes at once, from the best sample so far.
                share /= 2;
                _set.Probe(best.Codes);
            }
        }

        return best;
    }

    // Code by code, where slopes lead no further: the value of each that brings the wire nearest stays. A wire that has the value, but
    // hidden from the results, is kept where it is while other codes change.
    private Sample Climb(VectorTarget target, string kind, Sample best, long end)
    {
        for (var improved = true; improved;)
        {
            improved = false;
            int first = _random.Below(_formats.Length);
            for (var n = 0; n < _formats.Length; n++)
            {
                int e = (first + n) % _formats.Length;
                foreach (long code in Values(_formats[e], best.Codes[e]))
                {
                    if (_set.Tried >= end || !target.IsMissing())
                    {
                        return best;
                    }

                    var next = (long[])best.Codes.Clone();
                    next[e] = code;
                    _set.Probe(next);
                    double distance = Distance(target);
                    if (distance < best.Distance || (distance == best.Distance && (_random.Next() & 1) == 0))
                    {
                        improved |= distance < best.Distance;
                        best = Try(target, kind, next);
                    }
                }
            }
        }

        return best;
    }

    // All values of a narrow code; of a wide one its ends, its neighbours at all powers of two, and some.
    private List<long> Values(FixedPointFormat format, long code)
    {
        var values = new List<long>();
        if (format.IsZero || format.Width > WidestCode)
        {
            return values;
        }

        long low = (long)format.MinRaw, high = (long)format.MaxRaw;
        if (format.Width <= NarrowCode)
        {
            for (long value = low; value <= high; value++)
            {
                values.Add(value);
            }
        }
        else
        {
            values.Add(low);
            values.Add(high);
            for (long step = 1; step <= high; step <<= 1)
            {
                values.Add(Math.Min(high, code + step));
                values.Add(Math.Max(low, code - step));
            }

            values.Add(_random.Code(format));
        }

        values.RemoveAll(value => value == code);
        return values;
    }

    // Some other codes: the next climb starts from there.
    private long[] Kicked(long[] codes)
    {
        var kicked = (long[])codes.Clone();
        for (var n = 0; n < Kicks; n++)
        {
            int e = _random.Below(kicked.Length);
            kicked[e] = _random.Code(_formats[e]);
        }

        return kicked;
    }

    private double Distance(VectorTarget target) => Math.Abs(target.Value - (double)target.Read(_set.Buffers));

    private Sample Try(VectorTarget target, string kind, long[] codes)
    {
        _set.Try(kind, codes);
        return new Sample(codes, Distance(target));
    }

    // Random codes: what the wire does not follow differs from start to start, and so does what hides it from the results.
    private long[] Start(int start, VectorTarget target)
    {
        if (start == 0 && target.Nearest >= 0)
        {
            return _set.Kept[target.Nearest].Codes.ToArray();
        }

        if (start == 1)
        {
            return _set.Kept[_random.Below(_set.Kept.Count)].Codes.ToArray();
        }

        return _formats.Select(format => start == 2 ? _random.NearLimit(format) : _random.Code(format)).ToArray();
    }

    // Spends the distance on the codes in turn, those that move the wire most first; what is left over goes to finer ones.
    private bool Move(long[] codes, double distance, double share)
    {
        for (var e = 0; e < _order.Length; e++)
        {
            _order[e] = e;
        }

        var keys = new double[_order.Length];
        for (var e = 0; e < keys.Length; e++)
        {
            bool rests = share < 1 && _random.Below(1 << 16) > share * (1 << 16);
            keys[e] = rests ? 0 : -Math.Abs(_slopes[e]);
        }

        Array.Sort(keys, _order);
        var moved = false;
        for (var n = 0; n < _order.Length && keys[n] < 0; n++)
        {
            int e = _order[n];
            double code = _formats[e].IsUnsigned64 ? (double)(ulong)codes[e] : codes[e];
            double wanted = Math.Max(_low[e], Math.Min(_high[e], code + Whole(distance / _slopes[e])));
            if (wanted != code && _high[e] < long.MaxValue)
            {
                distance -= (wanted - code) * _slopes[e];
                codes[e] = (long)wanted;
                moved = true;
            }
        }

        return moved;
    }

    // Towards 0, but for what a division leaves out by rounding.
    private static double Whole(double x) => Math.Truncate(x + (x < 0 ? -Rounding : Rounding));

    private readonly record struct Sample(long[] Codes, double Distance);
}
