using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Look-up: the input's format must be the table's, since the index is the raw bits.</summary>
internal static class TableLowering
{
    public static LoweredTensor Lower(LoweringContext context, TableLayer layer)
    {
        var input = context.Integers(layer.Name, layer.Input);
        var buffer = context.Buffer(input);
        var tables = layer.Tables.Select(context.Draft.AddTable).ToArray();
        var tableOf = new int[buffer.Length];
        var formats = new FixedPointFormat[buffer.Length];
        var intervals = new RawInterval[buffer.Length];
        for (var e = 0; e < tableOf.Length; e++)
        {
            var local = layer.TableOf[layer.TableOf.Length == 1 ? 0 : e];
            var table = layer.Tables[local];
            RequireFormat(layer, buffer.Formats[e], table.Input, e);
            tableOf[e] = tables[local];
            formats[e] = table.Output;
            intervals[e] = table.ResultsOf(buffer.Intervals[e]);
        }

        var looked = context.Emit(layer.Name, "table", input.Shape, formats, intervals, destination => new TableLookupInstruction(
            layer.Name, input.Buffer, destination, tableOf));
        return Quantization.Finish(context, layer.Name, looked, ActivationKind.Linear, layer.Quantizer);
    }

    private static void RequireFormat(TableLayer layer, FixedPointFormat found, FixedPointFormat expected, int element)
    {
        bool bothZero = found.IsZero && expected.IsZero;
        if (!bothZero && found != expected)
        {
            throw new ModelGraphException(
                GraphErrorCodes.FormatMismatch,
                layer.Name,
                FormattableString.Invariant($"element {element} has the format {found}, its table is indexed by {expected}; quantize the input to the table's format"));
        }
    }
}
