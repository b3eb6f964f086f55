using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden.V2;

/// <summary>A recorded layer of the second version as a model of this project's layers, its variables under the recorded names.</summary>
internal sealed class LayerModel
{
    private readonly Dictionary<string, FixedPointQuantizer> _quantizers = [];
    private readonly Dictionary<string, (torch.Tensor Tensor, Func<torch.Tensor, torch.Tensor>? Layout)> _variables = [];

    private readonly HgqGraphModel _model = null!;

    /// <summary>The model, in float64 from the start: a conversion would replace the tensors that are kept here.</summary>
    public required HgqGraphModel Model
    {
        get => _model;
        init
        {
            value.@double();
            _model = value;
        }
    }

    /// <summary>Layers whose cost is recorded; null: all.</summary>
    public IReadOnlyList<string>? Counted { get; init; }

    /// <summary>A quantizer of the recording, and how its parameters lie in this project's.</summary>
    public LayerModel With(string role, TrainableQuantizer? quantizer, Func<torch.Tensor, torch.Tensor>? layout = null)
    {
        if (quantizer is FixedPointQuantizer q)
        {
            _quantizers.Add(role, q);
            Add($"{role}.i", q.IntegerBits, layout);
            Add($"{role}.k", q.KeepNegative, layout);
            bool kbi = q.Config.Parametrisation == Parametrisation.Kbi;
            Add(kbi ? $"{role}.b" : $"{role}.f", kbi ? q.Bits : q.FractionBits, layout);
        }

        return this;
    }

    /// <summary>A variable of the recording.</summary>
    public LayerModel With(string name, torch.Tensor? variable, Func<torch.Tensor, torch.Tensor>? layout = null)
    {
        if (variable is not null)
        {
            Add(name, variable, layout);
        }

        return this;
    }

    /// <summary>The quantizers of a kernel layer and its variables.</summary>
    public LayerModel WithKernel(string prefix, string layer, Func<torch.Tensor, torch.Tensor>? layout = null)
    {
        var kernel = (KernelLayer)Model[layer];
        return With($"{prefix}kq", kernel.KernelQuantizer, layout)
            .With($"{prefix}bq", kernel.BiasQuantizer)
            .With($"{prefix}kernel", kernel.Kernel, layout)
            .With($"{prefix}bias", kernel.Bias);
    }

    /// <summary>The quantizer of a layer's output.</summary>
    public LayerModel WithOutput(string role, string layer, Func<torch.Tensor, torch.Tensor>? layout = null) =>
        Model.Layers.Any(l => l.Name == layer) ? With(role, ((QuantizedOutputLayer)Model[layer]).ActivationQuantizer, layout) : this;

    /// <summary>The quantizers whose integer bits follow the data, by their recorded roles.</summary>
    public IEnumerable<KeyValuePair<string, FixedPointQuantizer>> Following => _quantizers.Where(q => q.Value.Config.Overflow == OverflowMode.Wrap);

    /// <summary>The variable of a recorded name.</summary>
    public torch.Tensor this[string name] => _variables.TryGetValue(name, out var found) ? found.Tensor : throw new ArgumentException($"no variable {name}");

    /// <summary>Recorded numbers in the order of this project's variable.</summary>
    public torch.Tensor Arrange(string name, torch.Tensor recorded)
    {
        var (tensor, layout) = _variables[name];
        var arranged = layout is null ? recorded : layout(recorded);
        return arranged.numel() == 1 ? arranged.reshape(1).expand(tensor.numel()).reshape(tensor.shape) : arranged.reshape(tensor.shape);
    }

    private void Add(string name, torch.Tensor variable, Func<torch.Tensor, torch.Tensor>? layout) => _variables.Add(name, (variable, layout));
}
