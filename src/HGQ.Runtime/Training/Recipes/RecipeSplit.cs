using System.Text.Json.Serialization;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>A split as a recipe names it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(RecipeHashSplit), "multiplicative-hash")]
[JsonDerivedType(typeof(RecipeRandomSplit), "random")]
public abstract record RecipeSplit
{
    private protected RecipeSplit()
    {
    }

    /// <summary>The rule.</summary>
    /// <param name="seed">Seed of the run, for rules that draw.</param>
    public abstract SplitRule ToRule(ulong seed);
}

/// <summary>Buckets of a hash of the row number (<see cref="MultiplicativeHashSplit"/>).</summary>
/// <param name="Modulus">Number of buckets.</param>
/// <param name="Validation">Bucket of the validation rows.</param>
/// <param name="Test">Bucket of the test rows; null where they are a file of their own.</param>
public sealed record RecipeHashSplit(int Modulus = 5, int Validation = 1, int? Test = null) : RecipeSplit
{
    /// <inheritdoc/>
    public override SplitRule ToRule(ulong seed) => new MultiplicativeHashSplit(Modulus, Validation, Test);
}

/// <summary>Drawn with the run's seed (<see cref="RandomSplit"/>).</summary>
/// <param name="Validation">Share of the validation rows.</param>
/// <param name="Test">Share of the test rows.</param>
/// <param name="Stratified">Whether every class has its share in every part.</param>
public sealed record RecipeRandomSplit(double Validation = 0.2, double Test = 0.2, bool Stratified = true) : RecipeSplit
{
    /// <inheritdoc/>
    public override SplitRule ToRule(ulong seed) => new RandomSplit(Validation, Test, seed, Stratified);
}
