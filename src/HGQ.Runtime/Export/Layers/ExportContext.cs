using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Export.Layers;

/// <summary>What the exporters of all kinds of layers share: shapes, formats and raw integers of trained tensors.</summary>
internal sealed class ExportContext
{
    private readonly List<LayerNode> _nodes = [];

    private readonly HgqModel _model;

    public ExportContext(HgqModel model, ExportRules rules) => (_model, Rules) = (model, rules);

    /// <summary>What the export was asked for.</summary>
    public ExportRules Rules { get; }

    /// <summary>The layers of the model file so far.</summary>
    public IReadOnlyList<LayerNode> Nodes => _nodes;

    /// <summary>Name of what a layer reads in the model file, where dropout does not exist.</summary>
    public static string SourceOf(HLayer layer, int input = 0)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return Exported(layer.Inputs[input]).Name;
    }

    /// <summary>Names of all that a layer reads in the model file, in order.</summary>
    public static EquatableArray<string> SourcesOf(HLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.Inputs.Select(static input => Exported(input).Name).ToArray();
    }

    /// <summary>A shape without the batch dimension.</summary>
    public static TensorShape ShapeOf(IReadOnlyList<long> shape) => new(new EquatableArray<int>([.. shape.Select(static d => checked((int)d))]));

    /// <summary>Values on fixed-point grids as raw integers, each with the smallest format that holds it.</summary>
    /// <param name="values">Values that a quantizer returned; disposed here.</param>
    public static IntegerTensor IntegersOf(torch.Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        using torch.Tensor owned = values;
        FixedPointBits bits = HgqQuantizer.GetArrBits(owned);
        double[] numbers = TensorValues.Read(owned);
        var formats = new FixedPointFormat[numbers.Length];
        var raw = new long[numbers.Length];
        for (int e = 0; e < numbers.Length; e++)
        {
            formats[e] = bits[e];
            raw[e] = (long)Math.ScaleB(numbers[e], bits[e].FractionBits);
        }

        return new IntegerTensor(new TensorFormat(ShapeOf(owned.Shape), formats), raw);
    }

    /// <summary>The quantizer of a layer's output, as traced.</summary>
    /// <exception cref="LayerExportFault">Nothing was traced.</exception>
    public QuantizerSpec QuantizerOf(QuantizedOutputLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        bool port = layer.Inputs.All(static input => Exported(input) is HInput);
        FixedPointBits bits = ExactBits(layer);
        var formats = new FixedPointFormat[bits.Count];
        for (int e = 0; e < formats.Length; e++)
        {
            FixedPointFormat traced = bits[e];
            int margin = port && !traced.IsZero ? Rules.InputMarginBits : 0;
            formats[e] = traced.IsZero ? FixedPointFormat.Zero : traced with { IntegerBits = traced.IntegerBits + margin };
        }

        TrainableQuantizer quantizer = layer.ActivationQuantizer;
        OverflowMode overflow = quantizer.Overflow ?? (port ? Rules.InputOverflow : Rules.Overflow);
        return new QuantizerSpec(new TensorFormat(ShapeOf(layer.OutputShape), formats), quantizer.Rounding, overflow);
    }

    /// <summary>Whether a layer is read by layers of a kind only, and is no output.</summary>
    public bool IsReadOnlyBy<TLayer>(HLayer layer)
        where TLayer : HLayer =>
        !_model.Outputs.Contains(layer) && _model.Layers.Where(reader => reader.Inputs.Contains(layer)).All(static reader => reader is TLayer);

    /// <summary>Formats that the elements of an exported layer really have: its quantizer's, or those that the lowering proves.</summary>
    /// <param name="source">Name of the exported layer.</param>
    /// <param name="reader">Trained layer that reads it, to blame if there are none.</param>
    public IReadOnlyList<FixedPointFormat> FormatsOf(string source, string reader)
    {
        try
        {
            var graph = new ModelGraph("part", _nodes.ToArray(), new[] { new ModelOutput(source, source) }, ModelMetadata.Empty);
            return Lowerer.Lower(graph).Probes.Single(p => p.Layer == source).Formats.ToArray();
        }
        catch (ModelGraphException e)
        {
            throw new LayerExportFault(reader, e.Message, e);
        }
    }

    public void Add(IEnumerable<LayerNode> nodes) => _nodes.AddRange(nodes);

    /// <summary>The layer itself, or what it stands for where it does nothing at inference.</summary>
    public static HLayer Exported(HLayer layer) => layer is PDropout ? Exported(layer.Inputs[0]) : layer;

    private static FixedPointBits ExactBits(HLayer layer)
    {
        try
        {
            return layer.ExactOutputBits();
        }
        catch (InvalidOperationException e)
        {
            throw new LayerExportFault(layer.Name, e.Message, e);
        }
    }
}
