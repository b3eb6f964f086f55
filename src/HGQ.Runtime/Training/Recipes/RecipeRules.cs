using System;
using System.Linq;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>What values a recipe may have beyond their types.</summary>
internal static class RecipeRules
{
    public static void Check(string file, Recipe recipe)
    {
        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                throw new RecipeException(file, 0, problem);
            }
        }

        Require(recipe.Format == RecipeReader.FormatName, $"format is \"{recipe.Format}\", expected \"{RecipeReader.FormatName}\".");
        Require(
            recipe.Version == RecipeReader.CurrentVersion,
            FormattableString.Invariant($"version is {recipe.Version}, this program reads {RecipeReader.CurrentVersion}."));
        Require(recipe.Training.Epochs > 0, "training.epochs must be at least 1.");
        Require(recipe.Training.Batch > 0, "training.batch must be at least 1.");
        Require(recipe.Network.Hidden.All(static n => n > 0), "network.hidden must hold positive numbers of outputs.");
        Require(recipe.Scaling.Divisor > 0, "scaling.divisor must be positive.");
        Require(recipe.Selection.Fronts > 0, "selection.fronts must be at least 1.");
        Require(
            recipe.Selection.Choose != ChoiceKind.CheapestReaching || recipe.Selection.Score is not null,
            "selection.choose \"cheapest-reaching\" needs selection.score.");
        Require(recipe.Export.CoverFactor > 0, "export.coverFactor must be positive.");
        Require(recipe.Export.InputMarginBits is >= 0 and <= 16, "export.inputMarginBits must be from 0 to 16.");
        CheckSplit(recipe.Split, Require);
    }

    private static void CheckSplit(RecipeSplit split, Action<bool, string> require)
    {
        if (split is RecipeHashSplit hash)
        {
            require(hash.Modulus >= 2, "split.modulus must be at least 2.");
            require(hash.Validation >= 0 && hash.Validation < hash.Modulus, "split.validation must be a bucket below split.modulus.");
            require(hash.Test is null || (hash.Test >= 0 && hash.Test < hash.Modulus), "split.test must be a bucket below split.modulus.");
            require(hash.Test != hash.Validation, "split.test and split.validation must be different buckets.");
        }
        else if (split is RecipeRandomSplit random)
        {
            require(
                random.Validation > 0 && random.Test >= 0 && random.Validation + random.Test < 1,
                "split.validation must be positive and leave rows for training beside split.test.");
        }
    }
}
