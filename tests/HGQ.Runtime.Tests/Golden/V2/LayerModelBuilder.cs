using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Quantizers.FixedPoint;
using Padding = HGQ.Runtime.Layers.Padding;

namespace HGQ.Runtime.Tests.Golden.V2;

/// <summary>Builds this project's layers from a recorded case: input quantizers, the layer without a quantizer of its own, the output quantizer.</summary>
internal sealed partial class LayerModelBuilder
{
    /// <summary>Recorded kinds that are no layers of this project, and why.</summary>
    public static readonly IReadOnlyDictionary<string, string> NotApplicable = new Dictionary<string, string>
    {
        ["QBatchNormDense"] = "normalises its input, not its output: another layer than HDenseBatchNorm",
        ["QAffinedUnaryFunctionLUT"] = "trains a scale and an offset in front of its function; functions here have no parameters",
    };

    private readonly JsonElement _case;
    private readonly JsonElement _arguments;
    private readonly List<HInput> _ports = [];
    private readonly double _epsilon;

    public LayerModelBuilder(JsonElement recorded, double epsilon = 1e-3)
    {
        (_case, _epsilon) = (recorded, epsilon);
        _arguments = recorded.GetProperty("arguments");
        foreach (var input in recorded.GetProperty("inputs").EnumerateArray())
        {
            _ports.Add(new HInput([.. FixedPointGolden.Shape(input).Skip(1)], $"x{_ports.Count}"));
        }
    }

    private static IQuantizerConfig None => PassThrough.Config;

    private long[] OutputShape => [.. FixedPointGolden.Shape(_case.GetProperty("output_inference")).Skip(1)];

    public LayerModel Build() => _case.GetProperty("layer").GetString() switch
    {
        "QDense" => Kernel(new HDense(Int("units"), useBias: Has("bq"), kq: Q("kq"), paq: None, name: "layer", bq: Q("bq"))),
        "QEinsumDense" => EinsumDense(),
        "QEinsumDenseBatchnorm" => NormedDense(),
        "QConv1D" => Kernel(new HConv1D(Convolution(1), "layer")),
        "QConv2D" => Kernel(new HConv2D(Convolution(2), "layer")),
        "QBatchNormalization" => Normalization(),
        "QAdd" => Simple(new HAdd(None, "layer")),
        "QSubtract" => Simple(new HSubtract(None, "layer")),
        "QMultiply" => Simple(new HMultiply(0, None, "layer")),
        "QMaximum" => Simple(new HMaximum(None, "layer")),
        "QMinimum" => Simple(new HMinimum(None, "layer")),
        "QAveragePow2" => AverageOfInputs(),
        "QEinsum" when Text("equation") == "bij,bjk->bik" => Simple(new HMatMul(0, None, "layer")),
        "QDot" => Dot(),
        "QSum" => Simple(new HSum(Axes(), Flag("keepdims"), (int)Math.Log2(Real("scale", 1)), None, "layer")),
        "QMeanPow2" => Simple(new HSum(Axes(), Flag("keepdims"), -(int)Math.Log2(Axes().Aggregate(1L, (n, axis) => n * _ports[0].OutputShape[axis - 1])), None, "layer")),
        "QSoftmax" => Softmax(),
        "QUnaryFunctionLUT" => Simple(new HActivation(Text("activation") == "tanh" ? UnaryFunction.Tanh : UnaryFunction.Sigmoid, None, "layer"), fusedOutput: true),
        "QMaxPooling1D" => Simple(new PMaxPool1D(List("pool_size")!, List("strides"), PoolPadding(), "layer")),
        "QAveragePooling1D" => Simple(new PAvgPool1D(List("pool_size")!, List("strides"), PoolPadding(), "layer")),
        "QMaxPooling2D" => Simple(new PMaxPool2D(List("pool_size")!, List("strides"), PoolPadding(), "layer")),
        "QAveragePooling2D" => Simple(new PAvgPool2D(List("pool_size")!, List("strides"), PoolPadding(), "layer")),
        "QGlobalMaxPooling1D" => Simple(new PGlobalMaxPool1D("layer")),
        "QGlobalAveragePooling1D" => Simple(new PGlobalAvgPool1D("layer")),
        "QGlobalMaxPooling2D" => Simple(new PGlobalMaxPool2D("layer")),
        "QGlobalAveragePooling2D" => Simple(new PGlobalAvgPool2D("layer")),
        "QMultiHeadAttention" => Attention(),
        var kind => throw new ArgumentException($"{kind} {_arguments}"),
    };

