using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>
/// A model of quantized layers. One training step:
/// <code>
/// using var scope = torch.NewDisposeScope();
/// model.train();
/// var loss = criterion(model.forward(x), target) + model.EbopsLoss();   // in this order
/// optimizer.zero_grad(); loss.backward(); optimizer.step();
/// // model.Ebops and layer.Ebops now hold this step's numbers; layer.Beta may be changed before the next step.
/// </code>
/// Parameters and records are in <c>state_dict()</c> under names like <c>d1.kernel</c>, <c>d1.kq.fbw</c>, <c>d1.paq.min</c>.
/// <c>model.@double()</c> converts everything to float64.
/// </summary>
public abstract class HgqModel : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly int[][] _sources;
    private readonly int[] _outputs;

    // The layer whose parameters say what type the data have.
    private readonly HLayer? _typed;

    private EbopsCount _count;
    private bool _checked;
    private string? _nestedAs;

    /// <summary>Sorts the layers between inputs and outputs, names the unnamed and registers them.</summary>
    /// <param name="name">Name of the model.</param>
    /// <param name="inputs">Its ports, in the order in which tensors are given.</param>
    /// <param name="outputs">The layers whose outputs are returned.</param>
    /// <exception cref="ArgumentException">A layer reads something that is not reachable from the inputs, or two have one name.</exception>
    protected HgqModel(string name, IReadOnlyList<HInput> inputs, IReadOnlyList<HLayer> outputs)
        : base(name)
    {
        ModelName = name;
        InputPorts = [.. inputs];
        Outputs = [.. outputs.Select(static output => output.Result)];
        Layers = LayerOrder.Sort(InputPorts, Outputs);
        LayerOrder.AssignNames([.. InputPorts, .. Layers]);
        HLayer[] nodes = [.. InputPorts, .. Layers];
        var index = nodes.Select((layer, position) => (layer, position)).ToDictionary(pair => pair.layer, pair => pair.position);
        _sources = [.. Layers.Select(layer => layer.Inputs.Select(input => index[input]).ToArray())];
        _outputs = [.. Outputs.Select(output => index[output])];
        _typed = Layers.OfType<KernelLayer>().FirstOrDefault() ?? Layers.FirstOrDefault(static layer => layer.DataType is not null);
        foreach (var layer in Layers)
        {
            register_module(layer.Name, layer);
        }
    }

    /// <summary>Raised once, at the first training pass, for each layer that can learn nothing; the text names it.</summary>
    public event Action<string>? Warning;

    /// <summary>Name of the model.</summary>
    public string ModelName { get; }

    /// <summary>The ports, in the order in which tensors are given.</summary>
    public IReadOnlyList<HInput> InputPorts { get; }

    /// <summary>All layers but the ports, each behind the layers it reads.</summary>
    public IReadOnlyList<HLayer> Layers { get; }

    /// <summary>The layers whose outputs are returned.</summary>
    public IReadOnlyList<HLayer> Outputs { get; }

    /// <summary>Sum of the layers' EBOPs as last computed.</summary>
    public double Ebops => Layers.Sum(layer => layer.Ebops);

    /// <summary>Whether fused passes may be used instead of chains of torch operators.</summary>
    public bool UseFusedPasses
    {
        get => Quantizers.All(q => q.UseFusedPasses);
        set
        {
            foreach (var quantizer in Quantizers)
            {
                quantizer.UseFusedPasses = value;
            }
        }
    }

    /// <summary>What counts as an effective bit operation, in the loss and after tracing.</summary>
    public EbopsCount Count
    {
        get => _count;
        set
        {
            _count = value;
            foreach (var quantizer in Quantizers)
            {
                quantizer.Count = value;
            }
        }
    }

    /// <summary>The quantizers of all layers.</summary>
    public IEnumerable<TrainableQuantizer> Quantizers => Layers.SelectMany(layer => layer.Quantizers);

    /// <summary>The layer of this name.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public HLayer this[string name] => Layers.FirstOrDefault(layer => layer.Name == name)
        ?? throw new ArgumentException($"The model {ModelName} has no layer named {name}.", nameof(name));

    /// <summary>Outputs for one tensor per port, each with the batch as first dimension.</summary>
    /// <exception cref="ArgumentException">Number, shapes or types of the tensors do not fit.</exception>
    public IReadOnlyList<torch.Tensor> Forward(IReadOnlyList<torch.Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != InputPorts.Count)
        {
            throw new ArgumentException($"The model {ModelName} has {InputPorts.Count} inputs; {inputs.Count} were given.", nameof(inputs));
        }

        var type = _typed?.DataType;
        var values = new torch.Tensor[InputPorts.Count + Layers.Count];
        for (var i = 0; i < InputPorts.Count; i++)
        {
            TensorCheck.RequireBatch($"The input {InputPorts[i].Name}", inputs[i], InputPorts[i].OutputShape, type);
            values[i] = inputs[i];
        }

        if (training && !_checked)
        {
            TorchThreads.Choose(this, inputs[0].Shape[0]);
            WarnOfCollapsedKernels(isTraining: true);
        }

        for (var i = 0; i < Layers.Count; i++)
        {
            values[InputPorts.Count + i] = Layers[i].Compute(Array.ConvertAll(_sources[i], source => values[source]));
        }

        return Array.ConvertAll(_outputs, output => values[output]);
    }

    /// <summary>The first output, for a model with one input.</summary>
    public sealed override torch.Tensor forward(torch.Tensor input) => Forward([input])[0];

    /// <summary>
    /// Σ β·EBOPs over the layers plus the regularizers: differentiable, a scalar. To be called after a training-mode forward; also
    /// stores each layer's <see cref="HLayer.Ebops"/>.
    /// </summary>
    public torch.Tensor EbopsLoss() => CostFunction.Total(this);

    /// <summary>Exact EBOPs of all layers; needs recorded ranges (TraceMinmax).</summary>
    public double ExactEbops() => Layers.Sum(layer => Count == EbopsCount.Products ? layer.ExactEbops() : Hgq2Ebops(layer));

    /// <summary>Empties all records; usual at the start of an epoch.</summary>
    public void ResetMinmax()
    {
        foreach (var quantizer in Quantizers)
        {
            quantizer.ResetRecord();
        }
    }

    /// <summary>Sets β of every layer.</summary>
    public void SetBeta(double beta)
    {
        foreach (var layer in Layers)
        {
            layer.Beta = beta;
        }
    }

    /// <summary>Draws the initial weights of all layers anew.</summary>
    /// <param name="uniform">Numbers in [0, 1).</param>
    public void InitializeWeights(Func<double> uniform)
    {
        foreach (var layer in Layers)
        {
            layer.InitializeWeights(uniform);
        }
    }

    /// <summary>Names of the layers whose weights all round to 0.</summary>
    public IReadOnlyList<string> CollapsedLayers() =>
        [.. Layers.OfType<KernelLayer>().Where(layer => layer.IsCollapsed()).Select(layer => layer.Name)];
    /// <summary>Marks the model as a part of another one.</summary>
    /// <exception cref="InvalidOperationException">It is one already.</exception>
    internal void Nest(string block)
    {
        if (_nestedAs is not null)
        {
            throw new InvalidOperationException(
                $"The model {ModelName} is used twice, as {_nestedAs} and as {block}; a model can be used as a layer only once. Make a second one.");
        }

        _nestedAs = block;
    }

    // Layers are registered under their own names.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }

    // This count knows the quantizers' widths only, which tracing has fixed.
    private static double Hgq2Ebops(HLayer layer)
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        return layer.Ebops = layer.Hgq2Terms().Sum(term => term.Value().Number());
    }

    /// <summary>At the first training pass: raises <see cref="Warning"/> for layers that can learn nothing.</summary>
    internal void WarnOfCollapsedKernels(bool isTraining)
    {
        if (_checked || !isTraining)
        {
            return;
        }

        _checked = true;
        using DisposeScope scope = torch.NewDisposeScope();
        foreach (var name in Warning is null ? [] : CollapsedLayers())
        {
            Warning?.Invoke($"Every weight of the layer {name} rounds to 0, so it can learn nothing: start from more bits, or adapt them to the weights.");
        }
    }
}
