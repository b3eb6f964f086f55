using System;
using System.Globalization;
using HGQ.Import.Emission.Nodes;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Import.Emission.Qdq;

/// <summary>What one element's overflow needs.</summary>
/// <param name="WrapWidth">Bits that are kept; 0 where nothing wraps.</param>
/// <param name="ZeroOutside">Limits outside of which it is 0.</param>
/// <param name="Clip">Limits that it is moved to.</param>
internal sealed record OverflowLimits(int WrapWidth, (double Low, double High)? ZeroOutside, (double Low, double High)? Clip)
{
    private const int MostWrapped = 24;

    public static OverflowLimits Of(OnnxGraph graph, FixedPointFormat format, RawInterval interval, OverflowAction action)
    {
        // A constant is one whatever comes in.
        if (format.IsZero || interval.IsPoint)
        {
            double point = format.IsZero ? 0 : graph.Number(interval.Low);
            return new OverflowLimits(0, null, (point, point));
        }

        switch (action)
        {
            case OverflowAction.None:
                return new OverflowLimits(0, null, null);
            case OverflowAction.Wrap:
                return format.Width <= MostWrapped ? new OverflowLimits(format.Width, null, null)
                    : throw new OnnxExportException(
                        graph.Layer, string.Create(CultureInfo.InvariantCulture, $"it wraps to {format.Width} bits; ")
                            + "float32 has 24. Use fewer bits, or another back end (hgq emit csharp, hls, verilog)");
            case OverflowAction.Saturate:
                return new OverflowLimits(0, null, (graph.Number(format.MinRaw), graph.Number(format.MaxRaw)));
            case OverflowAction.SaturateSymmetric:
                double high = graph.Number(format.MaxRaw);
                return new OverflowLimits(0, null, (format.Signed ? -high : 0, high));
            case OverflowAction.SaturateToZero:
                return new OverflowLimits(0, (graph.Number(format.MinRaw), graph.Number(format.MaxRaw)), null);
            default:
                throw new ArgumentOutOfRangeException(nameof(action), action, "This is no overflow action.");
        }
    }
}
