using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export;

/// <summary>A softmax whose result is an output of the model and is read by no layer.</summary>
/// <param name="Softmax">The block.</param>
internal sealed record FinalSoftmax(HSoftmax Softmax)
{
    /// <summary>The part that has its output.</summary>
    public HLayer Output => Softmax.Parts[^1];

    /// <summary>What it reads.</summary>
    public HLayer Input => Softmax.Inputs[0];

    /// <summary>All of them in a model.</summary>
    public static IEnumerable<FinalSoftmax> Of(HgqModel model) =>
        model.Outputs
            .Where(output => !model.Layers.Any(layer => layer.Inputs.Contains(output)))
            .Select(static output => output.Owner is HSoftmax softmax && softmax.Parts[^1] == output ? new FinalSoftmax(softmax) : null)
            .OfType<FinalSoftmax>();

    /// <summary>Whether a layer is one of its parts.</summary>
    public bool Holds(HLayer layer) => Softmax.Parts.Contains(layer);
}
