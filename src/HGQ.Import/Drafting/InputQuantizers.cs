using System.Collections.Generic;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>Formats that the caller gives to inputs, because the source has none.</summary>
internal sealed class InputQuantizers
{
    private readonly InputFormat? _all;
    private readonly IReadOnlyDictionary<string, InputFormat> _byName;

    public InputQuantizers(InputFormat? all, IReadOnlyDictionary<string, InputFormat> byName) => (_all, _byName) = (all, byName);

    /// <summary>The input, quantized if a format is given.</summary>
    public TensorValue Apply(GraphDraft draft, TensorValue input, string name)
    {
        InputFormat? format = _byName.GetValueOrDefault(name) ?? _all;
        return format is null ? input : draft.QuantizeFixed(input, name + "_quantize", TensorFormat.Uniform(input.Shape, format.Format), format.Rounding, format.Overflow);
    }
}
