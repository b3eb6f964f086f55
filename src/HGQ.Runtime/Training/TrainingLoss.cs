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
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets) => torch.nn.functional.cross_entropy(outputs, targets);
}

/// <summary>Mean of the squared differences.</summary>
public sealed record MeanSquareLoss : TrainingLoss
{
    /// <inheritdoc/>
    public override torch.Tensor Of(torch.Tensor outputs, torch.Tensor targets) => torch.nn.functional.mse_loss(outputs, targets);
}
