using System;
using System.Globalization;
using System.IO;
using HGQ.HlsEmit.Text;
using HGQ.Model.Hardware.Parts;

namespace HGQ.HlsEmit;

/// <summary>Refuses options that no tool would understand, and says which ones are right.</summary>
internal static class HlsOptionsValidator
{
    private const int MostCycles = 1_000_000;

    /// <summary>Checks all options and fills in what follows from the model's name.</summary>
    /// <exception cref="HlsOptionException">An option is wrong.</exception>
    public static HlsOptions Complete(HlsOptions options, string modelName)
    {
        var top = options.TopName ?? CppName.Top(modelName);
        RequireIdentifier(nameof(HlsOptions.TopName), "top function", top);
        var space = options.Namespace ?? CppName.Space(top);
        RequireIdentifier(nameof(HlsOptions.Namespace), "namespace", space);
        if (space == top)
        {
            throw new HlsOptionException(nameof(HlsOptions.Namespace), $"The namespace '{space}' has the name of the top function; choose another one.");
        }

        RequirePart(options.Part);
        RequireNumber(nameof(HlsOptions.ClockPeriod), options.ClockPeriod, 0.1, 1000, "nanoseconds");
        RequireNumber(nameof(HlsOptions.ClockUncertainty), options.ClockUncertainty, 0, 99, "percent of the period");
        RequireNumber(nameof(HlsOptions.Vectors), options.Vectors, 0, 1_000_000, "samples");
        RequireNumber(nameof(HlsOptions.ProbedSamples), options.ProbedSamples, 0, 1_000_000, "samples");
        RequireMember(nameof(HlsOptions.Tool), options.Tool);
        RequireMember(nameof(HlsOptions.IoType), options.IoType);
        RequireMember(nameof(HlsOptions.PortProtocol), options.PortProtocol);
        RequireMember(nameof(HlsOptions.PipelineStyle), options.PipelineStyle);
        RequireMember(nameof(HlsOptions.InputOverflow), options.InputOverflow);
        RequireNumber(nameof(HlsOptions.ReuseFactor), options.ReuseFactor, 1, MostCycles, "clock cycles");
        foreach (var (layer, factor) in options.LayerReuseFactors)
        {
            RequireNumber(nameof(HlsOptions.LayerReuseFactors), factor, 1, MostCycles, $"clock cycles, for layer '{layer}'");
        }

        if (options.TemplateDirectory is { } folder && !Directory.Exists(folder))
        {
            throw new HlsOptionException(nameof(HlsOptions.TemplateDirectory), $"The template folder '{folder}' does not exist.");
        }

        return options with { TopName = top, Namespace = space };
    }

    private static void RequireIdentifier(string option, string role, string name)
    {
        if (!CppName.IsIdentifier(name))
        {
            throw new HlsOptionException(
                option,
                $"The {role} '{name}' is no C++ identifier of its own: a letter first, then letters, digits and single underscores, "
                + $"no keyword and no name of a library, the system or the test bench; for example '{CppName.Top(name)}'.");
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
            throw new HlsOptionException(option, $"{option} '{value}' does not exist; the right ones are: {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }
}
