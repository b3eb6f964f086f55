using System;
using System.Collections.Generic;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Inspection;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>Counts the LUTs of the model that a page is about, unless that takes long and nobody asked for it.</summary>
internal static class ModelLuts
{
    /// <summary>EBOPs whose LUTs are counted without being asked for: some ten to thirty seconds.</summary>
    public const double QuickEbops = 50_000;

    /// <summary>Counts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="luts">What was asked for.</param>
    /// <param name="notes">Receives a sentence for the page, where nothing is counted for want of time.</param>
    /// <param name="context">Hears how it goes.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>What was counted; null for nothing.</returns>
    public static HardwareReport? Count(
        ModelGraph model, CountedPoints luts, ICollection<string> notes, CommandContext context, CancellationToken cancellation)
    {
        switch (luts)
        {
            case CountedPoints.None:
                return null;
            case CountedPoints.Some when ModelInspection.Of(model).Ebops is > QuickEbops and var ebops:
                notes.Add(Invariant($"LUTs were not counted: a model of {ebops:0.#} EBOPs takes long; --luts all counts them."));
                return null;
            case CountedPoints.Some or CountedPoints.All:
                using (var progress = new MappingDisplay(context.Messages))
                {
                    return HardwareTable.Count(model, progress, cancellation);
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(luts), luts, "There is no such choice.");
        }
    }
}
