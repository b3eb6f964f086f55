using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Model.Program;

/// <summary>
/// Checks a program against docs/integer-program.md: structure, index ranges, and that every declared interval is proven by the
/// intervals of what it is computed from. Runs after every lowering.
/// </summary>
public sealed partial class ProgramVerifier : IInstructionVisitor<bool>
{
    private readonly IntegerProgram _program;
    private readonly bool[] _written;
    private readonly List<Instruction?>[] _readers;

    private ProgramVerifier(IntegerProgram program)
    {
        _program = program;
        _written = new bool[program.Buffers.Length];
        _readers = program.Buffers.Select(_ => new List<Instruction?>()).ToArray();
    }

    /// <summary>Throws where the program breaks a rule.</summary>
    /// <exception cref="ProgramVerificationException">A rule is broken.</exception>
    public static void Verify(IntegerProgram program) => new ProgramVerifier(program).Run();

    private void Run()
    {
        foreach (var instruction in _program.Instructions)
        {
            Require(IsBuffer(instruction.Destination), instruction, "it writes a buffer that does not exist");
            foreach (int source in InstructionSources.Of(instruction))
            {
                Require(IsBuffer(source), instruction, "it reads a buffer that does not exist");
                _readers[source].Add(instruction);
            }
        }

        foreach (var output in _program.Outputs)
        {
            if (!IsBuffer(output.Buffer))
            {
                throw new ProgramVerificationException(output.Name, FormattableString.Invariant($"there is no buffer {output.Buffer}"));
            }

            _readers[output.Buffer].Add(null);
        }

        foreach (var buffer in _program.Buffers)
        {
            CheckFormats(buffer);
        }

        foreach (var instruction in _program.Instructions)
        {
            Require(!_written[instruction.Destination], instruction, "it writes a buffer that is written already");
            Require(instruction is ConstantProductInstruction { Taps: 0 } || InstructionSources.Of(instruction).All(source => _written[source]), instruction, "it reads a buffer before it is written");
            _ = instruction.Accept(this);
            _written[instruction.Destination] = true;
        }

        foreach (var output in _program.Outputs)
        {
            if (!_written[output.Buffer] || _program.Buffers[output.Buffer].Length != output.Shape.Size)
            {
                throw new ProgramVerificationException(output.Name, "the output is not written or has another size than its shape");
            }
        }
    }

    private bool IsBuffer(int index) => index >= 0 && index < _written.Length;

    private static void CheckFormats(ProgramBuffer buffer)
    {
        for (var e = 0; e < buffer.Length; e++)
        {
            var format = buffer.Formats[e];
            if (format.Width > FixedPointFormat.MaxWidth || !format.RawInterval.Contains(buffer.Intervals[e]))
            {
                throw new ProgramVerificationException(
                    buffer.Layer,
                    FormattableString.Invariant($"element {e} of '{buffer.Name}' has the interval {buffer.Intervals[e]} and the format {format}"));
            }
        }
    }

    private ProgramBuffer Destination(Instruction instruction) => _program.Buffers[instruction.Destination];

    private static void Require(bool condition, Instruction instruction, string problem)
    {
        if (!condition)
        {
            throw new ProgramVerificationException(instruction.Layer, $"{instruction.GetType().Name}: {problem}");
        }
    }

    // A sum either fits its declared interval or may be reduced modulo 2^W because every reader needs the low bits only.
    private void RequireSum(Instruction instruction, int element, RawInterval exact)
    {
        var buffer = Destination(instruction);
        if (buffer.Intervals[element].Contains(exact))
        {
            return;
        }

        var format = buffer.Formats[element];
        bool modulo = buffer.Intervals[element] == format.RawInterval
            && _readers[instruction.Destination].All(reader => LowBitsSuffice(reader, element, format.Width));
        Require(
            modulo,
            instruction,
            FormattableString.Invariant($"element {element} can be {exact}, declared are {buffer.Intervals[element]} in {format}, and a reader needs more than its low bits"));
    }

    private bool LowBitsSuffice(Instruction? reader, int element, int width)
    {
        if (reader is not RequantizeInstruction { Relu: false } requantize)
        {
            return false;
        }

        var target = _program.Buffers[requantize.Destination];
        if (target.Intervals[element].IsPoint)
        {
            return true;
        }

        var rounding = requantize.Roundings[element];
        return requantize.Overflows[element] == OverflowAction.Wrap
            && target.Formats[element].Width + requantize.Shifts[element] <= width
            && rounding is RoundingMode.Truncate or RoundingMode.RoundHalfUp or RoundingMode.RoundHalfDown or RoundingMode.RoundHalfEven;
    }

    private void RequireInterval(Instruction instruction, int element, RawInterval exact)
        => Require(
            Destination(instruction).Intervals[element].Contains(exact),
            instruction,
            FormattableString.Invariant($"element {element} can be {exact}, declared are {Destination(instruction).Intervals[element]}"));
}
