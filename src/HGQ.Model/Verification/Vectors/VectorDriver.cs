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
    private const int MostClimbs = 200;
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

    /// <summary>Tries to reach a target from a few samples; all samples on the way are tried for whatever else they reach.</summary>
    public void Drive(VectorTarget target, string kind)
    {
        var nearest = new Sample(new long[_formats.Length], double.PositiveInfinity);
        for (var start = 0; start < Starts && target.IsMissing(); start++)
        {
            var reached = Follow(target, kind, Start(start));
            nearest = reached.Distance < nearest.Distance ? reached : nearest;
        }

        Climb(target, kind, nearest);
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
                Try(target, kind, best.Codes);
            }
        }

        return best;
    }

    // Code by code, where slopes have led no further: each to its ends and to some value, whatever brings the wire nearer stays. A wire
    // that has the value, but hidden from the results, is kept where it is while other codes change.
    private void Climb(VectorTarget target, string kind, Sample best)
    {
        var tries = 0;
        for (var improved = true; improved && tries < MostClimbs;)
        {
            improved = false;
            for (var e = 0; e < _formats.Length && tries < MostClimbs && target.IsMissing(); e++)
            {
                foreach (long code in new[] { _formats[e].ToStorage(_formats[e].MinRaw), _formats[e].ToStorage(_formats[e].MaxRaw), _random.Code(_formats[e]) })
                {
                    var next = (long[])best.Codes.Clone();
                    next[e] = code;
                    var found = Try(target, kind, next);
                    tries++;
                    if (found.Distance < best.Distance || (found.Distance == best.Distance && code != best.Codes[e]))
                    {
                        improved |= found.Distance < best.Distance;
                        best = found;
                    }
                }
            }
        }
    }

    private Sample Try(VectorTarget target, string kind, long[] codes)
    {
        _set.Try(kind, codes);
        return new Sample(codes, Math.Abs(target.Value - (double)target.Read(_set.Buffers)));
    }

    // Random codes: what the wire does not follow differs from start to start, and so does what hides it from the results.
    private long[] Start(int start)
    {
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
