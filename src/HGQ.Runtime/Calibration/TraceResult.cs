using System.Collections.Generic;

namespace HGQ.Runtime.Calibration;

/// <summary>What tracing found.</summary>
/// <param name="Ebops">Exact EBOPs of the model.</param>
/// <param name="Layers">Exact EBOPs of every layer, in order; 0 for those without products.</param>
/// <param name="Predictions">Outputs for the traced data where they were asked for, shape (samples, outputs…), row major; else null.</param>
public sealed record TraceResult(double Ebops, IReadOnlyList<(string Layer, double Ebops)> Layers, double[]? Predictions);
