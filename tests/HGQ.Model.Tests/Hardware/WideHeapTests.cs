using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;
using HGQ.Model.Hardware.Heaps;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Lowering;
using static HGQ.Model.Tests.Lowering.SmallGraphs;

namespace HGQ.Model.Tests.Hardware;

/// <summary>Words that are wider than an int, of few signals: what is counted over columns must not be kept in one.</summary>
public sealed class WideHeapTests
{
    [Theory]
    [InlineData(8)]
    [InlineData(31)]
    [InlineData(50)]
    public void A_window_goes_on_over_any_number_of_columns(int columns)
    {
        // a + b + 1 below the chain, and 1 + c in each column of it: what is left over never ends.
        var draft = new NetlistDraft();
        int[] signals = [.. Enumerable.Range(0, columns + 2).Select(_ => draft.NewSignal(0))];
        int[] literals = [.. signals.Select(Literal.Of)];
        var chain = new WindowedChain(draft, Literal.Zero);
        chain.Free(literals[..2], 1);
        for (int n = 0; n < columns; n++)
        {
            chain.Step(ChainStepKind.Merge, [], 1, literals[n + 2]);
        }

        int[] sums = [.. chain.Finish(carryOut: false).Select(Literal.SignalOf)];
        var bit = new FixedPointFormat(false, 1, 0);
        var netlist = new BitNetlist(
            "window",
            draft.SignalCount,
            new[] { new BitPort("x", signals.Select(signal => new BitElement(bit, new[] { signal })).ToArray()) },
            new[] { new BitPort("y", new[] { new BitElement(new FixedPointFormat(false, columns, 0), sums) }) },
            draft.Cells.ToArray(),
            new[] { "window" },
            0);

        const int samples = 100;
        var random = new Random(columns);
        long[] codes = [.. Enumerable.Range(0, samples * signals.Length).Select(_ => (long)random.Next(2))];
        long[] results = new long[samples];
        new NetlistEvaluator(netlist).Run(codes, results, samples);
        for (int sample = 0; sample < samples; sample++)
        {
            long[] code = codes[(sample * signals.Length)..((sample + 1) * signals.Length)];
            BigInteger total = code[0] + code[1] + 1;
            for (int n = 0; n < columns; n++)
            {
                total += (BigInteger)(1 + code[n + 2]) << (n + 1);
            }

            Assert.Equal((long)((total >> 1) & ((BigInteger.One << columns) - 1)), results[sample]);
        }
    }

    // One bit makes a word of twenty, whose bits are all that bit, its inverse or constants: one position of a comparison could take all.
    [Theory]
    [InlineData(OverflowMode.Saturate)]
    [InlineData(OverflowMode.SaturateSymmetric)]
    [InlineData(OverflowMode.SaturateToZero)]
    public void A_wide_word_of_one_bit_saturates(OverflowMode overflow)
    {
        QuantizerSpec narrow = Quantizer(RoundingMode.Truncate, overflow, S(-6, 7));
        var program = Lowerer.Lower(Of([.. Input(U(1, 0)), Dense("d", "q", Constants(0, 1, 5632), Constants(0, 0, -13), narrow)]));

        NetlistTests.AssertEqual(HardwareSamples.FromCodes(program, [[0], [1]]), $"{overflow}", new MappingOptions(2));
    }
}
