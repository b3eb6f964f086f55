using System.Collections.Generic;
using System.Linq;
using TorchSharp;

namespace HGQ.Runtime.Quantizers.Fused;

/// <summary>What one node of the gradient graph computes; made for one call.</summary>
internal interface IFusedNode
{
    /// <summary>The outputs. Runs without gradients.</summary>
    List<torch.Tensor> Forward(torch.Tensor[] inputs);

    /// <summary>The inputs whose memory the backward pass reads.</summary>
    IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs);

    /// <summary>Gradients of the inputs, null where nothing flows.</summary>
    torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream);
}

/// <summary>The node of the gradient graph that runs a <see cref="IFusedNode"/>.</summary>
internal sealed class FusedFunction : torch.autograd.MultiTensorFunction<FusedFunction>
{
    private const string Node = "node";

    /// <inheritdoc/>
    public override string Name => nameof(FusedFunction);

    /// <summary>Runs the node now and, for the gradient, later.</summary>
    public static List<torch.Tensor> Run(IFusedNode node, params torch.Tensor[] inputs)
    {
        FreedMemory.Keep();
        return apply([node, .. inputs]);
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var node = (IFusedNode)vars[0];
        var inputs = System.Array.ConvertAll(vars[1..], input => (torch.Tensor)input);
        var outputs = node.Forward(inputs);
        ctx.save_data(Node, node);
        ctx.save_for_backward([.. node.Saved(inputs)]);
        return outputs;
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, List<torch.Tensor> grad_outputs)
    {
        var saved = ctx.get_saved_variables();
        var gradients = ((IFusedNode)ctx.get_data(Node)).Backward(saved, grad_outputs);
        foreach (var tensor in saved)
        {
            tensor.Dispose();
        }

        // TorchSharp takes null for "no gradient" but does not say so in the type.
        return [null!, .. gradients.Select(gradient => gradient!)];
    }
}