    // Quantized inputs → layer → activation → output quantizer.
    private LayerModel Simple(HLayer layer, bool fusedOutput = false)
    {
        HLayer[] inputs = [.. _ports.Select((_, i) => Quantized(i))];
        if (fusedOutput)
        {
            layer = new HActivation(((HActivation)layer).Function, Q("oq"), "oq");
        }

        return Finish(layer.On(inputs));
    }

    private LayerModel Finish(HLayer last, bool activation = false)
    {
        if (activation && Text("activation", "linear") == "relu")
        {
            last = new HActivation(UnaryFunction.Relu, None, "relu").On(last);
        }

        if (Has("oq") && last.Name != "oq")
        {
            last = new HQuantize(Q("oq"), "oq").On(last);
        }

        var model = new LayerModel { Model = new HgqGraphModel("recorded", _ports, [last]) };
        model.WithOutput("oq", "oq");
        for (var i = 0; i < _ports.Count; i++)
        {
            model.WithOutput(_ports.Count == 1 ? "iq" : $"iq{i}", $"iq{i}");
        }

        return model;
    }

    private HLayer Quantized(int input)
    {
        var role = _ports.Count == 1 ? "iq" : $"iq{input}";
        return Has(role) ? new HQuantize(Q(role), $"iq{input}").On(_ports[input]) : _ports[input];
    }

    private LayerModel Kernel(KernelLayer layer) => Finish(layer.On(Quantized(0)), activation: true).WithKernel("", "layer");

    private bool Has(string role) => _case.GetProperty("quantizers").TryGetProperty(role, out _);

    private FixedPointQuantizerConfig? Q(string role)
    {
        if (!_case.GetProperty("quantizers").TryGetProperty(role, out var q))
        {
            return null;
        }

        return new FixedPointQuantizerConfig
        {
            Parametrisation = q.GetProperty("parametrisation").GetString() == "kbi" ? Parametrisation.Kbi : Parametrisation.Kif,
            KeepNegative = true,
            Rounding = Enum.Parse<RoundingMode>(q.GetProperty("rounding").GetString()!),
            Overflow = Enum.Parse<OverflowMode>(q.GetProperty("overflow").GetString()!),
            Decay = q.TryGetProperty("decay", out var decay) ? FixedPointGolden.Number(decay) : 0,
            SkipDims = q.GetProperty("shared_axes").EnumerateArray().Select(a => a.GetInt32()).ToArray(),
            IntegerLimits = BitRange.Unlimited,
            FractionLimits = BitRange.Unlimited,
            BitLimits = BitRange.Unlimited,
        };
    }

    private int[] Axes() => [.. (List("axes") ?? [-1]).Select(a => (int)a)];

    private long Int(string name) => _arguments.GetProperty(name).GetInt64();

    private string Text(string name, string otherwise = "") => _arguments.TryGetProperty(name, out var value) ? value.GetString()! : otherwise;

    private double Real(string name, double otherwise) => _arguments.TryGetProperty(name, out var value) ? value.GetDouble() : otherwise;

    private bool Flag(string name, bool otherwise = false) => _arguments.TryGetProperty(name, out var value) ? value.GetBoolean() : otherwise;

    private long[]? List(string name) => !_arguments.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null
        ? null
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(n => n.GetInt64())] : [value.GetInt64()];

    private Padding PoolPadding() => Text("padding", "valid") switch
    {
        "same" => Padding.Same,
        "causal" => Padding.Causal,
        _ => Padding.Valid,
    };
}
