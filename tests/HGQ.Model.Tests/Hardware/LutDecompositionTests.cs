using System;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Simulation;

namespace HGQ.Model.Tests.Hardware;

/// <summary>The steps that a LUT becomes compute its table, and are few where the table is that of an adder.</summary>
public sealed class LutDecompositionTests
{
    // Signals 0 and 1 are constants, the inputs follow.
    private static readonly int[] Inputs = [.. Enumerable.Range(2, 6).Select(signal => 2 * signal)];

    [Fact]
    public void Every_table_of_three_inputs_is_computed()
    {
        for (int table = 0; table < 256; table++)
        {
            AssertComputed(TruthTable.Widen((ulong)table, 3), Inputs);
        }
    }

    [Fact]
    public void Random_tables_are_computed_with_inverted_and_equal_inputs_too()
    {
        var random = new Random(5);
        for (int n = 0; n < 3000; n++)
        {
            int[] inputs = [.. Inputs.Select(input =>
                (n % 3 == 2 ? Inputs[random.Next(6)] : input) ^ (n % 3 == 0 ? 0 : random.Next(2)))];
            ulong table = (ulong)random.NextInt64() ^ ((ulong)random.NextInt64() << 1);
            AssertComputed(TruthTable.Widen(table, 1 + (n % 6)), inputs);
        }
    }

    [Fact]
    public void Constant_inputs_cost_no_step()
    {
        var steps = new LiteralSteps(8);
        ulong both = TruthTable.Input(0) & TruthTable.Input(1);

        int literal = new LutDecomposition(steps).Literal(both, [LiteralSteps.One, Inputs[1], 0, 0, 0, 0]);

        Assert.Equal(Inputs[1], literal);
        Assert.Equal(8, steps.Count);
    }

    // The sum and the carry of a full adder: one exclusive-or, and a position of a chain.
    [Fact]
    public void A_full_adder_is_two_steps()
    {
        var steps = new LiteralSteps(8);
        var luts = new LutDecomposition(steps);
        ulong a = TruthTable.Input(0), b = TruthTable.Input(1), c = TruthTable.Input(2);
        int sum = luts.Literal(a ^ b ^ c, Inputs), carry = luts.Literal((a & b) | (c & (a ^ b)), Inputs);

        var needed = steps.Needed([[steps.Value(sum), steps.Value(carry)]]);

        Assert.Equal([BitOperationKind.Xor, BitOperationKind.Position], needed.Select(step => step.Kind));
    }

    [Fact]
    public void A_parity_of_six_is_five_exclusive_ors()
    {
        var steps = new LiteralSteps(8);
        ulong parity = Enumerable.Range(0, 6).Aggregate(0UL, (table, input) => table ^ TruthTable.Input(input));

        int literal = new LutDecomposition(steps).Literal(parity, Inputs);

        Assert.Equal(Enumerable.Repeat(BitOperationKind.Xor, 5), steps.Needed([[steps.Value(literal)]]).Select(step => step.Kind));
    }

    private static void AssertComputed(ulong table, int[] inputs)
    {
        var steps = new LiteralSteps(8);
        int output = steps.Value(new LutDecomposition(steps).Literal(table, inputs));
        var values = new ulong[steps.Count];
        values[1] = ulong.MaxValue;
        for (int input = 0; input < 6; input++)
        {
            values[2 + input] = TruthTable.Input(input);
        }

        foreach (var step in steps.Needed([[output]]))
        {
            Compute(step, values);
        }

        ulong got = values[output];
        Assert.True(Expected(table, inputs) == got, $"table {table:X16} of {string.Join(' ', inputs)} gives {got:X16}");
    }

    private static ulong Expected(ulong table, int[] inputs)
    {
        ulong expected = 0;
        for (int n = 0; n < 64; n++)
        {
            int index = Enumerable.Range(0, 6).Sum(k => (((n >> ((inputs[k] / 2) - 2)) ^ inputs[k]) & 1) << k);
            expected |= ((table >> index) & 1) << n;
        }

        return expected;
    }

    private static void Compute(ValueStep step, ulong[] values)
    {
        ulong a = values[step.Reads[0]], b = values[step.Reads.ElementAtOrDefault(1)], c = values[step.Reads.ElementAtOrDefault(2)];
        values[step.Writes[0]] = step.Kind switch
        {
            BitOperationKind.Not => ~a,
            BitOperationKind.And => a & b,
            BitOperationKind.AndNot => a & ~b,
            BitOperationKind.Or => a | b,
            BitOperationKind.Xor or BitOperationKind.Position or BitOperationKind.PositionNot => a ^ b,
            BitOperationKind.Select => (a & b) | (~a & c),
            BitOperationKind.SelectNot => (a & ~b) | (~a & c),
            _ => throw new InvalidOperationException($"no step of a LUT: {step.Kind}"),
        };
        if (step.Writes.Length > 1)
        {
            values[step.Writes[1]] = (a & (step.Kind == BitOperationKind.PositionNot ? ~b : b)) | (~a & c);
        }
    }
}
