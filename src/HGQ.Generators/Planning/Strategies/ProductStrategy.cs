using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// How a constant product is computed: a choice with everything that was decided for it. A printer of the same name writes it.
/// </summary>
/// <param name="Facts">The product.</param>
internal abstract record ProductStrategy(ProductFacts Facts)
{
    /// <summary>The product.</summary>
    public ConstantProductPlan Plan => Facts.Plan;

    /// <summary>Name for tests and messages.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether weights are read once for several blocks, so that these are faster together.</summary>
    public virtual bool GainsFromGroups => false;

    /// <summary>
    /// Instructions on a vector of 16-bit samples, all positions together, that it takes about; for one sample, on its widest vector.
    /// Only strategies for the same kernel can be compared, and code that is larger than the caches reads costs more than it says.
    /// </summary>
    public abstract double Cost { get; }

    /// <summary>Scratch memory besides source and results.</summary>
    public virtual ProductMemory Memory => ProductMemory.None;
}
