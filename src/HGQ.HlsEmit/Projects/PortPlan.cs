using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>The ports of the top function.</summary>
/// <param name="Inputs">Code ports in the order of the program's codes.</param>
/// <param name="Outputs">Results in the program's order.</param>
/// <param name="InputOf">Input port by the buffer it fills.</param>
internal sealed record PortPlan(
    IReadOnlyList<InputPortPlan> Inputs,
    IReadOnlyList<PortType> Outputs,
    IReadOnlyDictionary<int, PortType> InputOf)
{
    /// <summary>Names and types of all ports of a program.</summary>
    public static PortPlan For(IntegerProgram program, ProjectNames names)
    {
        var inputs = program.CodePorts
            .Select(port => new InputPortPlan(
                port,
                new PortType(names.Port(program.Inputs[port.Input].Name), program.Buffers[port.Destination].Formats, names.Dialect)))
            .ToArray();
        var outputs = program.Outputs
            .Select(output => new PortType(names.Port(output.Name + "_result"), program.Buffers[output.Buffer].Formats, names.Dialect))
            .ToArray();
        return new PortPlan(inputs, outputs, inputs.ToDictionary(input => input.Instruction.Destination, input => input.Type));
    }
}

/// <summary>An input port.</summary>
/// <param name="Instruction">Instruction whose codes it takes.</param>
/// <param name="Type">Its type.</param>
internal sealed record InputPortPlan(QuantizeInputInstruction Instruction, PortType Type)
{
    /// <summary>What happens when a number is assigned to an element, as arguments of the type.</summary>
    public string Modes(HlsInputOverflow overflow) =>
        $", {Type.Dialect.ModePrefix}{RoundingName(Instruction.Rounding)}, {Type.Dialect.ModePrefix}{OverflowName(overflow)}";

    private static string RoundingName(RoundingMode rounding) => rounding switch
    {
        RoundingMode.Truncate => "TRN",
        RoundingMode.TruncateToZero => "TRN_ZERO",
        RoundingMode.RoundHalfUp => "RND",
        RoundingMode.RoundHalfToZero => "RND_ZERO",
        RoundingMode.RoundHalfDown => "RND_MIN_INF",
        RoundingMode.RoundHalfAway => "RND_INF",
        RoundingMode.RoundHalfEven => "RND_CONV",
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
    };

    private string OverflowName(HlsInputOverflow overflow) => overflow switch
    {
        HlsInputOverflow.Wrap => "WRAP",
        HlsInputOverflow.Saturate => "SAT",
        HlsInputOverflow.Model => Instruction.Overflow switch
        {
            OverflowMode.Wrap => "WRAP",
            OverflowMode.Saturate => "SAT",
            OverflowMode.SaturateSymmetric => "SAT_SYM",
            OverflowMode.SaturateToZero => "SAT_ZERO",
            OverflowMode.WrapSignMagnitude => throw new HlsEmitException(
                $"The input layer '{Instruction.Layer}' wraps by sign and magnitude (AP_WRAP_SM), which is not supported; use Wrap or Saturate."),
            _ => throw new InvalidOperationException($"{Instruction.Overflow} is no overflow mode."),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(overflow), overflow, "There is no such choice."),
    };
}
