using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;
using static System.FormattableString;

namespace HGQ.Model.Verification;

/// <summary>
/// Integer codes at the borders of the input formats: all 0, all minimum, all maximum, one-hot, sums at both ends of their range
/// (wrap-crossing) and random ones. The same program and options give the same vectors, on every machine.
/// </summary>
public static class CornerVectors
{
    /// <summary>Kind of the vector of smallest codes.</summary>
    public const string AllMinimum = "all minimum";

    /// <summary>Kind of the vector of largest codes.</summary>
    public const string AllMaximum = "all maximum";

    /// <summary>Kind of the vectors that drive a sum to the ends of its range, across every wrap on the way.</summary>
    public const string WrapCrossing = "wrap-crossing";

    /// <summary>Kind of the random vectors.</summary>
    public const string Random = "random";

    /// <summary>Makes the vectors of a program.</summary>
    public static IReadOnlyList<CornerVector> Generate(IntegerProgram program, CornerOptions options)
    {
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        var low = formats.Select(format => format.ToStorage(format.MinRaw)).ToArray();
        var high = formats.Select(format => format.ToStorage(format.MaxRaw)).ToArray();
        var vectors = new List<CornerVector>
        {
            new("all zero", new long[formats.Length]),
            new(AllMinimum, (long[])low.Clone()),
            new(AllMaximum, (long[])high.Clone()),
            new("alternating", low.Select((code, e) => e % 2 == 0 ? code : high[e]).ToArray()),
            new("alternating", low.Select((code, e) => e % 2 == 1 ? code : high[e]).ToArray()),
        };
        AddOneHot(vectors, low, high, options.OneHot);
        AddSums(vectors, program, low, high, options.Sums);
        AddRandom(vectors, formats, options);
        return vectors;
    }

    private static void AddOneHot(List<CornerVector> vectors, long[] low, long[] high, int most)
    {
        foreach (int e in Spread(low.Length, most))
        {
            foreach (long code in new[] { high[e], low[e] }.Where(code => code != 0))
            {
                var codes = new long[low.Length];
                codes[e] = code;
                vectors.Add(new CornerVector(Invariant($"one-hot {e}"), codes));
            }
        }
    }

    private static void AddSums(List<CornerVector> vectors, IntegerProgram program, long[] low, long[] high, int most)
    {
        var offset = 0;
        foreach (var port in program.CodePorts)
        {
            foreach (var product in program.Instructions.OfType<ConstantProductInstruction>().Where(product => product.Source == port.Destination))
            {
                foreach (int sum in Spread(product.Positions * product.Groups * product.Outputs, most))
                {
                    vectors.Add(new CornerVector(WrapCrossing, Extreme(product, sum, offset, high, low)));
                    vectors.Add(new CornerVector(WrapCrossing, Extreme(product, sum, offset, low, high)));
                }
            }

            offset += program.Buffers[port.Destination].Length;
        }
    }

    // Every factor pushes the sum the same way: the proven interval of a first product is reached exactly.
    private static long[] Extreme(ConstantProductInstruction product, int sum, int offset, long[] positive, long[] negative)
    {
        int output = sum % product.Outputs, group = sum / product.Outputs % product.Groups, position = sum / product.Outputs / product.Groups;
        var codes = new long[positive.Length];
        for (var t = 0; t < product.Taps; t++)
        {
            int tap = (group * product.Taps) + t;
            int element = offset + product.PositionOffsets[position] + product.TapOffsets[tap];
            long weight = product.Weights[(tap * product.Outputs) + output];
            codes[element] = weight > 0 ? positive[element] : weight < 0 ? negative[element] : 0;
        }

        return codes;
    }

    private static void AddRandom(List<CornerVector> vectors, FixedPointFormat[] formats, CornerOptions options)
    {
        var random = new VectorRandom(options.Seed);
        for (var n = 0; n < options.Random; n++)
        {
            // Every fourth sample holds limits and their neighbours only: sums then pass the edges of what wraps.
            bool limits = n % 4 == 3;
            vectors.Add(new CornerVector(Random, formats.Select(format => limits ? random.NearLimit(format) : random.Code(format)).ToArray()));
        }
    }

    private static IEnumerable<int> Spread(int count, int most)
        => count <= most ? Enumerable.Range(0, count) : Enumerable.Range(0, most).Select(n => (int)(n * (long)count / most));
}
