using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>The same value always.</summary>
/// <param name="Value">The value.</param>
public sealed record ConstantSchedule([property: JsonRequired] double Value) : Schedule
{
    /// <inheritdoc/>
    public override double At(int epoch) => Value;
}
