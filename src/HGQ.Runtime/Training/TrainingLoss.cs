using System;
using System.Runtime.InteropServices;
using HGQ.Runtime.Quantizers.Fused;
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
            return torch.nn.functional.cross_entropy(outputs, targets);
        }

        IFusedNode node = outputs.dtype == torch.ScalarType.Float32
            ? new CrossEntropyNode<float>(targets)
            : new CrossEntropyNode<double>(targets);
        return FusedFunction.Run(node, outputs)[0];
    }

    // Labels outside the classes, among them torch's -100 for "leave out", are torch's business.
    private static bool IsFusable(torch.Tensor outputs, torch.Tensor targets)
    {
        if (outputs.dim() != 2 || targets.dim() != 1 || targets.dtype != torch.ScalarType.Int64 || outputs.numel() == 0
            || targets.numel() != outputs.shape[0] || !TensorMemory.IsPlain(outputs)
            || targets.device_type != DeviceType.CPU || !targets.is_contiguous())
        {
            return false;
        }

        var labels = MemoryMarshal.Cast<byte, ulong>(targets.bytes);
        return !labels.ContainsAnyExceptInRange(0UL, (ulong)outputs.shape[1] - 1);
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
        long width = outputs.shape[1] / Count;
        torch.Tensor sum = Inner.Of(outputs.narrow(1, 0, width), targets);
        for (int i = 1; i < Count; i++)
        {
            sum += Inner.Of(outputs.narrow(1, i * width, width), targets);
        }

        return sum / Count;
    }
}

/// <summary>Mean of the squared differences.</summary>
public sealed record MeanSquareLoss : TrainingLoss
{
    /// <inheritdoc/>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets) => torch.nn.functional.mse_loss(outputs, targets);
}
