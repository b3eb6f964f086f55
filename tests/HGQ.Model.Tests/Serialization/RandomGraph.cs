using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Tests.Serialization;

/// <summary>Random graphs whose shapes fit, with layers of every kind; the same seed gives the same graph.</summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly RandomTensors _tensors;
    private readonly List<LayerNode> _layers = [];
    private IReadOnlyDictionary<string, TensorShape> _shapes = new Dictionary<string, TensorShape>();

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
        _tensors = new RandomTensors(_random);
    }

    public static ModelGraph Create(int seed)
    {
        var random = new RandomGraph(seed);
        int inputs = random._random.Next(1, 3);
        for (int n = 0; n < inputs; n++)
        {
            string input = random.NewName();
            random.Append(new InputLayer(input, random._tensors.Shape()));
            random.Append(shape => new QuantizeLayer(random.NewName(), input, random._tensors.Quantizer(shape)), random._shapes[input]);
        }

        int wanted = random._layers.Count + random._random.Next(1, 7);
        while (random._layers.Count < wanted)
        {
            random.AppendAny();
        }

        return random.Finish(seed);
    }

    private ModelGraph Finish(int seed)
    {
        string[] names = [.. _layers.Where(layer => layer is not InputLayer).Select(layer => layer.Name)];
        ModelOutput[] outputs = [.. names.TakeLast(2).Select((name, n) => new ModelOutput($"out{n.ToString(CultureInfo.InvariantCulture)}", name))];
        var steps = new List<Standardization>();
        if (_random.Next(2) == 0)
        {
            int size = _shapes[_layers[0].Name].Size;
            string[] Decimals() => [.. Enumerable.Range(0, size).Select(_ => (_random.NextDouble() + 0.1).ToString("R", CultureInfo.InvariantCulture))];
            steps.Add(new Standardization(_layers[0].Name, Decimals(), Decimals()));
        }

        MetadataEntry[] entries =
        [
            new("title", "\"" + new string('x', _random.Next(5)) + "\\n \\u00e9 é\""),
            new("classes", """["a","b c"]"""),
            new("nested", """{"ebops":1234567890123456789012.50e-3,"list":[1,[true,null],{}],"":""}"""),
        ];
        return new ModelGraph(
            $"model {seed.ToString(CultureInfo.InvariantCulture)} ✓", _layers.ToArray(), outputs, new ModelMetadata(steps.ToArray(), entries[..^_random.Next(3)]));
    }

    private string NewName() => "l" + (_layers.Count + 1).ToString(CultureInfo.InvariantCulture) + (_random.Next(5) == 0 ? " \"ü\"" : "");

    private QuantizerSpec? Maybe(TensorShape shape) => _random.Next(3) > 0 ? _tensors.Quantizer(shape) : null;

    private ActivationKind Activation() => _random.Next(2) == 0 ? ActivationKind.Linear : ActivationKind.Relu;

    private void Append(LayerNode layer)
    {
        LayerNode[] all = [.. _layers, layer];
        var output = new ModelOutput[] { new("y", layer.Name) };
        _shapes = ShapeInference.Infer(new ModelGraph("partial", all, output, ModelMetadata.Empty));
        _layers.Add(layer);
    }

    private void Append(Func<TensorShape, LayerNode> layer, TensorShape shape) => Append(layer(shape));

    // The shape of a layer's result decides the shape of its quantizer: build it without, infer, build it again.
    private void Append(Func<QuantizerSpec?, LayerNode> layer)
    {
        LayerNode bare = layer(null);
        var graph = new ModelGraph("partial", (LayerNode[])[.. _layers, bare], new ModelOutput[] { new("y", bare.Name) }, ModelMetadata.Empty);
        Append(layer(Maybe(ShapeInference.Infer(graph)[bare.Name])));
    }

    private void AppendAny()
    {
        string[] sources = [.. _layers.Where(layer => layer is not InputLayer).Select(layer => layer.Name)];
        string x = sources[_random.Next(sources.Length)];
        string name = NewName();
        switch (_random.Next(5))
        {
            case 0:
                AppendProduct(name, x, _shapes[x]);
                break;
            case 1:
                AppendUnary(name, x, _shapes[x]);
                break;
            case 2:
                AppendSeveral(name, x, _shapes[x]);
                break;
            case 3:
                AppendWindow(name, x, _shapes[x]);
                break;
            default:
                AppendMove(name, x, _shapes[x]);
                break;
        }
    }

    private void AppendProduct(string name, string x, TensorShape shape)
    {
        int outputs = _random.Next(1, 5);
        IntegerTensor? bias = _random.Next(2) == 0 ? _tensors.Constants(TensorShape.Of(outputs)) : null;
        ActivationKind activation = Activation();
        if (shape.Rank > 0 && _random.Next(2) == 0)
        {
            IntegerTensor kernel = _tensors.Constants(TensorShape.Of(shape.Channels, outputs));
            Append(quantizer => new DenseLayer(name, x, kernel, bias, activation, quantizer));
        }
        else if (shape.Rank > 0)
        {
            IntegerTensor scale = _tensors.Constants(TensorShape.Of(shape.Channels));
            Append(quantizer => new ScaleOffsetLayer(name, x, scale, bias is null ? null : scale, activation, quantizer));
        }
    }

    private void AppendUnary(string name, string x, TensorShape shape)
    {
        int shift = _random.Next(-5, 6);
        LookupTable[] tables = [_tensors.Table(), _tensors.Table()];
        int[] tableOf = _random.Next(2) == 0 ? [1] : [.. Enumerable.Range(0, shape.Size).Select(n => n % 2)];
        Func<QuantizerSpec?, LayerNode>[] kinds =
        [
            quantizer => new ReluLayer(name, x, _random.Next(2), _random.Next(1, 5), quantizer),
            quantizer => new ClampLayer(name, x, -3, long.MaxValue, -2, quantizer),
            quantizer => new TableLayer(name, x, tables, tableOf, quantizer),
            _ => new ShiftLayer(name, x, shift),
        ];
        Append(kinds[_random.Next(kinds.Length)]);
    }

    private void AppendSeveral(string name, string x, TensorShape shape)
    {
        string[] operands = [x, x, x];
        bool[] negate = [false, true, _random.Next(2) == 0];
        Func<QuantizerSpec?, LayerNode>[] kinds =
        [
            quantizer => new AddLayer(name, operands, negate, quantizer),
            quantizer => new MultiplyLayer(name, x, x, quantizer),
            quantizer => new ExtremumLayer(name, operands, ReductionKind.Min, quantizer),
            quantizer => shape.Rank >= 2 ? new MatMulLayer(name, x, x, true, quantizer) : new MultiplyLayer(name, x, x, quantizer),
        ];
        Append(kinds[_random.Next(kinds.Length)]);
    }

    private void AppendWindow(string name, string x, TensorShape shape)
    {
        int spatial = shape.Rank - 1;
        if (spatial is < 1 or > 2)
        {
            return;
        }

        int[] size = [.. shape.Dimensions.Take(spatial).Select(n => Math.Min(n, 2))];
        int[] ones = [.. size.Select(_ => 1)];
        if (_random.Next(2) == 0)
        {
            var kind = (PoolKind)_random.Next(2);
            Append(quantizer => new PoolLayer(name, x, kind, size, ones, PaddingKind.Same, quantizer));
            return;
        }

        bool depthwise = _random.Next(2) == 0;
        int[] kernelShape = [.. size, depthwise ? 1 : shape.Channels, shape.Channels];
        IntegerTensor kernel = _tensors.Constants(new TensorShape(kernelShape));
        PaddingKind padding = spatial == 1 ? PaddingKind.Causal : PaddingKind.Valid;
        int groups = depthwise ? shape.Channels : 1;
        Append(quantizer => new ConvLayer(name, x, kernel, null, ones, ones, padding, groups, Activation(), quantizer, 3));
    }

    private void AppendMove(string name, string x, TensorShape shape)
    {
        int[] axes = [.. Enumerable.Range(0, shape.Rank)];
        int[] zeros = [.. axes.Select(_ => 0)];
        int[] ones = [.. axes.Select(_ => 1)];
        var reduction = (ReductionKind)_random.Next(3);
        bool keep = _random.Next(2) == 0;
        Func<QuantizerSpec?, LayerNode>[] kinds =
        [
            _ => new ReshapeLayer(name, x, TensorShape.Of(1, shape.Size)),
            _ => new PermuteLayer(name, x, axes.Reverse().ToArray()),
            _ => new ConcatenateLayer(name, new[] { x, x }, _random.Next(Math.Max(1, shape.Rank))),
            _ => new SliceLayer(name, x, zeros, ones, ones),
            quantizer => new ReduceLayer(name, x, reduction, axes, keep, quantizer),
        ];
        int kind = shape.Rank == 0 ? 0 : _random.Next(kinds.Length);
        Append(kinds[kind](null) is ConcatenateLayer fixedAxis ? _ => fixedAxis : kinds[kind]);
    }
}
