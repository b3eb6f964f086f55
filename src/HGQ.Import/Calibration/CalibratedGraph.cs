using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Writes a float model with its chosen formats as layers of the product.</summary>
internal sealed class CalibratedGraph
{
    private readonly Func<string, string> _unique;
    private readonly List<LayerNode> _layers = [];

    // Layer that holds the results of each node.
    private readonly Dictionary<string, string> _holders = new(StringComparer.Ordinal);

    private CalibratedGraph(Func<string, string> unique) => _unique = unique;

    /// <summary>The layers, and the model's outputs.</summary>
    public static (EquatableArray<LayerNode> Layers, EquatableArray<ModelOutput> Outputs) Write(
        FloatModel model, IReadOnlyList<(Site Site, SiteChoice Choice)> choices, Func<string, string> unique)
    {
        var graph = new CalibratedGraph(unique);
        var starts = choices.ToDictionary(static choice => choice.Site.First.Name, StringComparer.Ordinal);
        foreach (FloatNode node in model.Nodes)
        {
            if (starts.TryGetValue(node.Name, out (Site Site, SiteChoice Choice) start))
            {
                graph.Add(start.Site, start.Choice);
            }
            else if (!graph._holders.ContainsKey(node.Name))
            {
                graph.AddExact(node, null);
            }
        }

        return (graph._layers.ToArray(), model.Outputs.Select(o => new ModelOutput(o.Name, graph._holders[o.Layer])).ToArray());
    }

    private void Add(Site site, SiteChoice choice)
    {
        FloatNode first = site.First;
        if (site.IsPort)
        {
            _layers.Add(first.Layer);
            Put(first, new QuantizeLayer(_unique(first.Name + "_quantize"), first.Name, choice.Format!));
        }
        else if (site.IsFunction)
        {
            AddTable(first, choice);
        }
        else
        {
            // A relu right behind a product or a scale is part of it.
            bool fuses = first.Kernel is not null && site.Nodes.Count > 1
                && site.Nodes[1].Step is RectifyStep { Slope.IsZero: true };
            int last = fuses ? 1 : 0;
            AddFirst(first, choice, fuses, last == site.Nodes.Count - 1 ? choice.Format : null);
            for (int n = 1; n < site.Nodes.Count; n++)
            {
                if (n <= last)
                {
                    _holders[site.Nodes[n].Name] = _holders[first.Name];
                }
                else
                {
                    AddExact(site.Nodes[n], n == site.Nodes.Count - 1 ? choice.Format : null);
                }
            }
        }
    }

    private void AddFirst(FloatNode node, SiteChoice choice, bool relu, QuantizerSpec? format)
    {
        string[] inputs = Inputs(node);
        ActivationKind activation = relu ? ActivationKind.Relu : ActivationKind.Linear;
        if (node.Kernel is null)
        {
            AddExact(node, format);
            return;
        }

        int outputs = node.Shape.Channels;
        var conv = node.Layer as ConvLayer;
        TensorShape weights = conv?.Kernel.Shape ?? (node.Layer as DenseLayer)?.Kernel.Shape ?? TensorShape.Of(outputs);
        IntegerTensor kernel = Tensor(node.Name, "kernel", weights, choice.Kernel!);
        IntegerTensor? bias = choice.Bias is { } b && b.Any(static x => x != 0)
            ? Tensor(node.Name, "bias", TensorShape.Of(outputs), b) : null;
        Put(node, conv is not null
            ? new ConvLayer(node.Name, inputs[0], kernel, bias, conv.Strides, conv.Dilations, conv.Padding, conv.Groups, activation,
                format, conv.ParallelFactor)
            : node.IsProduct ? new DenseLayer(node.Name, inputs[0], kernel, bias, activation, format)
            : new ScaleOffsetLayer(node.Name, inputs[0], kernel, bias, activation, format));
    }

    private void AddTable(FloatNode node, SiteChoice choice)
    {
        string input = Inputs(node)[0];
        FixedPointFormat index;
        if (choice.Index is { } spec)
        {
            string name = _unique(node.Name + "_index");
            _layers.Add(new QuantizeLayer(name, input, spec));
            (input, index) = (name, spec.Format[0]);
        }
        else
        {
            index = QuantizerOf(_layers.First(layer => layer.Name == input)).Format[0];
        }

        var function = (FunctionStep)node.Step!;
        FixedPointFormat output = choice.Format!.Format[0];
        var entries = new long[1 << index.Width];
        for (var n = 0; n < entries.Length; n++)
        {
            long raw = index.Signed && n >= entries.Length / 2 ? n - entries.Length : n;
            entries[n] = FixedPointArithmetic.FromDouble(function.Function(FixedPointArithmetic.ToDouble(raw, index)), output,
                RoundingMode.RoundHalfEven, OverflowMode.Saturate);
        }

        Put(node, new TableLayer(node.Name, input, new[] { new LookupTable(index, output, entries) }, new[] { 0 }, null));
    }

    private static QuantizerSpec QuantizerOf(LayerNode layer) => layer switch
    {
        QuantizeLayer quantize => quantize.Quantizer,
        DenseLayer dense => dense.Quantizer!,
        ConvLayer conv => conv.Quantizer!,
        ScaleOffsetLayer scale => scale.Quantizer!,
        ReluLayer relu => relu.Quantizer!,
        ClampLayer clamp => clamp.Quantizer!,
        AddLayer add => add.Quantizer!,
        MultiplyLayer multiply => multiply.Quantizer!,
        MatMulLayer product => product.Quantizer!,
        ReduceLayer reduce => reduce.Quantizer!,
        _ => throw new InvalidOperationException($"'{layer.Name}' has no quantizer"),
    };

    // What needs no constants of its own.
    private void AddExact(FloatNode node, QuantizerSpec? format)
        => Put(node, node.Step is { } step ? Limit(node, step, format) : node.Layer.Accept(new Rewiring(Inputs(node), format)));

    private LayerNode Limit(FloatNode node, Step step, QuantizerSpec? format)
    {
        string input = Inputs(node)[0];
        if (step is RectifyStep rectify)
        {
            int bits = Math.Max(0, rectify.Slope.FractionBits);
            return new ReluLayer(node.Name, input, (long)rectify.Slope.ToRaw(bits), bits, format);
        }

        var clip = (ClipStep)step;
        int limitBits = Math.Max(0, Math.Max(clip.Low?.FractionBits ?? 0, clip.High?.FractionBits ?? 0));
        return new ClampLayer(node.Name, input, Raw(node, clip.Low, limitBits, long.MinValue / 2),
            Raw(node, clip.High, limitBits, long.MaxValue / 2), limitBits, format);
    }

    private static long Raw(FloatNode node, Rational? limit, int bits, long none)
    {
        if (limit is not { } number)
        {
            return none;
        }

        System.Numerics.BigInteger raw = number.ToRaw(bits);
        return raw > long.MinValue / 2 && raw < long.MaxValue / 2 ? (long)raw
            : throw new ImportException(node.Name, $"its limit {number} needs more than 62 bits; clip at a rounder number");
    }

    private static IntegerTensor Tensor(string layer, string what, TensorShape shape, double[] values)
        => Constants.Tensor(layer, what, shape, [.. values.Select(Rational.Of)]);

    private string[] Inputs(FloatNode node) => [.. node.Inputs.Select(name => _holders[name])];

    private void Put(FloatNode node, LayerNode layer)
    {
        _layers.Add(layer);
        _holders[node.Name] = layer.Name;
    }
}
