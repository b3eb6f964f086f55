using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Import.Emission.Nodes;
using HGQ.Model.Graph;

namespace HGQ.Import.Emission.Qonnx;

/// <summary>Constants of a model as numbers of float32, or refused by their layer.</summary>
internal static class QonnxConstants
{
    /// <summary>The numbers of a tensor, exact.</summary>
    public static double[] Values(OnnxGraph graph, IntegerTensor tensor)
        => [.. tensor.Raw.Select((raw, e) => tensor.Format[e].IsZero ? 0
            : Math.ScaleB(graph.Number(tensor.Format[e].FromStorage(raw)), -tensor.Format[e].FractionBits))];

    /// <summary>A number as float32 has it.</summary>
    public static float Single(OnnxGraph graph, double value)
    {
        _ = graph.Floats([value], []);
        return (float)value;
    }

    /// <summary>[taps…, in, out] as [out, in, taps…].</summary>
    public static double[] ChannelsFirst(double[] values, int[] shape)
    {
        int inputs = shape[^2], outputs = shape[^1], taps = values.Length / (inputs * outputs);
        var moved = new double[values.Length];
        for (var e = 0; e < values.Length; e++)
        {
            int o = e % outputs, i = e / outputs % inputs, t = e / (outputs * inputs);
            moved[(((o * inputs) + i) * taps) + t] = values[e];
        }

        return moved;
    }

    public static double[] Parse(IEnumerable<string> texts)
        => [.. texts.Select(static text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];

    public static OnnxExportException Refuse(LayerNode layer, string why) => new(layer.Name,
        why + "; write the standard operators (hgq emit onnx --flavor qdq), or use another back end (hgq emit csharp, hls, verilog)");
}
