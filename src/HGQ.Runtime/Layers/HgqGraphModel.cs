using System.Collections.Generic;

namespace HGQ.Runtime.Layers;

/// <summary>A functional model: branches, several inputs and outputs.</summary>
/// <example>
/// <code>
/// var x = new HInput([16], "x");
/// var q = new HQuantize(name: "q").On(x);
/// var a = new HDense(8, Activation.Relu, name: "a").On(q);
/// var b = new HDense(8, name: "b").On(q);
/// var model = new HgqGraphModel("two_heads", [x], [a, b]);
/// </code>
/// </example>
public sealed class HgqGraphModel : HgqModel
{
    /// <summary>Collects the layers between inputs and outputs.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="inputs">Its ports, in the order in which tensors are given.</param>
    /// <param name="outputs">The layers whose outputs are returned.</param>
    public HgqGraphModel(string name, IReadOnlyList<HInput> inputs, IReadOnlyList<HLayer> outputs)
        : base(name, inputs, outputs)
    {
    }
}
