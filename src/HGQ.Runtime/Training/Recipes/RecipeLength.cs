using System;
using System.Linq;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Makes a recipe shorter or longer.</summary>
public static class RecipeLength
{
    /// <summary>The recipe over another number of epochs: ramps and pieces of its schedules are stretched, periods stay.</summary>
    public static Recipe WithEpochs(this Recipe recipe, int epochs)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        double factor = epochs / (double)recipe.Training.Epochs;
        return recipe with
        {
            Training = recipe.Training with
            {
                Epochs = epochs,
                Beta = Stretch(recipe.Training.Beta, factor),
                LearningRate = Stretch(recipe.Training.LearningRate, factor),
            },
        };
    }

    private static Schedule Stretch(Schedule schedule, double factor) => schedule switch
    {
        LinearSchedule linear => linear with { Epochs = Epochs(linear.Epochs, factor) },
        LogarithmicSchedule logarithmic => logarithmic with { Epochs = Epochs(logarithmic.Epochs, factor) },
        PiecewiseSchedule pieces => new PiecewiseSchedule(
            [.. pieces.Pieces.Select(piece => new SchedulePiece(Epochs(piece.Epochs, factor), Stretch(piece.Schedule, factor)))]),
        _ => schedule,
    };

    private static int Epochs(int epochs, double factor) => Math.Max(1, (int)Math.Round(epochs * factor, MidpointRounding.AwayFromZero));
}
