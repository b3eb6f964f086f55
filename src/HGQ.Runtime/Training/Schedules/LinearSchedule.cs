using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>Goes from one value to another in equal steps, and stays there.</summary>
/// <param name="From">Value in the first epoch.</param>
/// <param name="To">Value in the last epoch and after it.</param>
/// <param name="Epochs">Number of epochs, the first and the last included.</param>
public sealed record LinearSchedule(
    [property: JsonRequired] double From, [property: JsonRequired] double To, [property: JsonRequired] int Epochs) : Schedule
{
    /// <inheritdoc/>
    public override double At(int epoch) => epoch >= Epochs - 1 ? To : From + ((To - From) * epoch / (Epochs - 1));
}
