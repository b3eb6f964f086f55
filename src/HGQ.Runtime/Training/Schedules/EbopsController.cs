using System;
using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>
/// Steers β so that the running EBOPs settle at a target: after each epoch β grows or shrinks by a power of their ratio. It takes
/// the place of a β schedule where the cost is given and not the trade.
/// </summary>
/// <param name="Target">The EBOPs to settle at.</param>
/// <param name="Initial">β in the first epoch.</param>
/// <param name="Gain">Exponent of the ratio; 0.05 moves β by 3.5 % an epoch at twice the target.</param>
/// <param name="Min">Smallest β.</param>
/// <param name="Max">Largest β.</param>
public sealed record EbopsController(
    [property: JsonRequired] double Target,
    double Initial = 1e-6,
    double Gain = 0.05,
    double Min = 1e-9,
    double Max = 1e-2)
{
    /// <summary>β of the next epoch.</summary>
    /// <param name="beta">β of this epoch.</param>
    /// <param name="ebops">Running EBOPs at the end of this epoch.</param>
    public double Next(double beta, double ebops) => Math.Clamp(beta * Math.Pow(Math.Max(ebops, 1) / Target, Gain), Min, Max);
}
