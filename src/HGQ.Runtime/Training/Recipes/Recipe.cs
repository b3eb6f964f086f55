using HGQ.Runtime.Data;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>
/// Everything that decides a training beside data and seed: split, scaling, network, quantizers, schedules and how the points are
/// picked. A recipe file is this record as JSON (docs/training.md); a member that a file leaves out has the value given here.
/// </summary>
public sealed record Recipe
{
    /// <summary>Marks the file; always <c>hgq-recipe</c>.</summary>
    public string Format { get; init; } = RecipeReader.FormatName;

    /// <summary>Version of the file format; always 1.</summary>
    public int Version { get; init; } = RecipeReader.CurrentVersion;

    /// <summary>What it is for, a line.</summary>
    public string Title { get; init; } = "built-in recipe";

    /// <summary>The task; null decides by the target.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>Which rows train, choose and test.</summary>
    public RecipeSplit Split { get; init; } = new RecipeRandomSplit();

    /// <summary>What happens to the features before they enter the network.</summary>
    public RecipeScaling Scaling { get; init; } = new();

    /// <summary>The layers.</summary>
    public RecipeNetwork Network { get; init; } = new();

    /// <summary>How widths start and what pulls them.</summary>
    public RecipeQuantizers Quantizers { get; init; } = new();

    /// <summary>Epochs, batches, optimizer and schedules.</summary>
    public RecipeTraining Training { get; init; } = new();

    /// <summary>Which epochs become candidates and which point becomes the model.</summary>
    public RecipeSelection Selection { get; init; } = new();

    /// <summary>What follows training in the front method; null: nothing.</summary>
    public RecipeFront? Front { get; init; }

    /// <summary>How the formats of the exported model are fixed.</summary>
    public RecipeExport Export { get; init; } = new();
}

/// <summary>Adam (Kingma and Ba, 2015).</summary>
/// <param name="Beta1">Decay of the mean of the gradient.</param>
/// <param name="Beta2">Decay of the mean of its square.</param>
/// <param name="Epsilon">Added to the root of the latter.</param>
public sealed record RecipeAdam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-7);
