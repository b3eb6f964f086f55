using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using static HGQ.Model.Tests.Lowering.SmallGraphs;

namespace HGQ.Model.Tests.Lowering;

/// <summary>Intervals of small programs over every possible input: never too small, and no tighter than what occurs.</summary>
public sealed class WidthTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Intervals_of_sums_are_reached_by_some_input(int seed)
    {
        // Inputs are independent, so interval arithmetic over one layer is exact: both ends must occur.
        var random = new Random(seed);
        var formats = Enumerable.Range(0, 4).Select(_ => new FixedPointFormat(random.Next(2) == 1, random.Next(0, 2), random.Next(0, 2))).ToArray();
        long[] weights = [.. Enumerable.Range(0, 12).Select(_ => (long)random.Next(-6, 7))];
        var program = Lowerer.Lower(Of([.. Input(formats), Dense("d", "q", Constants(1, 4, weights), Constants(2, 0, 1, -3, 5), null)]), LoweringOptions.Plain);
        var sum = program.Buffers[program.Instructions.OfType<ConstantProductInstruction>().Single().Destination];
        var interpreter = new ReferenceInterpreter(program);
        var results = new long[3];
        var low = Enumerable.Repeat(long.MaxValue, 3).ToArray();
        var high = Enumerable.Repeat(long.MinValue, 3).ToArray();
        foreach (long[] codes in AllCodes(formats))
        {
            interpreter.Run(codes, results);
            for (int j = 0; j < 3; j++)
            {
                low[j] = Math.Min(low[j], results[j]);
                high[j] = Math.Max(high[j], results[j]);
            }
        }

        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(new RawInterval(low[j], high[j]), sum.Intervals[j]);
            Assert.Equal(FixedPointFormat.ForInterval(sum.Intervals[j], sum.Formats[j].FractionBits), sum.Formats[j]);
        }
    }

    [Fact]
    public void A_width_below_the_interval_is_refused_by_the_verifier()
    {
        var program = Lowerer.Lower(Of([.. Input(S(2, 1)), Dense("d", "q", Constants(0, 1, 3), null, null)]));
        var sum = program.Buffers[^1];
        var format = sum.Formats[0];
        var narrow = new FixedPointFormat(format.Signed, format.IntegerBits - 1, format.FractionBits);
        var buffers = program.Buffers.ToArray();
        buffers[^1] = sum with { Formats = new[] { narrow }, Intervals = new[] { narrow.RawInterval } };
        Assert.Throws<ProgramVerificationException>(() => ProgramVerifier.Verify(program with { Buffers = buffers }));
    }

    private static IEnumerable<long[]> AllCodes(FixedPointFormat[] formats)
    {
        IEnumerable<long[]> all = [[]];
        foreach (var format in formats)
        {
            all = all.SelectMany(codes => Range(format).Select(code => (long[])[.. codes, code])).ToArray();
        }

        return all;
    }

    private static IEnumerable<long> Range(FixedPointFormat format)
    {
        for (var raw = format.MinRaw; raw <= format.MaxRaw; raw++)
        {
            yield return (long)raw;
        }
    }
}
