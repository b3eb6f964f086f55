using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Layers;

/// <summary>
/// A layer that knows what its outputs cost: values go forward as plain tensors, widths are asked for along the links to the layers
/// that are read (<see cref="Inputs"/>), which are set once by <see cref="On"/>.
/// </summary>
/// <remarks>
/// The order in a training step: forward through all layers (each records its range), then <see cref="HgqModel.EbopsLoss"/>, which asks
/// every layer for <see cref="CostTerms"/>; these ask the inputs for <see cref="OutputBits"/>. After tracing, <see cref="ExactEbops"/> and
/// <see cref="ExactOutputBits"/> answer in integers. A derived layer registers its parameters and quantizers itself; tensors of one step
/// live inside <see cref="KernelQuantization"/> and <see cref="ActivationQuantization"/>, never in fields of type Tensor.
/// </remarks>
public abstract class HLayer : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private HLayer[] _inputs = [];
    private long[] _outputShape = [];

    /// <summary>A layer that is not linked yet.</summary>
    /// <param name="name">Unique in its model; null: chosen by the model.</param>
    /// <param name="beta">Weight of this layer's EBOPs in the loss.</param>
    protected HLayer(string? name, double beta = 0)
        : base(name ?? "layer")
    {
        if (name is not null && (name.Length == 0 || name.Contains('.', StringComparison.Ordinal)))
        {
            throw new ArgumentException($"A layer's name must not be empty nor hold a dot: \"{name}\".", nameof(name));
        }

        Name = name ?? "";
        Beta = beta;
    }

    /// <summary>Unique in its model; empty until the model has chosen one.</summary>
    public string Name { get; internal set; }

    /// <summary>Weight of this layer's EBOPs in the loss; may be changed between steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or no number.</exception>
    public double Beta
    {
        get;
        set => field = value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"β of the layer {Label} is 0 or more.");
    }

    /// <summary>EBOPs as last computed: differentiable ones by the model's loss, exact ones by <see cref="ExactEbops"/>.</summary>
    public double Ebops { get; internal set; }

    /// <summary>The layers that are read, in order.</summary>
    public IReadOnlyList<HLayer> Inputs => _inputs;

    /// <summary>The block that this layer is a part of, or null.</summary>
    public HBlock? Owner { get; private set; }

    /// <summary>Whether <see cref="On"/> was called.</summary>
    public bool IsLinked { get; private set; }

    /// <summary>Shape of the output without the batch dimension.</summary>
    public IReadOnlyList<long> OutputShape => _outputShape;

    /// <summary>Whether no output is negative because it is behind a relu.</summary>
    public virtual bool IsNonNegative => false;

    /// <summary>Whether it multiplies, so that it has EBOPs and its β counts.</summary>
    public virtual bool HasEbops => false;

    /// <summary>Its quantizers: what resets of the record and default settings apply to.</summary>
    public virtual IEnumerable<TrainableQuantizer> Quantizers => [];

    /// <summary>Smallest and largest number of inputs.</summary>
    protected internal virtual (int Min, int Max) InputCount => (1, 1);

    /// <summary>Links this layer behind others and creates its parameters. A layer is used once.</summary>
    /// <param name="inputs">The layers that are read; a block stands for its last part.</param>
    /// <returns>This layer.</returns>
    /// <exception cref="InvalidOperationException">It is linked already.</exception>
    /// <exception cref="ArgumentException">The number or the shapes of the inputs do not fit.</exception>
    public HLayer On(params HLayer[] inputs)
    {
        if (IsLinked)
        {
            throw new InvalidOperationException($"The layer {Label} is used twice; a layer can be used only once. Make a second one.");
        }

        if (inputs.Length < InputCount.Min || inputs.Length > InputCount.Max)
        {
            throw new ArgumentException(
                $"The layer {Label} takes {InputCount.Min} to {InputCount.Max} inputs, not {inputs.Length}.", nameof(inputs));
        }

        _inputs = [.. inputs.Select(static input => input.Result)];
        _outputShape = [.. Build([.. inputs.Select(input => input.OutputShape)])];
        IsLinked = true;
        return this;
    }

    /// <summary>Output for one tensor per input, each with the batch as first dimension.</summary>
    /// <exception cref="InvalidOperationException">The layer is not linked yet.</exception>
    /// <exception cref="ArgumentException">Number, shapes or types of the tensors do not fit.</exception>
    public torch.Tensor Forward(IReadOnlyList<torch.Tensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireInputs(inputs);
        return Compute(inputs);
    }

    /// <inheritdoc/>
    public sealed override torch.Tensor forward(torch.Tensor input) => Forward([input]);

    /// <summary>Differentiable widths of the outputs, broadcastable to [1, <see cref="OutputShape"/>]. Valid after a training-mode forward.</summary>
    public abstract torch.Tensor OutputBits();

    /// <summary>Exact formats of the outputs, of the shape <see cref="OutputShape"/>. Valid after tracing.</summary>
    public abstract FixedPointBits ExactOutputBits();

    /// <summary>Widths that products with the outputs cost after tracing, one per element.</summary>
    public virtual double[] ExactOutputWidths() => ExactOutputBits().Widths();

    /// <summary>Differentiable EBOPs, part by part. Valid after a training-mode forward.</summary>
    public virtual IEnumerable<CostTerm> CostTerms() => [];

    /// <summary>The same as HGQ2 counts (<see cref="Hgq2Count"/>). A layer that does not say otherwise counts its products.</summary>
    internal virtual IEnumerable<CostTerm> Hgq2Terms() => CostTerms();

    /// <summary>Exact EBOPs; also stored in <see cref="Ebops"/>. Valid after tracing.</summary>
    public double ExactEbops() => Ebops = ComputeExactEbops();

    /// <summary>Draws new initial weights, uniform in the range the layer's fans ask for.</summary>
    /// <param name="uniform">Numbers in [0, 1).</param>
    public virtual void InitializeWeights(Func<double> uniform)
    {
    }

    /// <summary>The name, or the kind where the model has not named it yet; for messages.</summary>
    protected internal string Label => Name.Length > 0 ? Name : Owner is not null ? OwnedName(Owner.Label) : $"({GetType().Name})";

    /// <summary>The layer that has this one's output: itself, or the last part of a block.</summary>
    internal virtual HLayer Result => this;

    /// <summary>What it is called inside its owner; empty for the part that has the owner's output and therefore its name.</summary>
    internal string Role { get; private set; } = "";

    /// <summary>Makes this layer a part of a block, which names it.</summary>
    internal void BelongTo(HBlock owner, string role)
    {
        (Owner, Role) = (owner, role);
        Name = "";
    }

    /// <summary>The name of a part.</summary>
    /// <param name="owner">Name of the block.</param>
    internal string OwnedName(string owner) => Role.Length == 0 ? owner : $"{owner}_{Role}";

    /// <summary>Makes a layer of a nested model, or the block it is a part of, a part of the block that holds the model.</summary>
    internal void Nest(HNested block)
    {
        var (layer, name) = (this, Name);
        for (; layer.Owner is { } owner && owner != block; (layer, name) = (owner, owner.Name))
        {
            layer.Name = "";
        }

        if (layer.Owner is null)
        {
            layer.BelongTo(block, name);
        }

        Name = "";
    }

    /// <summary>Reads other layers of the same shapes from now on.</summary>
    internal void Replace(IReadOnlyDictionary<HLayer, HLayer> inputs) =>
        _inputs = Array.ConvertAll(_inputs, input => inputs.GetValueOrDefault(input, input));

    /// <summary>The output for tensors that <see cref="Forward"/> or the model has checked.</summary>
    protected internal abstract torch.Tensor Compute(IReadOnlyList<torch.Tensor> inputs);

    /// <summary>Type of the parameters; null where there is none.</summary>
    internal virtual torch.ScalarType? DataType => Quantizers.FirstOrDefault()?.DataType;

    /// <summary>What the layer reads: one shape for each tensor that <see cref="Forward"/> takes.</summary>
    private protected virtual IReadOnlyList<IReadOnlyList<long>> ReadShapes => [.. _inputs.Select(static input => input.OutputShape)];

    /// <summary>Creates parameters and quantizers.</summary>
    /// <param name="inputShapes">One shape per input, without the batch dimension.</param>
    /// <returns>Shape of the output without the batch dimension.</returns>
    protected abstract IReadOnlyList<long> Build(IReadOnlyList<IReadOnlyList<long>> inputShapes);

    /// <summary>Exact EBOPs.</summary>
    protected virtual double ComputeExactEbops() => 0;

    /// <summary>An input's widths repeated to its whole shape, the batch as a leading 1.</summary>
    protected internal torch.Tensor InputBits(int index)
    {
        long[] shape = [1, .. Inputs[index].OutputShape];
        return Inputs[index].OutputBits().BroadcastTo(shape);
    }

    private void RequireInputs(IReadOnlyList<torch.Tensor> inputs)
    {
        if (!IsLinked)
        {
            throw new InvalidOperationException($"The layer {Label} is not linked yet: call On, or put it into a model.");
        }

        IReadOnlyList<IReadOnlyList<long>> shapes = ReadShapes;
        if (inputs.Count != shapes.Count)
        {
            throw new ArgumentException($"The layer {Label} reads {shapes.Count} tensors; {inputs.Count} were given.", nameof(inputs));
        }

        for (int i = 0; i < shapes.Count; i++)
        {
            TensorCheck.RequireBatch($"The layer {Label}", inputs[i], shapes[i], DataType);
        }
    }

    // TorchSharp would look through all fields and take linked layers and step tensors for parts of this one.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }
}
