using System;
using HGQ.Runtime.Quantizers.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>The task's part of the loss.</summary>
public abstract record TrainingLoss
{
    /// <summary>The mean loss of a batch.</summary>
    /// <param name="outputs">Outputs of the network, shape (samples, outputs).</param>
    /// <param name="targets">Labels (int64, shape (samples)) or targets (float32, shape (samples, outputs)).</param>
    public abstract torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets);
}

/// <summary>Mean cross entropy from logits.</summary>
public sealed record CrossEntropyLoss : TrainingLoss
{
    /// <inheritdoc/>
    /// <remarks>One pass over the logits where their memory can be read; torch's function computes the same and takes several times as long.</remarks>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets)
    {
        if (!IsFusable(outputs, targets))
        {
            return NetworkFunctions.CrossEntropy(outputs, targets);
        }

        IFusedNode node = outputs.DataType == torch.ScalarType.Float32
            ? new CrossEntropyNode<float>(targets)
            : new CrossEntropyNode<double>(targets);
        return FusedFunction.Run(node, outputs)[0];
    }

    // Labels outside the classes, among them torch's -100 for "leave out", are torch's business.
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
        long width = outputs.Shape[1] / Count;
        torch.Tensor sum = Inner.Of(outputs.Narrow(1, 0, width), targets);
        for (int i = 1; i < Count; i++)
        {
            sum = sum.Add(Inner.Of(outputs.Narrow(1, i * width, width), targets));
        }

        return sum.Divide(Count);
    }
}

/// <summary>Mean of the squared differences.</summary>
public sealed record MeanSquareLoss : TrainingLoss
{
    /// <inheritdoc/>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets) => NetworkFunctions.MeanSquaredError(outputs, targets);
}
