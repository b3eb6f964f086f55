using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>Layers one behind the other, one input, one output.</summary>
/// <example>
/// <code>
/// var model = new HgqSequential([16], new HQuantize(), new HDense(64, Activation.Relu, beta: 1e-5), new HDense(5, beta: 1e-5));
/// </code>
/// </example>
public sealed class HgqSequential : HgqModel
{
    /// <summary>Links the layers and creates their parameters.</summary>
    /// <param name="inputShape">Shape of the input without the batch dimension.</param>
    /// <param name="layers">In order, the first being an HQuantize or a Signature.</param>
    public HgqSequential(IReadOnlyList<long> inputShape, params HLayer[] layers)
        : this(new HInput(inputShape, "x"), "sequential", layers)
    {
    }

    /// <summary>Links the layers behind a port and creates their parameters.</summary>
    /// <param name="input">The port.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="layers">In order.</param>
    public HgqSequential(HInput input, string name, IReadOnlyList<HLayer> layers)
        : base(name, [input], [Link(input, layers)])
    {
    }

    private static HLayer Link(HInput input, IReadOnlyList<HLayer> layers) => layers.Count > 0
        ? layers.Aggregate((HLayer)input, (previous, layer) => layer.On(previous))
        : throw new ArgumentException("A model needs at least one layer.", nameof(layers));
}
