using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Sweep.Plan;

/// <summary>What of <c>hgq train</c> a sweep may set: its options without the dashes, and members of its recipe.</summary>
public static class TrainOptions
{
    /// <summary>What the name of a recipe's member begins with, as in <c>recipe.training.batch</c>.</summary>
    public const string RecipePrefix = "recipe.";

    internal const string RecipeFile = "recipe";

    private static readonly string[] Files = [RecipeFile, "model", "from"];

    /// <summary>The options, without those that say where a run is.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "batch", "beta", "budget", "epochs", "features", "from", "hidden", "ignore", "labels", "lr", "method", "missing", "model",
        "norm", "quantizers", "recipe", "seed", "seeds", "target", "task",
    ];

    /// <summary>Whether the name is that of a recipe's member.</summary>
    public static bool IsRecipeMember(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith(RecipePrefix, StringComparison.Ordinal) && name.Length > RecipePrefix.Length;
    }

    /// <summary>Whether its value is a file that is looked for beside the sweep file.</summary>
    internal static bool IsFile(string name) => Files.Contains(name);

    internal static bool IsKnown(string name) => IsRecipeMember(name) || Names.Contains(name);

    /// <summary>What is wrong with a name that is not known, and what may have been meant.</summary>
    internal static string Unknown(string name) =>
        $"hgq train has no option --{name} that a sweep may set; allowed: {string.Join(", ", Names)}, and members of the recipe as "
            + $"recipe.training.batch.{SweepValue.Suggest(name, Names)}";
}
