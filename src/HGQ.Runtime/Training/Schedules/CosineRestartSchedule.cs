using System;
using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>Falls from Max towards Min along half a cosine, and begins anew every Period epochs (Loshchilov and Hutter, 2017).</summary>
/// <param name="Max">Value at each start.</param>
/// <param name="Min">Value that the end of a period comes close to: Min + ½(Max − Min)(1 + cos(π·(e mod Period)/Period)).</param>
/// <param name="Period">Epochs a period.</param>
public sealed record CosineRestartSchedule(
    [property: JsonRequired] double Max, [property: JsonRequired] double Min, [property: JsonRequired] int Period) : Schedule
{
    /// <inheritdoc/>
    public override double At(int epoch) => Min + (0.5 * (Max - Min) * (1 + Math.Cos(Math.PI * (epoch % Period) / Period)));
}
