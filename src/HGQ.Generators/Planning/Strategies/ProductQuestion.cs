using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Steps;

namespace HGQ.Generators.Planning.Strategies;

/// <summary>What a strategy is asked: a product, the shape of the kernel, and what the kernel has written out so far.</summary>
/// <param name="Facts">The product.</param>
/// <param name="Shape">The kernel.</param>
/// <param name="Budget">Terms that may still be written out.</param>
internal sealed record ProductQuestion(ProductFacts Facts, KernelShape Shape, CodeBudget Budget)
{
    /// <summary>The product.</summary>
    public ConstantProductPlan Plan => Facts.Plan;
}
