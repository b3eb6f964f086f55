using HGQ.Runtime.Trimming.Refit;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>How trimmed models go on training.</summary>
public sealed record RefitPlan
{
    /// <summary>Times that training and trimming follow each other; 0 leaves both out.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Models that go on training in each round.</summary>
    public int Starts { get; init; } = 12;

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Highest learning rate; it falls along a cosine to a hundredth.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>What the learning rate is multiplied by for widths.</summary>
    public double WidthRate { get; init; } = 2;

    /// <summary>Bits beyond those needed that widths start with.</summary>
    public double Slack { get; init; } = RefitNetwork.DefaultSlack;
}
