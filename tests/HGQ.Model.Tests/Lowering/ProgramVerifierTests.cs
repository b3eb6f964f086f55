using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing.Graphs;
using static HGQ.Model.Tests.Lowering.SmallGraphs;

namespace HGQ.Model.Tests.Lowering;

/// <summary>The verifier refuses programs that were damaged in one place, and says what is wrong.</summary>
public sealed class ProgramVerifierTests
{
    private static readonly IntegerProgram Dense = Lowerer.Lower(Of(
        [.. Input(S(2, 3), S(2, 3)), SmallGraphs.Dense("d", "q", Constants(2, 2, 3, -1, 5, 2), Constants(2, 0, 1, 2), Saturated(2))]));

    private static readonly IntegerProgram Sum = Lowerer.Lower(Of(
        [.. Input(S(2, 3), S(2, 3)), new ShiftLayer("s", "q", 1), new AddLayer("a", new[] { "q", "s" }, new[] { false, true }, null)]));

    private static readonly IntegerProgram Largest = Lowerer.Lower(Of(
        [.. Input(S(2, 3), S(2, 3), S(1, 3)), new ReduceLayer("r", "q", ReductionKind.Max, new[] { 0 }, KeepDimensions: false, null)]));

    private static readonly IntegerProgram Table = Lowerer.Lower(Of(
    [
        .. Input(U(2, 0)),
        new TableLayer("t", "q", new[] { new LookupTable(U(2, 0), S(3, 0), new long[] { 1, -3, 5, 2 }) }, new[] { 0 }, null),
    ]));

    private static readonly IntegerProgram Square = Lowerer.Lower(Of([.. Input(S(2, 3)), new MultiplyLayer("m", "q", "q", null)]));

    private static readonly IntegerProgram Padded = Lowerer.Lower(Of(
        [.. Input(S(2, 3), S(2, 3)), new ClampLayer("c", "q", -3, 2, 1, null), new ConcatenateLayer("k", new[] { "q", "c" }, 0)]));

    private static readonly Dictionary<string, (IntegerProgram Program, Func<IntegerProgram, IntegerProgram> Damage)> Cases = new()
    {
        ["writes a buffer that does not exist"] = (Dense, p => Change<RequantizeInstruction>(p, i => i with { Destination = 99 })),
        ["reads a buffer that does not exist"] = (Dense, p => Change<RequantizeInstruction>(p, i => i with { Source = -1 })),
        ["writes a buffer that is written already"] = (
            Dense,
            p => Change<RequantizeInstruction>(p, i => i with { Destination = i.Source })),
        ["reads a buffer before it is written"] = (Dense, p => p with { Instructions = p.Instructions.Reverse().ToArray() }),
        ["there is no buffer 99"] = (Dense, p => p with { Outputs = new[] { p.Outputs[0] with { Buffer = 99 } } }),
        ["not written or has another size"] = (Dense, p => p with { Outputs = new[] { p.Outputs[0] with { Shape = TensorShape.Of(3) } } }),
        ["input port does not exist"] = (Dense, p => Change<QuantizeInputInstruction>(p, i => i with { Input = 1 })),
        ["its port has another size"] = (Dense, p => p with { Inputs = new[] { p.Inputs[0] with { Shape = TensorShape.Of(3) } } }),
        ["WrapSignMagnitude is not implemented"] = (
            Dense,
            p => Change<QuantizeInputInstruction>(p, i => i with { Overflow = OverflowMode.WrapSignMagnitude })),
        ["there is no overflow mode 77"] = (Dense, p => Change<QuantizeInputInstruction>(p, i => i with { Overflow = (OverflowMode)77 })),
        ["there is no rounding 77"] = (Dense, p => Change<QuantizeInputInstruction>(p, i => i with { Rounding = (RoundingMode)77 })),
        ["its destination has another size"] = (Dense, p => Change<ConstantProductInstruction>(p, i => i with { Positions = 2 })),
        ["do not have the sizes of its geometry"] = (
            Dense,
            p => Change<ConstantProductInstruction>(p, i => i with { Bias = new long[] { 1 } })),
        ["an offset is outside its source"] = (
            Dense,
            p => Change<ConstantProductInstruction>(p, i => i with { TapOffsets = new[] { 0, 2 } })),
        ["declared are"] = (Dense, p => Change<ConstantProductInstruction>(p, i => i with { Bias = new long[] { 1, 1000 } })),
        ["its arrays have another length than its destination"] = (
            Dense,
            p => Change<RequantizeInstruction>(p, i => i with { Shifts = new[] { 1 } })),
        ["a shift is outside [-64, 64]"] = (
            Dense,
            p => Change<RequantizeInstruction>(p, i => i with { Shifts = new[] { 65, i.Shifts[1] } })),
        ["has the overflow action 77"] = (
            Dense,
            p => Change<RequantizeInstruction>(p, i => i with { Overflows = Filled(2, (OverflowAction)77) })),
        ["an operand has another length"] = (Sum, p => Change<AddInstruction>(
            p, i => i with { Operands = i.Operands.Select(operand => operand with { Shifts = new[] { 0 } }).ToArray() })),
        ["a sum is a constant product"] = (Largest, p => Change<ReduceInstruction>(p, i => i with { Kind = ReductionKind.Sum })),
        ["its lists have another size"] = (Largest, p => Change<ReduceInstruction>(p, i => i with { Terms = 0 })),
        ["an index is outside its source"] = (Largest, p => Change<ReduceInstruction>(p, i => i with { Indices = Filled(3, 3) })),
        ["a table does not exist"] = (Table, p => Change<TableLookupInstruction>(p, i => i with { TableOf = new[] { 1 } })),
        ["a table has another size than its index"] = (
            Table,
            p => p with { Tables = new[] { p.Tables[0] with { Entries = new long[] { 1, 2 } } } }),
        ["an index has another format than its table"] = (Table, p => p with { Tables = new[] { p.Tables[0] with { Input = S(1, 0) } } }),
        ["element 0 can be [-4, 5]"] = (
            Table,
            p => p with { Tables = new[] { p.Tables[0] with { Entries = new long[] { 1, -3, 5, -4 } } } }),
        ["do not have the sizes of the product"] = (Square, p => Change<ProductInstruction>(p, i => i with { Inner = 2 })),
        ["its maps have another length"] = (Padded, p => Change<GatherInstruction>(p, i => i with { IndexOf = new[] { 0 } })),
        ["fewer sources than its map names"] = (
            Padded,
            p => Change<GatherInstruction>(p, i => i with { SourceOf = Filled(i.SourceOf.Length, 9) })),
        ["an index is outside"] = (Padded, p => Change<GatherInstruction>(p, i => i with { IndexOf = Filled(i.IndexOf.Length, 9) })),
        ["element 1 can be"] = (Padded, p => Change<ClampInstruction>(p, i => i with { High = new[] { i.High[0], i.High[1] + 1 } })),
    };

