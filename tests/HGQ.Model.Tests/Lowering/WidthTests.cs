using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing.Graphs;
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
    public void Random_programs_never_leave_their_intervals_and_reach_the_ends_of_exact_ones()
    {
        int reached = 0;
        for (int seed = 1; seed <= 250; seed++)
        {
            var graph = RandomGraphs.Small(seed);
            reached += AssertIntervals(Lowerer.Lower(graph, LoweringOptions.Plain), seed);
            reached += AssertIntervals(Lowerer.Lower(graph), seed);
        }

        Assert.True(reached > 3000, $"{reached} elements are no test");
    }

    [Fact]
    public void Modulo_accumulators_keep_the_bits_that_their_reader_needs_and_no_more()
    {
        int narrowed = 0;
        for (int seed = 1; seed <= 200; seed++)
        {
            var program = Lowerer.Lower(RandomGraphs.Any(seed), new LoweringOptions(ModuloAccumulators: true, EliminateDeadElements: false, HalfStepBias: false));
            var plain = Lowerer.Lower(RandomGraphs.Any(seed), LoweringOptions.Plain);
            foreach (var reader in program.Instructions.OfType<RequantizeInstruction>())
            {
                ProgramBuffer sums = program.Buffers[reader.Source], exact = plain.Buffers[reader.Source], target = program.Buffers[reader.Destination];
                for (int e = 0; e < sums.Length; e++)
                {
                    if (sums.Formats[e] != exact.Formats[e])
                    {
                        // fixed-point.md 3.2: W bits of the reader and the fraction bits that it drops, the most that any position needs.
                        int outputs = Outputs(program, reader.Source);
                        int needed = Enumerable.Range(0, sums.Length / outputs).Max(p =>
                            Math.Max(1, target.Formats[(p * outputs) + (e % outputs)].Width + reader.Shifts[(p * outputs) + (e % outputs)]));
                        Assert.Equal(needed, sums.Formats[e].Width);
                        Assert.True(needed < exact.Formats[e].Width);
                        narrowed++;
                    }
                }
            }
        }

        Assert.True(narrowed > 60, $"{narrowed} accumulators are no test");
    }

    [Fact]
    public void The_format_of_a_wrapping_quantizer_bounds_what_follows_where_it_was_traced_to_be_narrower()
    {
        // 6 bits times 21 are 11 bits for interval arithmetic; training has seen 4 bits and the quantizer wraps.
        var traced = Quantizer(RoundingMode.Truncate, OverflowMode.Wrap, S(3, 0));
        var program = Lowerer.Lower(Of([.. Input(S(5, 0)), Dense("d", "q", Constants(0, 1, 21), null, traced), Dense("e", "d", Constants(0, 1, 3), null, null)]));
        Assert.Equal([new RawInterval(-24, 21)], program.Buffers[program.Outputs[0].Buffer].Intervals);
    }

    [Fact]
    public void Intervals_that_fit_a_wrapping_quantizer_stay_as_narrow_as_they_are()
    {
        var roomy = Quantizer(RoundingMode.Truncate, OverflowMode.Wrap, S(12, 0));
        var program = Lowerer.Lower(Of([.. Input(S(2, 0)), Dense("d", "q", Constants(0, 1, 5), null, roomy)]));
        Assert.Equal([new RawInterval(-20, 15)], program.Buffers[program.Outputs[0].Buffer].Intervals);
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

    /// <summary>Every input through a program: no element ever leaves its interval; where the ends must occur, they do. Gives how many of these there are.</summary>
    private static int AssertIntervals(IntegerProgram program, int seed)
    {
        var interpreter = new ReferenceInterpreter(program);
        var results = new long[program.OutputSize];
        var low = program.Buffers.Select(buffer => Enumerable.Repeat(long.MaxValue, buffer.Length).ToArray()).ToArray();
        var high = program.Buffers.Select(buffer => Enumerable.Repeat(long.MinValue, buffer.Length).ToArray()).ToArray();
        foreach (long[] codes in AllCodes([.. program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats)]))
        {
            interpreter.Run(codes, results);
            for (int b = 0; b < low.Length; b++)
            {
                for (int e = 0; e < low[b].Length; e++)
                {
                    low[b][e] = Math.Min(low[b][e], interpreter.Buffers[b][e]);
                    high[b][e] = Math.Max(high[b][e], interpreter.Buffers[b][e]);
                }
            }
        }

        var exact = IntervalEnds.Occur(program);
        for (int b = 0; b < low.Length; b++)
        {
            for (int e = 0; e < low[b].Length; e++)
            {
                var (proven, seen) = (program.Buffers[b].Intervals[e], new RawInterval(low[b][e], high[b][e]));
                Assert.True(proven.Contains(seen), $"seed {seed}: {program.Buffers[b].Name} element {e} takes {seen}, its interval is {proven}");
                Assert.True(!exact[b][e] || proven == seen, $"seed {seed}: {program.Buffers[b].Name} element {e} takes {seen} only, its interval is {proven}");
            }
        }

        return exact.Sum(buffer => buffer.Count(element => element));
    }

    private static int Outputs(IntegerProgram program, int buffer) => program.Instructions.Single(instruction => instruction.Destination == buffer) is ConstantProductInstruction product
        ? product.Groups * product.Outputs
        : program.Buffers[buffer].Length;

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
        if (format.IsZero)
        {
            return [0];
        }

        return Codes(format);
    }

    private static IEnumerable<long> Codes(FixedPointFormat format)
    {
        for (var raw = format.MinRaw; raw <= format.MaxRaw; raw++)
        {
            yield return (long)raw;
        }
    }
}
