using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Fused;

/// <summary>What one node of the gradient graph computes; made for one call.</summary>
internal interface IFusedNode
{
    /// <summary>The outputs. Runs without gradients.</summary>
    List<torch.Tensor> Forward(torch.Tensor[] inputs);

    /// <summary>The tensors whose memory the backward pass reads.</summary>
    IEnumerable<torch.Tensor> Saved(torch.Tensor[] inputs);

    /// <summary>Gradients of the inputs, null where nothing flows.</summary>
    torch.Tensor?[] Backward(IReadOnlyList<torch.Tensor> saved, IReadOnlyList<torch.Tensor> upstream);
}

/// <summary>The node of the gradient graph that runs a <see cref="IFusedNode"/>.</summary>
/// <remarks>
/// TorchSharp passes the addresses of inputs, outputs and gradients to native code and forgets their owners before it returns. So all that
/// goes through here is referred to by one <see cref="Call"/>: the caller's frame holds it during the forward pass, the graph during the
/// backward pass.
/// </remarks>
internal sealed class FusedFunction : torch.autograd.MultiTensorFunction<FusedFunction>
{
    private const string Node = "node";

    /// <inheritdoc/>
    public override string Name => nameof(FusedFunction);

    /// <summary>Runs the node now and, for the gradient, later.</summary>
    public static List<torch.Tensor> Run(IFusedNode node, params torch.Tensor[] inputs)
    {
        FreedMemory.Keep();
        using var scope = torch.NewDisposeScope();
        var call = new Call(node, scope);
        var outputs = apply([call, .. inputs]);
        scope.MoveToOuter((IEnumerable<IDisposable>)outputs);

        // What is left and not of the node are empty tensors, one for each output, that TorchSharp keeps with the graph. They live as
        // long as it does, and it may end on the finalizer's thread; a scope is made for one thread, so they belong to none.
        scope.Detach(scope.DisposablesView.Except(call.Temporaries));
        return Keep.Alive(outputs, call, inputs);
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> forward(torch.autograd.AutogradContext ctx, params object[] vars)
    {
        var call = (Call)vars[0];
        var inputs = Array.ConvertAll(vars[1..], input => (torch.Tensor)input);
        call.Outputs = call.Node.Forward(inputs);
        call.Temporaries = call.Scope.DisposablesView;
        ctx.save_data(Node, call);
        ctx.save_for_backward([.. call.Node.Saved(inputs)]);
        return call.Outputs;
    }

    /// <inheritdoc/>
    public override List<torch.Tensor> backward(torch.autograd.AutogradContext ctx, List<torch.Tensor> grad_outputs)
    {
        var call = (Call)ctx.get_data(Node);
        var saved = ctx.get_saved_variables();
        call.Gradients = call.Node.Backward(saved, grad_outputs);
        foreach (var tensor in saved)
        {
            tensor.Dispose();
        }

        // TorchSharp takes null for "no gradient" but does not say so in the type.
        return [null!, .. call.Gradients.Select(gradient => gradient!)];
    }

    /// <summary>One run of a node, and the owners of what native code was given of it.</summary>
    private sealed class Call(IFusedNode node, DisposeScope scope)
    {
        public IFusedNode Node { get; } = node;

        /// <summary>Open during the forward pass.</summary>
        public DisposeScope Scope { get; } = scope;

        /// <summary>What the node made in the forward pass.</summary>
        public IReadOnlyList<IDisposable> Temporaries { get; set; } = [];

        /// <summary>Until native code has wrapped them.</summary>
        public List<torch.Tensor> Outputs { get; set; } = [];

        /// <summary>Until native code has taken them over, at the end of the backward pass.</summary>
        public torch.Tensor?[] Gradients { get; set; } = [];
    }
}
