using System;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>The recipes that need no file.</summary>
public static class BuiltInRecipes
{
    // Of the front method: a ramp over all prices that some data set was found to need, in as many epochs as it takes to follow them
    // slowly.
    private const int LongestRamp = 4500;
    private const int ShortestRamp = 300;
    private const int Period = 50;
    private const double LowestPrice = 2e-6;
    private const double HighestPrice = 3e-4;
    private const double WidthRate = 8;

    // Models with larger errors, as a multiple of the smallest one, are hardly wanted.
    private const double LargestErrorRatio = 6;

    // Steps through TorchSharp take several times as long as compiled ones; such networks are trained as the fixed recipe does, or shorter.
    private const int LongestThroughTorch = 1000;
    private const int ShortestThroughTorch = 100;
    private const double TorchShare = 0.5;
    private const int RunningFronts = 3;

    // Multiplications of the forward passes of all epochs: 4,500 epochs of a small network on ten thousand rows.
    private const double Work = 2e11;

    /// <summary>
    /// The front method: widths eight times as fast as weights, a long ramp of the price of a bit, exact candidates, trimming, going on
    /// from trimmed
    /// models. Quantizers of the second family, batch norms folded.
    /// </summary>
    public static Recipe Front => new()
    {
        Title = "built-in recipe: front",
        Network = new RecipeNetwork { Normalization = NormalizationKind.Batch },
        Quantizers = new RecipeQuantizers { Family = QuantizerFamily.FixedPoint, WidthRegularizer = 1e-8 },
        Training = new RecipeTraining
        {
            Epochs = LongestRamp,
            Rates = RateFactors.ForWidths(WidthRate),
            LearningRate = new CosineRestartSchedule(5e-3, 1e-4, Period),
            Beta = Ramp(LongestRamp),
            LargestErrorRatio = LargestErrorRatio,
        },
        Selection = new RecipeSelection { Candidates = CandidateFigures.Exact, Fronts = 1, Choose = ChoiceKind.WithinStandardError },
        Front = new RecipeFront { AdaptEpochs = true },
    };

    /// <summary>Fits the number of epochs of a recipe that asks for it: as many as an equal amount of work allows.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="weights">Multiplications a row.</param>
    /// <param name="compiled">Whether steps are compiled; else there are no exact figures, and more epochs become candidates.</param>
    public static Recipe Fitted(Recipe recipe, int rows, long weights, bool compiled = true)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        if (recipe.Front is not { AdaptEpochs: true } front)
        {
            return recipe;
        }

        double work = Work / ((double)rows * weights);
        double epochs = compiled
            ? Math.Clamp(work, ShortestRamp, LongestRamp)
            : Math.Clamp(TorchShare * work, ShortestThroughTorch, LongestThroughTorch);
        int whole = Math.Max(1, (int)(epochs / Period)) * Period;
        return recipe.WithEpochs(whole) with
        {
            Front = front with { AdaptEpochs = false },
            Selection = recipe.Selection with { Fronts = compiled ? recipe.Selection.Fronts : RunningFronts },
        };
    }

    private static PiecewiseSchedule Ramp(int epochs) => new(
        [new SchedulePiece(2 * Period, new ConstantSchedule(LowestPrice)),
            new SchedulePiece(epochs - (2 * Period), new LogarithmicSchedule(LowestPrice, HighestPrice, epochs - (2 * Period)))]);
}
