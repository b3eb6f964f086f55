using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>Trained networks of other systems and constant matrices with what another compiler makes of them, as models.</summary>
public static class RecordedNetworks
{
    /// <summary>Names of the networks with a recorded netlist.</summary>
    public static IReadOnlyList<string> Names => ["pendigits-hgq1-s0-e997", "letter-hgq2-s0-e1246", "letter-hgq1-bn-s0-e999"];

    /// <summary>A network of integer weights, biases and per-element formats; every rounding is half up, every overflow wraps.</summary>
    public static ModelGraph Network(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var root = document.RootElement;
        var inputs = Formats(root.GetProperty("inputs"));
        var shape = TensorShape.Of(inputs.Length);
        var layers = new List<LayerNode> { new InputLayer("x", shape), new QuantizeLayer("q", "x", Wrapping(inputs)) };
        string source = "q";
        foreach (var layer in root.GetProperty("layers").EnumerateArray())
        {
            string name = FormattableString.Invariant($"d{layers.Count - 1}");
            layers.Add(Dense(name, source, layer));
            source = name;
        }

        return new ModelGraph(Path.GetFileNameWithoutExtension(path), layers.ToArray(), new[] { new ModelOutput("y", source) }, ModelMetadata.Empty);
    }

    /// <summary>y = x · M for one of the recorded matrices.</summary>
    public static ModelGraph Matrix(JsonElement matrix)
    {
        var inputs = matrix.GetProperty("input_formats").EnumerateArray().Select(format => format.EnumerateArray().Select(value => value.GetInt32()).ToArray())
            .Select(format => new FixedPointFormat(format[0] == 1, format[1], format[2])).ToArray();
        long[] weights = [.. matrix.GetProperty("matrix").GetProperty("data").EnumerateArray().Select(value => (long)value.GetDouble())];
        int outputs = weights.Length / inputs.Length;
        LayerNode[] layers =
        [
            new InputLayer("x", TensorShape.Of(inputs.Length)),
            new QuantizeLayer("q", "x", Wrapping(inputs)),
            new DenseLayer("d", "q", Tensor(weights, 0, inputs.Length, outputs), null, ActivationKind.Linear, null),
        ];
        return new ModelGraph("cmvm", layers, new[] { new ModelOutput("y", "d") }, ModelMetadata.Empty);
    }

    private static DenseLayer Dense(string name, string source, JsonElement layer)
    {
        int outputs = layer.GetProperty("n_out").GetInt32(), inputs = layer.GetProperty("n_in").GetInt32();
        long[] weights = [.. layer.GetProperty("w").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(value => value.GetInt64())];
        long[] bias = [.. layer.GetProperty("b").EnumerateArray().Select(value => value.GetInt64())];
        var quantizer = layer.GetProperty("out");
        return new DenseLayer(
            name,
            source,
            Tensor(weights, layer.GetProperty("w_frac").GetInt32(), inputs, outputs),
            Tensor(bias, layer.GetProperty("b_frac").GetInt32(), outputs),
            layer.GetProperty("relu").GetBoolean() ? ActivationKind.Relu : ActivationKind.Linear,
            quantizer.ValueKind == JsonValueKind.Null ? null : Wrapping(Formats(quantizer)));
    }

    private static IntegerTensor Tensor(long[] raw, int fractionBits, params int[] shape)
    {
        long widest = raw.Length == 0 ? 0 : raw.Max(value => value < 0 ? ~value : value);
        int bits = 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)widest);
        return new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(shape), new FixedPointFormat(true, bits - fractionBits, fractionBits)), raw);
    }

    private static QuantizerSpec Wrapping(FixedPointFormat[] formats) =>
        new(new TensorFormat(TensorShape.Of(formats.Length), formats), RoundingMode.RoundHalfUp, OverflowMode.Wrap);

    private static FixedPointFormat[] Formats(JsonElement element)
    {
        int[] Read(string name) => [.. element.GetProperty(name).EnumerateArray().Select(value => value.GetInt32())];
        int[] signs = Read("k"), integers = Read("i"), fractions = Read("f");
        return [.. signs.Select((sign, e) => new FixedPointFormat(sign == 1, integers[e], fractions[e]))];
    }
}
