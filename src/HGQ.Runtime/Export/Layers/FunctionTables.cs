using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Export.Layers;

/// <summary>A function as tables, one for each pair of an input format and an output format that occurs.</summary>
internal sealed class FunctionTables(HActivation layer, ExportContext context, QuantizerSpec quantizer)
{
    private readonly Dictionary<(FixedPointFormat Input, FixedPointFormat Output), int> _indices = [];
    private readonly List<LookupTable> _tables = [];

    /// <summary>The layer; entry = quantize(function(code · 2^−f)), so that nothing is left to quantize behind it.</summary>
    public TableLayer Node(string source)
    {
        IReadOnlyList<FixedPointFormat> inputs = context.FormatsOf(source, layer.Name);
        var tableOf = new int[inputs.Count];
        for (int e = 0; e < tableOf.Length; e++)
        {
            tableOf[e] = TableOf(inputs[e].IsZero ? FixedPointFormat.Zero : inputs[e], quantizer.Format[e]);
        }

        return new TableLayer(layer.Name, source, _tables.ToArray(), _tables.Count == 1 ? new[] { 0 } : tableOf, Quantizer: null);
    }

    private int TableOf(FixedPointFormat input, FixedPointFormat output)
    {
        if (!_indices.TryGetValue((input, output), out int index))
        {
            index = _tables.Count;
            _indices.Add((input, output), index);
            _tables.Add(new LookupTable(input, output, Entries(input, output)));
        }

        return index;
    }

    private long[] Entries(FixedPointFormat input, FixedPointFormat output)
    {
        int limit = context.Rules.MaximumTableEntries;
        if (input.Width > 30 || (1 << input.Width) > limit)
        {
            throw new LayerExportFault(
                layer.Name,
                FormattableString.Invariant(
                    $"a table of {layer.Function.Name} over {input} has 2^{input.Width} entries, more than {nameof(ExportRules.MaximumTableEntries)} = {limit}; quantize its input to fewer bits."));
        }

        var entries = new long[1 << input.Width];
        for (int index = 0; index < entries.Length; index++)
        {
            // The index is the code's bits in two's complement.
            long code = input.Signed && index >= entries.Length / 2 ? index - entries.Length : index;
            entries[index] = Entry(FixedPointArithmetic.ToDouble(code, input), output);
        }

        return entries;
    }

    private long Entry(double x, FixedPointFormat output)
    {
        double y = layer.Function.Value(x);
        return FixedPointArithmetic.TryFromDouble(y, output, quantizer.Rounding, quantizer.Overflow, out long raw)
            ? raw
            : throw new LayerExportFault(
                layer.Name, FormattableString.Invariant($"{layer.Function.Name}({x}) is {y}, which no format holds; quantize its input to a smaller range."));
    }
}
