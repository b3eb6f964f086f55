using System;
using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Reads and writes elements; operands live until the call has returned.</summary>
internal static class TensorContent
{
    extension(torch.Tensor tensor)
    {
        public torch.Tensor CopyFrom(torch.Tensor source) => Keep.Alive(tensor.copy_(source), tensor, source);

        public torch.Tensor Fill(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.fill_(scalar), tensor);
        }

        /// <summary>The only element.</summary>
        public T Item<T>()
            where T : unmanaged => Keep.Alive(tensor.item<T>(), tensor);

        /// <summary>The only element of a floating-point tensor; TorchSharp's own way makes a scalar that nothing keeps alive.</summary>
        public double Number() => tensor.DataType switch
        {
            torch.ScalarType.Float64 => tensor.Item<double>(),
            torch.ScalarType.Float32 => tensor.Item<float>(),
            var type => throw new ArgumentException($"A number is read from float32 or float64, not from {type}.", nameof(tensor)),
        };

        /// <summary>All elements, row-major, copied.</summary>
        public T[] Elements<T>()
            where T : unmanaged => Keep.Alive(tensor.data<T>().ToArray(), tensor);
    }
}
