using System;
using System.Linq;
using HGQ.Generators;
using HGQ.HlsEmit;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Words;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests;

/// <summary>A mode that there is not, cast into an enum, is refused by everybody who would have to give it a meaning.</summary>
public sealed class UnknownModeTests
{
    private const OverflowAction UnknownAction = (OverflowAction)99;
    private static readonly QuantizerSpec Known = Quantizer(RoundingMode.RoundHalfEven, OverflowMode.Saturate, fractionBits: 0);

    public static TheoryData<string> Engines => ["interpreter", "csharp", "hls", "hls-stream", "verifier", "network"];

    /// <summary>Who reads reals; a hardware network begins with codes.</summary>
    public static TheoryData<string> Readers => ["interpreter", "csharp", "hls", "hls-stream", "verifier"];

    [Theory]
    [MemberData(nameof(Readers))]
    public void Of_an_input_rounding(string engine) => AssertRefused(engine, Port(port => port with { Rounding = Modes.UnknownRounding }));

    [Theory]
    [MemberData(nameof(Readers))]
    public void Of_an_input_overflow(string engine) => AssertRefused(engine, Port(port => port with { Overflow = Modes.UnknownOverflow }));

    [Theory]
    [MemberData(nameof(Engines))]
    public void Of_a_requantize_rounding(string engine) =>
        AssertRefused(engine, Step(step => step with { Roundings = All(step, Modes.UnknownRounding) }));

    [Theory]
    [MemberData(nameof(Engines))]
    public void Of_a_requantize_overflow(string engine) =>
        AssertRefused(engine, Step(step => step with { Overflows = All(step, UnknownAction) }));

    [Fact]
    public void By_the_lowering() => Assert.All(
        new[] { Quantizer(Modes.UnknownRounding, OverflowMode.Wrap, 0), Quantizer(RoundingMode.Truncate, Modes.UnknownOverflow, 0) },
        quantizer =>
        {
            AssertRefusal(() => Lowerer.Lower(Graph(quantizer, Known)));
            AssertRefusal(() => Lowerer.Lower(Graph(Quantizer(RoundingMode.Truncate, OverflowMode.Wrap, 3), quantizer)));
        });

    [Fact]
    public void By_the_writer() => Assert.All(
        new[] { Quantizer(Modes.UnknownRounding, OverflowMode.Wrap, 0), Quantizer(RoundingMode.Truncate, Modes.UnknownOverflow, 0) },
        quantizer => AssertRefusal(() => ModelWriter.Write(Graph(quantizer, Known))));

    [Fact]
    public void By_the_arithmetic()
    {
        var format = new FixedPointFormat(true, 3, 2);
        AssertRefusal(() => FixedPointArithmetic.ShiftRound(7L, 1, Modes.UnknownRounding));
        AssertRefusal(() => FixedPointArithmetic.Overflow(700, format, Modes.UnknownOverflow));
        AssertRefusal(() => FixedPointArithmetic.FromDouble(0.7, format, Modes.UnknownRounding, OverflowMode.Wrap));
        AssertRefusal(() => FixedPointArithmetic.FromDouble(0.7, format, RoundingMode.Truncate, Modes.UnknownOverflow));
    }

    private static void AssertRefused(string engine, IntegerProgram program) => AssertRefusal(() => _ = engine switch
    {
        "interpreter" => new ReferenceInterpreter(program).Predict([0.7, -0.9, 900]),
        "csharp" => CSharpEmitter.Emit(program, new CSharpOptions("Models", "Model")),
        "hls" => HlsEmitter.Emit(program, new HlsOptions { Vectors = 0 }),
        "hls-stream" => HlsEmitter.Emit(program, new HlsOptions { Vectors = 0, IoType = HlsIoType.Stream }),
        "network" => HardwareNetworkBuilder.Build(program),
        "verifier" => Verified(program),
        _ => (object)engine,
    });

    private static IntegerProgram Verified(IntegerProgram program)
    {
        ProgramVerifier.Verify(program);
        return program;
    }

    private static void AssertRefusal(Action action)
    {
        Exception? refusal = Record.Exception(action);
        Assert.True(
            refusal is ArgumentOutOfRangeException or NotSupportedException or InvalidOperationException or ModelGraphException
                or ProgramVerificationException,
            refusal?.ToString() ?? "nothing was refused");
    }

    private static IntegerProgram Port(Func<QuantizeInputInstruction, QuantizeInputInstruction> change) =>
        Changed(instruction => instruction is QuantizeInputInstruction port ? change(port) : instruction);

    private static IntegerProgram Step(Func<RequantizeInstruction, RequantizeInstruction> change) =>
        Changed(instruction => instruction is RequantizeInstruction step ? change(step) : instruction);

    private static IntegerProgram Changed(Func<Instruction, Instruction> change)
    {
        IntegerProgram program = Lowerer.Lower(Graph(Quantizer(RoundingMode.RoundHalfUp, OverflowMode.Saturate, 3), Known));
        Instruction[] changed = [.. program.Instructions.Select(change)];
        Assert.NotEqual(program.Instructions.ToArray(), changed);
        return program with { Instructions = changed };
    }

    private static EquatableArray<T> All<T>(RequantizeInstruction step, T mode) => Enumerable.Repeat(mode, step.Shifts.Length).ToArray();

    private static ModelGraph Graph(QuantizerSpec input, QuantizerSpec second) => new(
        "modes",
        new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(3)),
            new QuantizeLayer("q", "x", input),
            new QuantizeLayer("again", "q", second),
        },
        new[] { new ModelOutput("y", "again") },
        ModelMetadata.Empty);

    private static QuantizerSpec Quantizer(RoundingMode rounding, OverflowMode overflow, int fractionBits) =>
        new(TensorFormat.Uniform(TensorShape.Of(3), new FixedPointFormat(true, 2, fractionBits)), rounding, overflow);
}
