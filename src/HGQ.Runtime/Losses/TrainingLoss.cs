using System;
using System.Linq;
using HGQ.Runtime.Data;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Losses;

/// <summary>The task's part of the loss.</summary>
public abstract record TrainingLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">Outputs of the network, shape (samples, outputs).</param>
    /// <param name="targets">Labels (int64, shape (samples)) or targets (float32, shape (samples, outputs)).</param>
    public abstract torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets);

    /// <summary>
    /// Refuses samples that this loss can't be computed of; called once before a run. Without an override nothing is refused.
    /// </summary>
    /// <param name="set">What the samples are called: "training" or "validation".</param>
    /// <param name="samples">The samples.</param>
    /// <param name="outputs">Outputs of the network.</param>
    /// <exception cref="SampleException">They don't fit.</exception>
    public virtual void Require(string set, SampleSet samples, long outputs)
    {
    }
}

/// <summary>Mean cross entropy from logits.</summary>
public sealed record CrossEntropyLoss : TrainingLoss
{
    /// <inheritdoc/>
    /// <remarks>One pass over the logits where their memory can be read; torch's function computes the same and takes several times as long.</remarks>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);
        if (!IsFusable(outputs, targets))
        {
            RequireLabels(outputs, targets);
            return NetworkFunctions.CrossEntropy(outputs, targets);
        }

        IFusedNode node = outputs.DataType == torch.ScalarType.Float32
            ? new CrossEntropyNode<float>(targets)
            : new CrossEntropyNode<double>(targets);
        return FusedFunction.Run(node, outputs)[0];
    }

    /// <inheritdoc/>
    public override void Require(string set, SampleSet samples, long outputs)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.Labels.Length == 0)
        {
            throw new SampleException($"The {set} set has real targets; cross entropy learns labels. Use MeanSquareLoss, or give labels.");
        }

        LabelCheck.Require(set, samples.Labels, outputs);
    }

    // One class a row, or -100, with which torch leaves a row out; more dimensions are torch's business.
    private static void RequireLabels(torch.Tensor outputs, torch.Tensor targets)
    {
        if (outputs.Rank != 2 || targets.Rank != 1)
        {
            return;
        }

        if (targets.DataType != torch.ScalarType.Int64 || targets.Shape[0] != outputs.Shape[0])
        {
            string shape = string.Join(", ", outputs.Shape), given = $"{targets.Shape[0]} of type {targets.DataType}";
            throw new ArgumentException(
                $"Cross entropy of outputs [{shape}] takes {outputs.Shape[0]} labels of type int64, not {given}.", nameof(targets));
        }

        using torch.Tensor plain = targets.Contiguous();
        long[] labels = plain.Elements<long>();
        int wrong = Array.FindIndex(labels, label => label != -100 && (label < 0 || label >= outputs.Shape[1]));
        if (wrong >= 0)
        {
            LabelCheck.Require("batch's", [.. labels.Select(static label => label == -100 ? 0 : label)], outputs.Shape[1]);
        }
    }

    // Labels outside the classes take the other way, where they are refused.
    private static bool IsFusable(torch.Tensor outputs, torch.Tensor targets)
    {
        if (outputs.Rank != 2 || targets.Rank != 1 || targets.DataType != torch.ScalarType.Int64 || outputs.Count == 0
            || targets.Count != outputs.Shape[0] || !TensorMemory.IsPlain(outputs)
            || targets.DeviceKind != DeviceType.CPU || !targets.IsContiguous)
        {
            return false;
        }

        using var labels = targets.View<ulong>();
        return !labels.Span.ContainsAnyExceptInRange(0UL, (ulong)outputs.Shape[1] - 1);
    }
}

/// <summary>The mean of another loss over several outputs that stand side by side and learn the same targets.</summary>
/// <param name="Inner">The loss of one output.</param>
/// <param name="Count">Number of outputs.</param>
public sealed record SharedTargetLoss(TrainingLoss Inner, int Count) : TrainingLoss
{
    /// <inheritdoc/>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        long width = outputs.Shape[1] / Count;
        torch.Tensor sum = Inner.Of(outputs.Narrow(1, 0, width), targets);
        for (int i = 1; i < Count; i++)
        {
            sum = sum.Add(Inner.Of(outputs.Narrow(1, i * width, width), targets));
        }

        return sum.Divide(Count);
    }

    /// <inheritdoc/>
    public override void Require(string set, SampleSet samples, long outputs)
    {
        if (Count < 1 || outputs % Count != 0)
        {
            throw new SampleException($"{outputs} outputs can't be {Count} of equal size that learn the same targets.");
        }

        Inner.Require(set, samples, outputs / Count);
    }
}

/// <summary>Mean of the squared differences.</summary>
public sealed record MeanSquareLoss : TrainingLoss
{
    /// <inheritdoc/>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(targets);

        if (!outputs.Shape.AsSpan().SequenceEqual(targets.Shape) || outputs.DataType != targets.DataType)
        {
            // torch would repeat the smaller one and learn something else.
            throw new ArgumentException(
                $"The outputs are {Described(outputs)}, the targets {Described(targets)}; both must be alike.", nameof(targets));
        }

        return NetworkFunctions.MeanSquaredError(outputs, targets);
    }

    private static string Described(torch.Tensor tensor) => $"{tensor.DataType} [{string.Join(", ", tensor.Shape)}]";

    /// <inheritdoc/>
    public override void Require(string set, SampleSet samples, long outputs)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.TargetCount != outputs)
        {
            throw new SampleException(
                $"A {set} sample has {samples.TargetCount} real targets; the network has {outputs} outputs: one belongs to each.");
        }
    }
}
