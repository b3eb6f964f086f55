using System.Text.Json.Serialization;
using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>What an exported quantizer does beyond its range.</summary>
public enum ExportOverflow
{
    /// <summary>Two's complement: no hardware, and the calibrated range must hold.</summary>
    [JsonStringEnumMemberName("wrap")]
    Wrap,

    /// <summary>Clamp to the range.</summary>
    [JsonStringEnumMemberName("saturate")]
    Saturate,
}

/// <summary>How the formats of the exported model are fixed.</summary>
public sealed record RecipeExport
{
    /// <summary>Overflow of the layers.</summary>
    public ExportOverflow Overflow { get; init; } = ExportOverflow.Wrap;

    /// <summary>Overflow of the input port.</summary>
    public ExportOverflow InputOverflow { get; init; } = ExportOverflow.Wrap;

    /// <summary>Integer bits that the input port gets on top of the traced ones.</summary>
    public int InputMarginBits { get; init; }

    /// <summary>Widening of the traced ranges about their middle; 1 takes them as they are.</summary>
    public double CoverFactor { get; init; } = 1;

    internal static OverflowMode ModeOf(ExportOverflow overflow) =>
        overflow == ExportOverflow.Wrap ? OverflowMode.Wrap : OverflowMode.Saturate;
}
