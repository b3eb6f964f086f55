using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Vectors;

/// <summary>Input codes that reach the corners of a program: limits, one element at a time, the edges of every wrap, and random ones.</summary>
internal static class VectorGenerator
{
    private const int RandomSamples = 48;
    private const int MostOneHot = 64;
    private const ulong Seed = 0x9E3779B97F4A7C15;

    /// <summary>The given samples, then the generated ones.</summary>
    public static List<long[]> Generate(IntegerProgram program, IReadOnlyList<long[]> samples)
    {
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        var all = samples.ToList();
        all.Add(formats.Select(f => Stored(f, f.MinRaw)).ToArray());
        all.Add(formats.Select(f => Stored(f, f.MaxRaw)).ToArray());
        all.Add(formats.Select(f => Stored(f, BigInteger.Zero)).ToArray());
        all.Add(formats.Select((f, e) => Stored(f, e % 2 == 0 ? f.MinRaw : f.MaxRaw)).ToArray());
        all.Add(formats.Select((f, e) => Stored(f, e % 2 == 0 ? f.MaxRaw : f.MinRaw)).ToArray());
        AddOneHot(all, formats);
        var random = new SplitMix(Seed);
        for (var n = 0; n < RandomSamples; n++)
        {
            // Every fourth sample holds limits and their neighbours only: sums then pass the edges of what wraps.
            all.Add(formats.Select(f => n % 4 == 3 ? Corner(f, ref random) : Any(f, random.Next())).ToArray());
        }

        return all;
    }

    private static void AddOneHot(List<long[]> all, FixedPointFormat[] formats)
    {
        var step = System.Math.Max(1, (formats.Length + MostOneHot - 1) / MostOneHot);
        for (var hot = 0; hot < formats.Length; hot += step)
        {
            if (!formats[hot].IsZero)
            {
                var high = new long[formats.Length];
                high[hot] = Stored(formats[hot], formats[hot].MaxRaw);
                all.Add(high);
                var low = new long[formats.Length];
                low[hot] = Stored(formats[hot], formats[hot].Signed ? formats[hot].MinRaw : BigInteger.One);
                all.Add(low);
            }
        }
    }

    private static long Stored(FixedPointFormat format, BigInteger raw) => format.IsZero ? 0 : format.ToStorage(raw);

    private static long Any(FixedPointFormat format, ulong bits) =>
        Stored(format, format.IsZero ? 0 : format.MinRaw + (new BigInteger(bits) % (format.MaxRaw - format.MinRaw + 1)));

    private static long Corner(FixedPointFormat format, ref SplitMix random)
    {
        if (format.IsZero)
        {
            return 0;
        }

        var near = (BigInteger)(random.Next() % 3);
        var raw = (random.Next() & 1) == 0 ? format.MinRaw + near : format.MaxRaw - near;
        return Stored(format, BigInteger.Max(format.MinRaw, BigInteger.Min(format.MaxRaw, raw)));
    }

    /// <summary>The generator of Steele, Lea and Flood (2014): the same numbers on every machine and in every version.</summary>
    private struct SplitMix(ulong state)
    {
        private ulong _state = state;

        public ulong Next()
        {
            _state += 0x9E3779B97F4A7C15;
            var z = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
