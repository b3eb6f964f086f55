using HGQ.Cli.CommandLine;
using HGQ.Model.Hardware.Parts;

namespace HGQ.Cli.Commands;

/// <summary>What is said of a part whose device no product table holds: it may be new, or mistyped.</summary>
internal static class PartWarning
{
    /// <summary>Warns where the device is not known.</summary>
    public static void Write(string name, CommandContext context)
    {
        if (FpgaPart.TryParse(name, out FpgaPart? part) && !part!.IsKnown)
        {
            context.Messages.Warning(
                $"--part '{name}': the device '{part.Device}' is none that this tool knows, so nothing checks it before synthesis; "
                + $"like it are {string.Join(", ", FpgaPart.Nearest(name))}");
        }
    }
}
