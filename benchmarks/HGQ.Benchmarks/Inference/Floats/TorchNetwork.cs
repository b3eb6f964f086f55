using System;
using System.Collections.Generic;
using System.Linq;
using static TorchSharp.torch;

namespace HGQ.Benchmarks.Inference.Floats;

/// <summary>The network as TorchSharp modules.</summary>
internal sealed class TorchNetwork : IDisposable
{
    private readonly (FloatLayer Layer, nn.Module<Tensor, Tensor>[] Modules)[] _layers;

    public TorchNetwork(FloatNetwork network) => _layers = [.. network.Layers.Select(layer => (layer, Modules(layer).ToArray()))];

    /// <summary>The result for a batch; what lies between the layers is given back at once.</summary>
    public Tensor Forward(Tensor input)
    {
        var last = input;
        foreach (var module in _layers.SelectMany(layer => layer.Modules))
        {
            var next = module.call(last);
            if (!ReferenceEquals(last, input))
            {
                last.Dispose();
            }

            last = next;
        }

        return last;
    }

    /// <summary>Smallest and largest result of each layer.</summary>
    public Dictionary<string, (float Low, float High)> Ranges(Tensor input)
    {
        using var scope = NewDisposeScope();
        using var noGradient = inference_mode();
        var ranges = new Dictionary<string, (float, float)>();
        foreach (var (layer, modules) in _layers)
        {
            input = modules.Aggregate(input, (x, module) => module.call(x));
            ranges[layer.Name] = (input.min().item<float>(), input.max().item<float>());
        }

        return ranges;
    }

    public void Dispose()
    {
        foreach (var module in _layers.SelectMany(layer => layer.Modules))
        {
            module.Dispose();
        }
    }

    private static IEnumerable<nn.Module<Tensor, Tensor>> Modules(FloatLayer layer)
    {
        switch (layer)
        {
            case FloatDense dense:
                var linear = nn.Linear(dense.Inputs, dense.Outputs);
                Set(linear.weight, tensor(dense.Kernel, [dense.Inputs, dense.Outputs]).t());
                Set(linear.bias!, tensor(dense.Bias));
                yield return linear;
                break;
            case FloatConv conv:
                var convolution = nn.Conv2d(conv.KernelShape[1], conv.KernelShape[0], (conv.KernelShape[2], conv.KernelShape[3]));
                Set(convolution.weight, tensor(conv.Kernel, [.. conv.KernelShape.Select(n => (long)n)]));
                Set(convolution.bias!, tensor(conv.Bias));
                yield return convolution;
                break;
            case FloatMaxPool pool:
                yield return nn.MaxPool2d((pool.Height, pool.Width), (pool.Height, pool.Width));
                break;
            default:
                yield return nn.Flatten();
                break;
        }

        if (layer is FloatDense { Relu: true } or FloatConv { Relu: true })
        {
            yield return nn.ReLU();
        }
    }

    private static void Set(Tensor parameter, Tensor values)
    {
        using var noGradient = no_grad();
        parameter.copy_(values);
        values.Dispose();
    }
}
