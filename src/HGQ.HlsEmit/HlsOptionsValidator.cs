using System;
using System.Globalization;
using System.IO;
using System.Numerics;
using HGQ.HlsEmit.Text;
using HGQ.Model.Hardware.Parts;

namespace HGQ.HlsEmit;

/// <summary>Refuses options that no tool would understand, and says which ones are right.</summary>
internal static class HlsOptionsValidator
{
    private const int MostWordBits = 512;
    private const int MostCycles = 1_000_000;

    /// <summary>Checks all options and fills in what follows from the model's name.</summary>
    /// <exception cref="HlsOptionException">An option is wrong.</exception>
    public static HlsOptions Complete(HlsOptions options, string modelName)
    {
        RequireMember(nameof(HlsOptions.Types), options.Types);
        var top = options.TopName ?? CppName.Top(modelName, options.Types);
        RequireIdentifier(nameof(HlsOptions.TopName), "top function", top, options.Types);
        var space = options.Namespace ?? CppName.Space(top, options.Types);
        RequireIdentifier(nameof(HlsOptions.Namespace), "namespace", space, options.Types);
        if (space == top)
        {
            throw new HlsOptionException(nameof(HlsOptions.Namespace),
                $"The namespace '{space}' has the name of the top function; choose another one.");
        }

        RequirePart(options.Part);
        RequireNumber(nameof(HlsOptions.ClockPeriod), options.ClockPeriod, 0.1, 1000, "nanoseconds");
        RequireNumber(nameof(HlsOptions.ClockUncertainty), options.ClockUncertainty, 0, 99, "percent of the period");
        RequireNumber(nameof(HlsOptions.Vectors), options.Vectors, 0, 1_000_000, "samples");
        RequireNumber(nameof(HlsOptions.ProbedSamples), options.ProbedSamples, 0, 1_000_000, "samples");
        RequireMember(nameof(HlsOptions.Tool), options.Tool);
        RequireMember(nameof(HlsOptions.IoType), options.IoType);
        RequireMember(nameof(HlsOptions.PortProtocol), options.PortProtocol);
        RequireMember(nameof(HlsOptions.BlockProtocol), options.BlockProtocol);
        RequireMember(nameof(HlsOptions.Bus), options.Bus);
        RequireMember(nameof(HlsOptions.Strategy), options.Strategy);
        foreach (var strategy in options.LayerStrategies.Values)
        {
            RequireMember(nameof(HlsOptions.LayerStrategies), strategy);
        }

        RequireMember(nameof(HlsOptions.PipelineStyle), options.PipelineStyle);
        RequireMember(nameof(HlsOptions.InputOverflow), options.InputOverflow);
        RequireNumber(nameof(HlsOptions.ReuseFactor), options.ReuseFactor, 1, MostCycles, "clock cycles");
        foreach (var (layer, factor) in options.LayerReuseFactors)
        {
            RequireNumber(nameof(HlsOptions.LayerReuseFactors), factor, 1, MostCycles, $"clock cycles, for layer '{layer}'");
        }

        if (options.Types == HlsTypes.Ac)
        {
            AcOptions.Require(options);
        }

        RequireBus(options);
        if (options.TemplateDirectory is { } folder && !Directory.Exists(folder))
        {
            throw new HlsOptionException(nameof(HlsOptions.TemplateDirectory), $"The template folder '{folder}' does not exist.");
        }

        return options with { TopName = top, Namespace = space };
    }

    // What no hardware could be made of, or what would have no effect, is refused rather than forgotten.
    private static void RequireBus(HlsOptions options)
    {
        var isAxi = options.Bus is HlsBus.AxiStream or HlsBus.AxiMaster;
        if (options.WordBits is { } bits && !(isAxi && bits is >= 8 and <= MostWordBits && BitOperations.IsPow2(bits)))
        {
            throw new HlsOptionException(nameof(HlsOptions.WordBits), !isAxi
                ? "There are words of a given size on the buses axis and axi only; leave the word's bits out, or choose one of these."
                : string.Create(CultureInfo.InvariantCulture,
                    $"A word of {bits} bits is not possible; the right ones are: 8, 16, 32, 64, 128, 256, 512."));
        }

        if (isAxi && options.PortProtocol == HlsPortProtocol.None)
        {
            throw new HlsOptionException(nameof(HlsOptions.PortProtocol),
                "The port protocol 'ap_none' is one of wires, which an AXI bus does not have; leave it out. A block on the bus axis "
                    + "that runs all the time has the block protocol 'ap_ctrl_none'.");
        }

        if (options.Bus == HlsBus.AxiMaster && options.BlockProtocol == HlsBlockProtocol.None)
        {
            throw new HlsOptionException(nameof(HlsOptions.BlockProtocol),
                "A processor starts a block on the bus axi and asks whether it is done, which 'ap_ctrl_none' does not know; the right "
                    + "ones are: auto, ap_ctrl_hs, ap_ctrl_chain.");
        }

        if (options.Bus == HlsBus.Packed && options.IoType == HlsIoType.Stream)
        {
            throw new HlsOptionException(nameof(HlsOptions.Bus),
                "The bus 'packed' brings a sample as one word, and the io type 'stream' position by position; choose the bus axis or "
                    + "axi, or the io type parallel.");
        }
    }

    private static void RequireIdentifier(string option, string role, string name, HlsTypes types)
    {
        if (!CppName.IsIdentifier(name, types))
        {
            throw new HlsOptionException(
                option,
                $"The {role} '{name}' is no C++ identifier of its own: a letter first, then letters, digits and single underscores, "
                + $"no keyword and no name of a library, the system or the test bench; for example '{CppName.Top(name, types)}'.");
        }
    }

    private static void RequirePart(string part)
    {
        if (!FpgaPart.TryParse(part, out _))
        {
            throw new HlsOptionException(nameof(HlsOptions.Part), FpgaPart.Refusal(part));
        }
    }

    private static void RequireNumber(string option, double value, double low, double high, string unit)
    {
        if (!(value >= low && value <= high))
        {
            throw new HlsOptionException(
                option, string.Create(CultureInfo.InvariantCulture, $"{option} {value} is out of range: {low} to {high} {unit}."));
        }
    }

    private static void RequireMember<T>(string option, T value) where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new HlsOptionException(option, $"{option} '{value}' does not exist; the right ones are: "
                + $"{string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
