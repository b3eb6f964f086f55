using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;

namespace HGQ.Runtime.Descriptions;

/// <summary>The kinds of layer that a description can name, and what options each has (docs/model-description.md).</summary>
internal static partial class LayerKinds
{
    private static readonly (string Word, Func<LayerOptions, LayerMaker> Read)[] Kinds =
    [
        ("quantize", Quantize), ("signature", ReadSignature),
        ("dense", Dense), ("conv1d", static o => Conv(o, 1)), ("conv2d", static o => Conv(o, 2)),
        ("activation", ReadActivation), ("add", Add), ("subtract", Subtract), ("multiply", Multiply), ("matmul", MatMul),
        ("maximum", Maximum), ("minimum", Minimum), ("sum", Sum), ("reduce-max", ReduceMax),
        ("batch-normalization", BatchNormalization), ("softmax", Softmax), ("attention", Attention),
        ("max-pool1d", static o => Pool(o, 1, static (n, s, t, p) => new PMaxPool1D(s, t, p, n))),
        ("max-pool2d", static o => Pool(o, 2, static (n, s, t, p) => new PMaxPool2D(s, t, p, n))),
        ("average-pool1d", static o => Pool(o, 1, static (n, s, t, p) => new PAvgPool1D(s, t, p, n))),
        ("average-pool2d", static o => Pool(o, 2, static (n, s, t, p) => new PAvgPool2D(s, t, p, n))),
        ("global-max-pool1d", static _ => static (name, _) => new PGlobalMaxPool1D(name)),
        ("global-max-pool2d", static _ => static (name, _) => new PGlobalMaxPool2D(name)),
        ("global-average-pool1d", static _ => static (name, _) => new PGlobalAvgPool1D(name)),
        ("global-average-pool2d", static _ => static (name, _) => new PGlobalAvgPool2D(name)),
        ("reshape", Reshape), ("flatten", static _ => static (name, _) => new PFlatten(name)), ("permute", Permute),
        ("concatenate", Concatenate), ("slice", Slice), ("dropout", Dropout),
    ];

    /// <summary>The words, with what reads the options of each.</summary>
    public static IReadOnlyList<(string Word, Func<LayerOptions, LayerMaker> Read)> All => Kinds;

    /// <summary>Kinds that may read the real numbers of an input.</summary>
    public static bool ReadsReals(string kind) => kind is "quantize" or "signature" or "dropout";

    private static LayerMaker Pool(LayerOptions options, int rank, Func<string, long[], long[]?, Padding, HLayer> create)
    {
        long[] size = options.Members.Integers("size", 1, [.. new[] { 1, rank }.Distinct()]);
        long[]? strides = options.Members.OptionalIntegers("strides", 1, [.. new[] { 1, rank }.Distinct()]);
        Padding padding = options.ReadPadding(causal: false);
        return (name, _) => create(name, size, strides, padding);
    }

    private static LayerMaker Reshape(LayerOptions options)
    {
        long[] shape = options.Members.Integers("shape", -1);
        return (name, _) => new PReshape(shape, name);
    }

    private static LayerMaker Permute(LayerOptions options)
    {
        int[] order = Array.ConvertAll(options.Members.Integers("order", 1), static d => (int)d);
        return (name, _) => new PPermute(order, name);
    }

    private static LayerMaker Concatenate(LayerOptions options)
    {
        int axis = options.Members.Integer("axis", -8, 8, otherwise: -1);
        return (name, _) => new PConcatenate(axis, name);
    }

    private static LayerMaker Slice(LayerOptions options)
    {
        int axis = options.Members.Integer("axis", 1, 8, otherwise: 1);
        int start = options.Members.Integer("start", 0, int.MaxValue), length = options.Members.Size("length");
        return (name, _) => new PSlice(axis, start, length, name);
    }

    private static LayerMaker ReduceMax(LayerOptions options)
    {
        int[] axes = Array.ConvertAll(options.Members.Integers("axes", -8), static d => (int)d);
        bool keep = options.Members.Flag("keepDimensions", otherwise: false);
        return (name, _) => new PReduceMax(axes, keep, name);
    }

    private static LayerMaker Dropout(LayerOptions options)
    {
        double rate = options.Members.Number("rate", 0, 0.999);
        return (name, _) => new PDropout(rate, name);
    }
}
