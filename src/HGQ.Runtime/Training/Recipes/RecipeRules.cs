using System;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>What values a recipe may have beyond their types.</summary>
internal static class RecipeRules
{
    public static void Check(RecipeText text, Recipe recipe)
    {
        void Require(bool holds, string path, string expected)
        {
            if (!holds)
            {
                throw text.Fail(path, "expected " + expected + ".");
            }
        }

        Require(recipe.Format == RecipeReader.FormatName, "format", $"\"{RecipeReader.FormatName}\"");
        Require(
            recipe.Version == RecipeReader.CurrentVersion, "version", FormattableString.Invariant($"{RecipeReader.CurrentVersion}, which this program reads"));
        Require(recipe.Training.Epochs > 0, "training.epochs", "at least 1");
        Require(recipe.Training.Batch > 0, "training.batch", "at least 1");
        Require(recipe.Training.LargestErrorRatio is null or >= 1, "training.largestErrorRatio", "a number of at least 1");
        CheckAdam(recipe.Training.Adam, Require);
        CheckRates(recipe.Training.Rates, Require);
        Require(Holds(recipe, recipe.Training.LearningRate, static rate => rate > 0), "training.learningRate", "positive numbers in every epoch");
        Require(Holds(recipe, recipe.Training.Beta, static beta => beta >= 0), "training.beta", "numbers that are not negative in every epoch");
        for (int layer = 0; layer < recipe.Network.Hidden.Count; layer++)
        {
            Require(recipe.Network.Hidden[layer] > 0, FormattableString.Invariant($"network.hidden[{layer}]"), "a positive number of outputs");
        }

        Require(recipe.Scaling.Divisor > 0 && double.IsFinite(recipe.Scaling.Divisor), "scaling.divisor", "a positive number");
        Require(Math.Abs(recipe.Quantizers.KernelBits) <= 64, "quantizers.kernelBits", "a number from -64 to 64");
        Require(Math.Abs(recipe.Quantizers.ActivationBits) <= 64, "quantizers.activationBits", "a number from -64 to 64");
        Require(
            recipe.Quantizers.WidthRegularizer >= 0 && double.IsFinite(recipe.Quantizers.WidthRegularizer), "quantizers.widthRegularizer", "a number that is not negative");
        Require(recipe.Selection.Fronts > 0, "selection.fronts", "at least 1");
        Require(
            recipe.Selection.Choose != ChoiceKind.CheapestReaching || recipe.Selection.Score is not null,
            "selection.score", "a score, since selection.choose is \"cheapest-reaching\"");
        Require(recipe.Export.CoverFactor > 0 && double.IsFinite(recipe.Export.CoverFactor), "export.coverFactor", "a positive number");
        Require(
            recipe.Selection.Candidates == CandidateFigures.Running || recipe.Export.CoverFactor == 1,
            "export.coverFactor", "1, since selection.candidates is \"exact\"");
        Require(recipe.Export.InputMarginBits is >= 0 and <= 16, "export.inputMarginBits", "a whole number from 0 to 16");
        CheckSplit(recipe.Split, Require);
        CheckFront(recipe, Require);
    }

    private const string FitsRanges = ", since there is a member front: trimming fits ranges to the values";

    private static void CheckFront(Recipe recipe, Action<bool, string, string> require)
    {
        if (recipe.Front is not { } front)
        {
            return;
        }

        require(front.Seeds is >= 1 and <= 100, "front.seeds", "a whole number from 1 to 100");
        require(front.Budget is not { } budget || (budget > 0 && double.IsFinite(budget)), "front.budget", "a positive number of seconds");
        require(front.Trim.Starts >= 0, "front.trim.starts", "a whole number that is not negative");
        require(front.Trim.Sweeps >= 0, "front.trim.sweeps", "a whole number that is not negative");
        require(front.Trim.PriceShare > 0 && double.IsFinite(front.Trim.PriceShare), "front.trim.priceShare", "a positive number");
        require(front.Trim.PriceGrowth >= 1 && double.IsFinite(front.Trim.PriceGrowth), "front.trim.priceGrowth", "a number of at least 1");
        require(front.Refit.Rounds >= 0, "front.refit.rounds", "a whole number that is not negative");
        require(front.Refit.Starts >= 0, "front.refit.starts", "a whole number that is not negative");
        require(front.Refit.Epochs >= 1, "front.refit.epochs", "at least 1");
        require(front.Refit.LearningRate > 0 && double.IsFinite(front.Refit.LearningRate), "front.refit.learningRate", "a positive number");
        require(
            front.Refit.WidthRate >= 0 && double.IsFinite(front.Refit.WidthRate), "front.refit.widthRate", "a number that is not negative");
        require(front.Refit.Slack is >= 0 and < 0.5, "front.refit.slack", "a number from 0 to less than 0.5");
        require(recipe.Export.Overflow == ExportOverflow.Wrap, "export.overflow", "\"wrap\"" + FitsRanges);
        require(recipe.Export.CoverFactor == 1, "export.coverFactor", "1" + FitsRanges);
    }

    private static bool Holds(Recipe recipe, Schedule schedule, Predicate<double> allowed)
    {
        int last = recipe.Training.Epochs - 1;
        return new[] { 0, last / 2, last }.Select(schedule.At).All(value => double.IsFinite(value) && allowed(value));
    }

    private static void CheckAdam(RecipeAdam adam, Action<bool, string, string> require)
    {
        require(adam.Beta1 is >= 0 and < 1, "training.adam.beta1", "a number from 0 to below 1");
        require(adam.Beta2 is >= 0 and < 1, "training.adam.beta2", "a number from 0 to below 1");
        require(adam.Epsilon > 0 && double.IsFinite(adam.Epsilon), "training.adam.epsilon", "a positive number");
    }

    private static void CheckRates(RateFactors rates, Action<bool, string, string> require)
    {
        foreach (ParameterKind kind in Enum.GetValues<ParameterKind>())
        {
            require(
                rates.Of(kind) >= 0 && double.IsFinite(rates.Of(kind)),
                "training.rates." + JsonNamingPolicy.CamelCase.ConvertName(kind.ToString()),
                "a factor that is not negative");
        }
    }

    private static void CheckSplit(RecipeSplit split, Action<bool, string, string> require)
    {
        if (split is RecipeHashSplit hash)
        {
            require(hash.Modulus >= 2, "split.modulus", "at least 2");
            require(hash.Validation >= 0 && hash.Validation < hash.Modulus, "split.validation", "a bucket below split.modulus");
            require(hash.Test is null || (hash.Test >= 0 && hash.Test < hash.Modulus), "split.test", "a bucket below split.modulus");
            require(hash.Test != hash.Validation, "split.test", "another bucket than split.validation");
        }
        else if (split is RecipeRandomSplit random)
        {
            require(random.Validation is > 0 and < 1, "split.validation", "a share between 0 and 1");
            require(random.Test >= 0 && random.Validation + random.Test < 1, "split.test", "a share that leaves rows for training beside split.validation");
        }
    }
}
