using System.Collections.Generic;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>Formats that the caller gives to inputs, because the source has none.</summary>
internal sealed class InputQuantizers
{
    private readonly InputFormat? _all;
    private readonly IReadOnlyDictionary<string, InputFormat> _byName;

    private readonly int[]? _shape;
    private readonly IReadOnlyDictionary<string, int[]> _shapes;

    public InputQuantizers(ImportOptions options)
        => (_all, _byName, _shape, _shapes) = (options.Input, options.Inputs, options.Shape, options.Shapes);

    /// <summary>The shape that the caller gives, without the batch; null leaves that of the source.</summary>
    public int[]? ShapeOf(string name) => _shapes.GetValueOrDefault(name) ?? _shape;

    /// <summary>The input, quantized if a format is given.</summary>
    public TensorValue Apply(GraphDraft draft, TensorValue input, string name)
    {
        InputFormat? format = _byName.GetValueOrDefault(name) ?? _all;
        if (draft.Floats is { } floats)
        {
            if (format is not null)
            {
                floats.Inputs[input.Layer] = format;
            }

            return input;
        }

        return format is null ? input
            : draft.QuantizeFixed(input, name + "_quantize", TensorFormat.Uniform(input.Shape, format.Format), format.Rounding,
            format.Overflow);
    }
}
