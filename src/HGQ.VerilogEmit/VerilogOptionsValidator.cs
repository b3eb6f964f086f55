using System;
using System.Globalization;
using HGQ.Model.Hardware.Parts;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Names;

namespace HGQ.VerilogEmit;

/// <summary>Refuses options that no tool would understand, and says which ones are right.</summary>
internal static class VerilogOptionsValidator
{
    private const int MostLevels = 1000;

    /// <summary>Checks all options and fills in what follows from the model's name.</summary>
    /// <exception cref="VerilogOptionException">An option is wrong.</exception>
    public static VerilogOptions Complete(VerilogOptions options, string modelName)
    {
        var top = options.TopName ?? VerilogName.Top(modelName);
        if (!VerilogName.IsIdentifier(top))
        {
            throw new VerilogOptionException(
                nameof(VerilogOptions.TopName),
                $"The top module '{top}' is no identifier of Verilog and VHDL: a letter first, then letters, digits and "
                + $"single underscores, at most {VerilogName.MostCharacters}, no word of Verilog, SystemVerilog, VHDL or C++; "
                + $"for example '{VerilogName.Top(top)}'.");
        }

        RequireMember(nameof(VerilogOptions.Target), options.Target);
        RequireMember(nameof(VerilogOptions.Io), options.Io);
        RequirePart(options);
        RequireNumber(nameof(VerilogOptions.ClockPeriod), options.ClockPeriod, 0.1, 1000, "nanoseconds");
        RequireNumber(nameof(VerilogOptions.PipelineLevels), options.PipelineLevels ?? 1, 1, MostLevels, "levels of logic a stage");
        RequireNumber(nameof(VerilogOptions.Effort), options.Effort, 1, 3, "(1 is quick, 3 searches longest)");
        RequireNumber(nameof(VerilogOptions.Vectors), options.Vectors, 0, 1_000_000, "samples");
        if (options.PipelineLevels is null && (options.InputRegisters || options.OutputRegisters))
        {
            throw new VerilogOptionException(
                nameof(VerilogOptions.PipelineLevels), "Registers at the ports need a pipeline; give a number of levels, for example 5.");
        }

        if (options.Io == VerilogIo.Stream && (options.InputRegisters || options.OutputRegisters))
        {
            throw new VerilogOptionException(
                nameof(VerilogOptions.InputRegisters),
                    "Streams position by position have registers at both ends; leave them out at the ports.");
        }

        return options with { TopName = top };
    }

    private static void RequirePart(VerilogOptions options)
    {
        if (!FpgaPart.TryParse(options.Part, out _))
        {
            throw new VerilogOptionException(nameof(VerilogOptions.Part), FpgaPart.Refusal(options.Part));
        }

        if (options.Target == VerilogTarget.Amd && CarryFamily.Of(options.Part) is null)
        {
            throw new VerilogOptionException(
                nameof(VerilogOptions.Part),
                $"The part '{options.Part}' has no carry chain that the target 'amd' knows: CARRY8 of UltraScale and "
                + "UltraScale+ (xcku, xcvu, xczu, xcau, xcsu, xcu, xck) "
                + "or CARRY4 of the 7 series (xc7); choose such a part, or the target 'generic'.");
        }
    }

    private static void RequireNumber(string option, double value, double low, double high, string unit)
    {
        if (!(value >= low && value <= high))
        {
            throw new VerilogOptionException(
                option, string.Create(CultureInfo.InvariantCulture, $"{option} {value} is out of range: {low} to {high} {unit}."));
        }
    }

    private static void RequireMember<T>(string option, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new VerilogOptionException(
                option, $"{option} '{value}' does not exist; the right ones are: {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
