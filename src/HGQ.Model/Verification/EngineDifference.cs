using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace HGQ.Model.Verification;

/// <summary>The first result in which engines differ.</summary>
/// <param name="Sample">Number of the sample, from 0, in the order of the comparison.</param>
/// <param name="Origin">What the sample is, for example <c>data row 17</c>.</param>
/// <param name="Layer">Graph layer that gives the result.</param>
/// <param name="Element">Element of the layer's output, from 0.</param>
/// <param name="Values">What each engine says, in order; entry points of reals say a real.</param>
public sealed record EngineDifference(
    int Sample,
    string Origin,
    string Layer,
    int Element,
    IReadOnlyList<KeyValuePair<string, string>> Values)
{
    /// <summary>For example <c>sample 3 (data row 3), layer dense_1, element 2: interpreter 17, csharp 16</c>.</summary>
    public override string ToString()
        => Invariant($"sample {Sample} ({Origin}), layer {Layer}, element {Element}: {string.Join(", ", Values.Select(value => value.Key + " " + value.Value))}");
}
