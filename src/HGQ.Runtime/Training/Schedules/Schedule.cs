using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Schedules;

/// <summary>A number that changes with the epoch: a learning rate, or the weight β of the EBOPs in the loss.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(LinearSchedule), "linear")]
[JsonDerivedType(typeof(LogarithmicSchedule), "logarithmic")]
[JsonDerivedType(typeof(CosineRestartSchedule), "cosine-restarts")]
[JsonDerivedType(typeof(PiecewiseSchedule), "pieces")]
public abstract record Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>The value in an epoch, counted from 0 (from the beginning of the piece inside <see cref="PiecewiseSchedule"/>).</summary>
    public abstract double At(int epoch);
}
