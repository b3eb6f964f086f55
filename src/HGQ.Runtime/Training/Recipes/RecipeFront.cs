
namespace HGQ.Runtime.Training.Recipes;

/// <summary>What follows training in the front method: several seeds, trimming, going on from trimmed models (docs/training.md).</summary>
public sealed record RecipeFront
{
    /// <summary>Trainings with different seeds whose fronts are merged.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>Whether the number of epochs is fitted to the size of data and network before the run begins.</summary>
    public bool AdaptEpochs { get; init; }

    /// <summary>
    /// Wall time of the whole run in seconds that epochs, seeds and trimmed models are fitted into; null leaves them. What has not begun
    /// when the time is over is left out.
    /// </summary>
    public double? Budget { get; init; }

    /// <summary>How models are trimmed; no starts leave it out.</summary>
    public TrimPlan Trim { get; init; } = new();

    /// <summary>How trimmed models go on training.</summary>
    public RefitPlan Refit { get; init; } = new();
}
