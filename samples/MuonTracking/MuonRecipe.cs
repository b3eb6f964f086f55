using HGQ.Runtime.Data;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Training.Schedules;

namespace MuonTracking;

/// <summary>
/// How the network is trained: β rises, so one run yields the whole front from precise to cheap; models along it are trimmed and refitted.
/// </summary>
internal static class MuonRecipe
{
    /// <summary>150 strips → 24 → 16 → the angle.</summary>
    /// <param name="epochs">Passes over the training tracks, at least 20.</param>
    public static Recipe Create(int epochs) => new()
    {
        Title = "muon tracking",
        Task = LearningTask.Regression,
        Split = new RecipeRandomSplit(Validation: 0.2, Test: 0.2, Stratified: false),
        Scaling = new RecipeScaling(ScalingKind.None),
        Network = new RecipeNetwork { Hidden = [24, 16], Normalization = NormalizationKind.Batch },
        Quantizers = BuiltInRecipes.Front.Quantizers,
        Training = new RecipeTraining
        {
            Epochs = epochs,
            Batch = 512,
            Rates = RateFactors.ForWidths(8),
            LearningRate = new CosineRestartSchedule(5e-3, 1e-4, 20),
            Beta = new LogarithmicSchedule(1e-8, 3e-5, epochs),
        },
        Selection = new RecipeSelection
        {
            Candidates = CandidateFigures.Exact,
            Fronts = 1,
            Choose = ChoiceKind.CheapestNearBest,
            Loss = 0.1,
        },
        Front = new RecipeFront(),
    };
}
