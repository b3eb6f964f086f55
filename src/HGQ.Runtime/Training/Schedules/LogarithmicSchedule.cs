using System;
using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>Goes from one positive value to another in equal factors, From·(To/From)^(e/(Epochs − 1)), and stays there.</summary>
/// <param name="From">Value in the first epoch, positive.</param>
/// <param name="To">Value in the last epoch and after it, positive.</param>
/// <param name="Epochs">Number of epochs, the first and the last included.</param>
public sealed record LogarithmicSchedule(
    [property: JsonRequired] double From, [property: JsonRequired] double To, [property: JsonRequired] int Epochs) : Schedule
{
    /// <inheritdoc/>
    public override double At(int epoch) => epoch >= Epochs - 1 ? To : From * Math.Pow(To / From, epoch / (double)(Epochs - 1));
}
