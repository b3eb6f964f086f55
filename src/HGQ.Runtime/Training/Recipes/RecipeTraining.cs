using System;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Epochs, batches, optimizer and schedules; the built-in default is <see cref="Standard"/>.</summary>
public sealed record RecipeTraining
{
    private const int DefaultEpochs = 1000;

    /// <summary>Passes over the training rows.</summary>
    public int Epochs { get; init; } = DefaultEpochs;

    /// <summary>Samples a step; the last batch of an epoch may be shorter.</summary>
    public int Batch { get; init; } = 512;

    /// <summary>The optimizer's settings.</summary>
    public RecipeAdam Adam { get; init; } = new();

    /// <summary>What the learning rate is multiplied by for each kind of parameter.</summary>
    public RateFactors Rates { get; init; } = new();

    /// <summary>Learning rate by epoch.</summary>
    public Schedule LearningRate { get; init; } = StandardRate(DefaultEpochs, 5e-3);

    /// <summary>β by epoch: what a bit operation costs in the loss.</summary>
    public Schedule Beta { get; init; } = StandardBeta(DefaultEpochs, 5e-7, 1e-4);

    /// <summary>Steers β to given EBOPs in place of <see cref="Beta"/>; null follows the schedule.</summary>
    public EbopsController? EbopsTarget { get; init; }

    /// <summary>
    /// Ends the training where a whole cosine period brings no error within this multiple of the smallest one so far, or no accuracy within
    /// 0.1 of the best; null never does.
    /// </summary>
    public double? LargestErrorRatio { get; init; }

    /// <summary>
    /// The built-in schedules for any number of epochs: twenty cosine cycles of the learning rate down to its fiftieth part; β constant
    /// in the first cycle, then rising in equal factors.
    /// </summary>
    /// <param name="epochs">Passes over the training rows.</param>
    /// <param name="learningRate">Peak learning rate.</param>
    /// <param name="betaFrom">β at the start.</param>
    /// <param name="betaTo">β in the last epoch.</param>
    public static RecipeTraining Standard(
        int epochs = DefaultEpochs, double learningRate = 5e-3, double betaFrom = 5e-7, double betaTo = 1e-4) => new()
        {
            Epochs = epochs,
            LearningRate = StandardRate(epochs, learningRate),
            Beta = StandardBeta(epochs, betaFrom, betaTo),
        };

    private static CosineRestartSchedule StandardRate(int epochs, double peak) => new(peak, peak / 50, Cycle(epochs));

    private static PiecewiseSchedule StandardBeta(int epochs, double from, double to)
    {
        int warm = Cycle(epochs);
        int rise = Math.Max(1, epochs - warm);
        return new PiecewiseSchedule(
            [new SchedulePiece(warm, new ConstantSchedule(from)), new SchedulePiece(rise, new LogarithmicSchedule(from, to, rise))]);
    }

    private static int Cycle(int epochs) => Math.Max(1, epochs / 20);
}
