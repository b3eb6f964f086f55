using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Numbers for many elements; operands live until the call has returned.</summary>
internal static class TensorReductions
{
    extension(torch.Tensor tensor)
    {
        public torch.Tensor Sum() => Keep.Alive(tensor.sum(), tensor);

        public torch.Tensor Sum(long[] dimensions, bool keepdim = false) => Keep.Alive(tensor.sum(dimensions, keepdim), tensor);

        public torch.Tensor Mean(long[] dimensions) => Keep.Alive(tensor.mean(dimensions), tensor);

        public torch.Tensor Amax(long[] dimensions, bool keepdim = false) => Keep.Alive(tensor.amax(dimensions, keepdim), tensor);

        public torch.Tensor Amin(long[] dimensions, bool keepdim = false) => Keep.Alive(tensor.amin(dimensions, keepdim), tensor);

        public torch.Tensor All() => Keep.Alive(tensor.all(), tensor);

        public torch.Tensor CountNonzero() => Keep.Alive(tensor.count_nonzero(), tensor);
    }
}
