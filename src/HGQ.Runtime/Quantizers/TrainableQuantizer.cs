using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>What every layer asks of a quantizer, whichever way its widths are parametrised.</summary>
/// <remarks>
/// A layer calls <see cref="Build"/> once, then in every forward pass <see cref="QuantizeKernel"/> (weights), <see cref="QuantizeBias"/> and
/// <see cref="QuantizeActivation"/>, and afterwards, for the cost, the bits. Tensors that stay valid only until the next step are never
/// kept in fields of type Tensor: torch would take them for state.
/// </remarks>
public abstract class TrainableQuantizer : torch.nn.Module
{
    /// <summary>Registers under a name that is only used in messages.</summary>
    protected TrainableQuantizer(string name)
        : base(name)
    {
    }

    /// <summary>What it is called in messages: the layer's name and the role.</summary>
    public string Name { get; protected set; } = "quantizer";

    /// <summary>Whether its parameters exist.</summary>
    public abstract bool IsBuilt { get; }

    /// <summary>Whether the widths are trained.</summary>
    public abstract bool Trainable { get; }

    /// <summary>Penalty on the widths, or null.</summary>
    public Regularizer? Regularizer { get; set; }

    /// <summary>Shape of the tensor it was built for; a batch dimension is −1.</summary>
    public IReadOnlyList<long> InputShape { get; protected set; } = [];

    /// <summary>Product of the sizes that share one width; an unknown batch size counts 1.</summary>
    public long Degeneracy { get; protected set; } = 1;

    /// <summary>Rounding at inference.</summary>
    public abstract RoundingMode Rounding { get; }

    /// <summary>Overflow at inference; null: as the export is told.</summary>
    public virtual OverflowMode? Overflow => null;

    /// <summary>Whether fused passes over the tensors' memory may be used instead of chains of torch operators (the results are the same).</summary>
    public bool UseFusedPasses { get; set; } = true;

    /// <summary>What its widths count: with <see cref="EbopsCount.Hgq2"/> the sign under Saturate only, and gradients are not scaled.</summary>
    public EbopsCount Count { get; internal set; }

    /// <summary>Type of its parameters; null where there are none.</summary>
    internal virtual torch.ScalarType? DataType => null;

    /// <summary>Creates the parameters.</summary>
    /// <param name="shape">Shape of the tensor to be quantized; −1 for the batch dimension.</param>
    /// <param name="name">What it is called in messages.</param>
    public abstract void Build(IReadOnlyList<long> shape, string name);

    /// <summary>Quantizes weights; differentiable in them and in the widths.</summary>
    public abstract KernelQuantization QuantizeKernel(torch.Tensor kernel, bool training);

    /// <summary>Quantizes a bias on the grid of the outputs it is added to.</summary>
    /// <param name="bias">One value per channel.</param>
    /// <param name="training">Whether gradients to the widths and training-time rounding are wanted.</param>
    /// <param name="channelLoc">The channels' dimension of the outputs: −1 or 1.</param>
    public abstract torch.Tensor QuantizeBias(torch.Tensor bias, bool training, int channelLoc = -1);

    /// <summary>Quantizes the output of a layer, records its range, then applies the relu.</summary>
    /// <param name="x">The exact output of the layer, without the bias.</param>
    /// <param name="training">Whether gradients to the widths and training-time rounding are wanted.</param>
    /// <param name="relu">Whether max(·, 0) follows.</param>
    /// <param name="bias">Unquantized bias of the last dimension, or null; it is quantized as <see cref="QuantizeBias"/> does.</param>
    public abstract ActivationQuantization QuantizeActivation(
        torch.Tensor x, bool training, bool relu = false, torch.Tensor? bias = null);

    /// <summary>Differentiable widths of the recorded outputs, broadcastable to them, gradients scaled by 1/√degeneracy.</summary>
    /// <param name="posOnly">Whether they are behind a relu.</param>
    public abstract torch.Tensor ActivationBits(bool posOnly);

    /// <summary>Exact formats from the recorded ranges, of the shape of the widths.</summary>
    /// <param name="posOnly">Whether the outputs are behind a relu.</param>
    /// <exception cref="InvalidOperationException">Nothing was recorded.</exception>
    public abstract FixedPointBits ExactActivationBits(bool posOnly);

    /// <summary>Forgets the recorded ranges.</summary>
    public abstract void ResetRecord();

    /// <summary>Before calibration: forgets the record and lets the ranges of inference data decide the formats.</summary>
    public virtual void BeginTracing() => ResetRecord();

    /// <summary>After calibration: formats stay as they are.</summary>
    public virtual void EndTracing()
    {
    }

    /// <summary>Before each run of the data in a calibration: forgets what the run before found.</summary>
    internal virtual void BeginRun() => ResetRecord();

    /// <summary>Behind a run of the data and <see cref="Widen"/>: whether results would differ with the formats that were found.</summary>
    internal virtual bool IsRunNeeded() => false;

    /// <summary>Behind a calibration: what the format can't hold of the traced values, a sentence, or null.</summary>
    internal virtual string? TracedOverflow() => null;

    /// <summary>After calibration: widens each recorded range about its middle, onto the grid.</summary>
    /// <param name="factor">Below 1 narrows.</param>
    /// <param name="limits">What values can't leave, so that ranges are not widened beyond it; null: nothing.</param>
    public abstract void Widen(double factor, (double Low, double High)? limits = null);

    /// <summary>Chooses initial widths that give each weight about the same relative precision.</summary>
    public abstract void AdaptToWeights(torch.Tensor reference);

    /// <summary>The penalty of <see cref="Regularizer"/> on the widths, or null.</summary>
    public abstract torch.Tensor? Penalty();

    /// <summary>Exact values that inference uses for these weights.</summary>
    public torch.Tensor InferenceKernel(torch.Tensor kernel)
    {
        using var noGradient = torch.no_grad();
        return QuantizeKernel(kernel, training: false).Value;
    }

    /// <summary>Counts weights that are used several times at once (a convolution's parallel factor).</summary>
    internal void MultiplyDegeneracy(long factor) => Degeneracy *= factor;

    /// <summary>A range widened about its middle, within limits that it does not exceed already.</summary>
    protected static (torch.Tensor Low, torch.Tensor High) Widened(torch.Tensor min, torch.Tensor max, double factor, (double Low, double High)? limits)
    {
        var middle = min.Add(max).Multiply(0.5);
        var half = max.Subtract(min).Multiply(0.5 * factor);
        var (low, high) = (middle.Subtract(half), middle.Add(half));
        return factor <= 1 || limits is not { } bounds
            ? (low, high)
            : (low.Maximum(min.Clamp(double.NegativeInfinity, bounds.Low)), high.Minimum(max.ClampBelow(bounds.High)));
    }

    /// <summary>Multiplies the gradient by a factor and leaves the value alone.</summary>
    protected static torch.Tensor ScaleGradient(torch.Tensor x, double factor) =>
        factor == 1 ? x : x.Detach().Add(x.Subtract(x.Detach()).Multiply(factor));
}
