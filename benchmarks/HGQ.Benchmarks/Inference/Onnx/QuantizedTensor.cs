using System;
using System.Linq;

namespace HGQ.Benchmarks.Inference.Onnx;

/// <summary>Constants in 8 bits with one scale: value = code · scale.</summary>
internal sealed record QuantizedTensor(sbyte[] Codes, float Scale)
{
    public static QuantizedTensor Of(float[] values)
    {
        float scale = values.Max(Math.Abs) / 127;
        return new QuantizedTensor([.. values.Select(value => (sbyte)MathF.Round(value / scale))], scale);
    }

    /// <summary>Writes the codes, the scale and the zero point as NAME, NAME_scale, NAME_zero.</summary>
    public void Write(OnnxGraph graph, string name, int[] shape)
        => graph.Tensor(name, shape, Codes).Tensor(name + "_scale", [], new[] { Scale }).Tensor(name + "_zero", [], new sbyte[] { 0 });
}
