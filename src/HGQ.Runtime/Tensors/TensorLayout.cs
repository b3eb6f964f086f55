using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Shape, type and views; operands live until the call has returned.</summary>
internal static class TensorLayout
{
    extension(torch.Tensor tensor)
    {
        public long[] Shape => Keep.Alive(tensor.shape, tensor);

        public long[] Strides => Keep.Alive(tensor.stride(), tensor);

        public torch.ScalarType DataType => Keep.Alive(tensor.dtype, tensor);

        public DeviceType DeviceKind => Keep.Alive(tensor.device_type, tensor);

        public long Rank => Keep.Alive(tensor.dim(), tensor);

        public long Count => Keep.Alive(tensor.numel(), tensor);

        public long BytesPerElement => Keep.Alive(tensor.element_size(), tensor);

        public bool IsContiguous => Keep.Alive(tensor.is_contiguous(), tensor);

        public torch.Tensor Contiguous() => Keep.Alive(tensor.contiguous(), tensor);

        public torch.Tensor ToType(torch.ScalarType type) => Keep.Alive(tensor.to_type(type), tensor);

        public torch.Tensor Clone() => Keep.Alive(tensor.clone(), tensor);

        public torch.Tensor Alias() => Keep.Alive(tensor.alias(), tensor);

        public torch.Tensor Reshape(params long[] shape) => Keep.Alive(tensor.reshape(shape), tensor);

        public torch.Tensor Permute(params long[] order) => Keep.Alive(tensor.permute(order), tensor);

        public torch.Tensor Transpose() => Keep.Alive(tensor.t(), tensor);

        public torch.Tensor BroadcastTo(params long[] shape) => Keep.Alive(tensor.broadcast_to(shape), tensor);

        public torch.Tensor Expand(params long[] shape) => Keep.Alive(tensor.expand(shape), tensor);

        public torch.Tensor AsStrided(long[] shape, long[] strides) => Keep.Alive(tensor.as_strided(shape, strides), tensor);

        public torch.Tensor Squeeze(long dimension) => Keep.Alive(tensor.squeeze(dimension), tensor);

        public torch.Tensor Unsqueeze(long dimension) => Keep.Alive(tensor.unsqueeze(dimension), tensor);

        public torch.Tensor Narrow(long dimension, long start, long length) => Keep.Alive(tensor.narrow(dimension, start, length), tensor);

        public torch.Tensor IndexSelect(long dimension, torch.Tensor index) =>
            Keep.Alive(tensor.index_select(dimension, index), tensor, index);
    }
}
