using System;
using System.Numerics;

namespace HGQ.Runtime.Optimization;

/// <summary>Gradients that lie in memory and not in tensors.</summary>
internal interface IGradientSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The gradient of a parameter.</summary>
    /// <param name="parameter">Which of the optimizer's parameters.</param>
    /// <param name="weights">The memory of the parameter.</param>
    /// <returns>Empty where the parameter has no gradient.</returns>
    ReadOnlySpan<T> Gradient(int parameter, out Span<T> weights);
}
