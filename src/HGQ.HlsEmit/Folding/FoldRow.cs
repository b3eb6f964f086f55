using System.Collections.Generic;
using System.Numerics;

namespace HGQ.HlsEmit.Folding;

/// <summary>An output of a product that is folded.</summary>
/// <param name="Output">Its element.</param>
/// <param name="Weights">What each input is multiplied by; none is 0.</param>
/// <param name="Bias">What is constant.</param>
internal sealed record FoldRow(int Output, IReadOnlyDictionary<int, BigInteger> Weights, BigInteger Bias);
