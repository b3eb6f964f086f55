using System;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>An input port: reals wait for the quantizers that read them.</summary>
internal static class InputLowering
{
    public static LoweredTensor Lower(LoweringContext context, InputLayer layer)
    {
        Standardization? standardization = null;
        foreach (var entry in context.Graph.Metadata.Preprocessing)
        {
            if (entry.Input == layer.Name)
            {
                standardization = entry;
            }
        }

        if (standardization is not null && (standardization.Mean.Length != layer.Shape.Size || standardization.Scale.Length != layer.Shape.Size))
        {
            throw new ModelGraphException(
                GraphErrorCodes.ShapeMismatch,
                layer.Name,
                FormattableString.Invariant($"its preprocessing has {standardization.Mean.Length} means and {standardization.Scale.Length} scales for {layer.Shape.Size} elements"));
        }

        context.Draft.Inputs.Add(new ProgramInput(layer.Name, layer.Shape, standardization));
        return new LoweredTensor(layer.Shape, -1, context.Draft.Inputs.Count - 1);
    }
}