    public static TheoryData<string> Messages => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Damage_is_refused_with_a_message(string message)
    {
        (IntegerProgram program, Func<IntegerProgram, IntegerProgram> damage) = Cases[message];
        ProgramVerifier.Verify(program);

        var refusal = Assert.Throws<ProgramVerificationException>(() => ProgramVerifier.Verify(damage(program)));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OverflowMode.Wrap)]
    [InlineData(OverflowMode.Saturate)]
    [InlineData(OverflowMode.SaturateSymmetric)]
    [InlineData(OverflowMode.SaturateToZero)]
    public void An_overflow_reaches_the_values_that_are_declared(OverflowMode overflow)
    {
        QuantizerSpec narrow = Quantizer(RoundingMode.Truncate, overflow, S(1, 2));
        IntegerProgram program = Lowerer.Lower(Of([.. Input(S(4, 3)), new QuantizeLayer("n", "q", narrow)]));

        IntegerProgram[] wrong = [.. Narrower(program, program.Outputs[0].Buffer, 0)];
        Assert.Equal(2, wrong.Length);
        Assert.All(wrong, damaged => Assert.Throws<ProgramVerificationException>(() => ProgramVerifier.Verify(damaged)));
    }

    // Intervals of lowered programs are exact (WidthTests), so that the next smaller one is proven by nothing. A wrap keeps its whole
    // format even where a sum that is reduced later leaves less.
    [Fact]
    public void No_smaller_interval_of_a_random_program_is_proven() => FuzzSeeds.Check(
        60,
        1,
        seeds =>
        {
            IntegerProgram program = Lowerer.Lower(RandomGraphs.Any(seeds[0]));
            foreach (Instruction instruction in program.Instructions)
            {
                ProgramBuffer buffer = program.Buffers[instruction.Destination];
                for (int e = 0; e < buffer.Length; e += 1 + (buffer.Length / 8))
                {
                    bool wraps = instruction is RequantizeInstruction requantize && requantize.Overflows[e] == OverflowAction.Wrap;
                    foreach (IntegerProgram narrow in wraps ? [] : Narrower(program, instruction.Destination, e))
                    {
                        Exception? refusal = Record.Exception(() => ProgramVerifier.Verify(narrow));
                        Assert.True(
                            refusal is ProgramVerificationException,
                            $"{instruction.GetType().Name}, element {e} of '{buffer.Name}', {buffer.Intervals[e]} without one end");
                    }
                }
            }
        });

    private static QuantizerSpec Saturated(int count) => Quantizer(RoundingMode.Truncate, OverflowMode.Saturate, Filled(count, S(1, 1)));

    // Two values are left at least: one value alone counts as known (0.4).
    private static IEnumerable<IntegerProgram> Narrower(IntegerProgram program, int buffer, int element)
    {
        RawInterval whole = program.Buffers[buffer].Intervals[element];
        RawInterval[] smaller = whole.High - whole.Low < 2 ? [] : [new(whole.Low + 1, whole.High), new(whole.Low, whole.High - 1)];
        return smaller.Select(interval => program with
        {
            Buffers = Replaced(program.Buffers, buffer, program.Buffers[buffer] with
            {
                Intervals = Replaced(program.Buffers[buffer].Intervals, element, interval),
            }),
        });
    }

    private static IntegerProgram Change<T>(IntegerProgram program, Func<T, T> change)
        where T : Instruction
    {
        int at = program.Instructions.ToList().FindIndex(instruction => instruction is T);
        return program with { Instructions = Replaced(program.Instructions, at, change((T)program.Instructions[at])) };
    }

    private static T[] Replaced<T>(IEnumerable<T> list, int at, T value) => [.. list.Select((old, n) => n == at ? value : old)];

    private static T[] Filled<T>(int count, T value) => [.. Enumerable.Repeat(value, count)];
}
