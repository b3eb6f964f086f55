using System;
using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>What belongs to the gradient graph; operands live until the call has returned.</summary>
internal static class TensorGradients
{
    extension(torch.Tensor tensor)
    {
        public bool RequiresGradient => Keep.Alive(tensor.requires_grad, tensor);

        public torch.Tensor Detach() => Keep.Alive(tensor.detach(), tensor);

        /// <summary>Runs the backward pass; gradients add up in the leaves.</summary>
        public void Backward()
        {
            tensor.backward();
            GC.KeepAlive(tensor);
        }

        /// <summary>The gradient that has added up, to be disposed; null where there is none.</summary>
        public torch.Tensor? Gradient() => Keep.Alive(tensor.grad, tensor);

        /// <summary>Forgets the gradient.</summary>
        public void ClearGradient()
        {
            tensor.grad = null;
            GC.KeepAlive(tensor);
        }
    }
}
