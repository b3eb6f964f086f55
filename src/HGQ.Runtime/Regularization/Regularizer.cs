using TorchSharp;

namespace HGQ.Runtime.Regularization;

/// <summary>A penalty on the widths of one quantizer, added to the loss.</summary>
public abstract record Regularizer
{
    /// <summary>The differentiable penalty.</summary>
    /// <param name="widths">Real-valued widths, any shape.</param>
    public abstract torch.Tensor Penalty(torch.Tensor widths);
}
