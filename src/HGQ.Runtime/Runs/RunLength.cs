using System;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>Fits the length of a run to its data and network, and to a wall time where one is given.</summary>
internal static class RunLength
{
    private const int Workers = 2;

    /// <summary>Fits a recipe that asks for it; any other stays as it is.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">The data.</param>
    /// <param name="model">The network.</param>
    /// <param name="loss">The task's part of the loss.</param>
    /// <param name="newModel">Makes the network anew.</param>
    /// <param name="options">How the recipe is trained.</param>
    public static Recipe Fit(
        Recipe recipe, PreparedData data, HgqModel model, TrainingLoss loss, Func<HgqModel> newModel, Func<TrainerOptions> options)
    {
        if (recipe.Front is not { AdaptEpochs: true } front)
        {
            return recipe;
        }

        var adam = new HgqAdam(model.parameters());
        var one = new CompiledStepOptions { Batch = 1 };
        using CompiledStep? step = CompiledStep.TryCreate(model, adam, loss, data.Training, one, out _);
        recipe = BuiltInRecipes.Fitted(recipe, data.Training.Count, TorchThreads.Multiplications(model), step is not null);
        if (front.Budget is null)
        {
            return recipe;
        }

        using HgqModel tried = newModel();
        using var trainer = new Trainer(
            new HgqNetwork(tried),
            new AdamOptimizer(tried.parameters()),
            data.Training,
            data.Validation,
            options() with { CheckpointPath = null, Threads = 1 });
        int workers = Math.Min(Environment.ProcessorCount, Workers);
        return FrontBudget.Fit(recipe, EpochClock.Measure(trainer), workers, front.Seeds > 1 ? front.Seeds : null);
    }
}
