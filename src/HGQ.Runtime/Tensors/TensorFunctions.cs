using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Functions of each element; operands live until the call has returned, scalars are owned and disposed here.</summary>
internal static class TensorFunctions
{
    extension(torch.Tensor tensor)
    {
        public torch.Tensor Abs() => Keep.Alive(tensor.abs(), tensor);

        public torch.Tensor Exp() => Keep.Alive(tensor.exp(), tensor);

        public torch.Tensor Exp2() => Keep.Alive(tensor.exp2(), tensor);

        public torch.Tensor Log2() => Keep.Alive(tensor.log2(), tensor);

        public torch.Tensor LogAddExp(torch.Tensor other) => Keep.Alive(tensor.logaddexp(other), tensor, other);

        public torch.Tensor Sqrt() => Keep.Alive(tensor.sqrt(), tensor);

        public torch.Tensor Pow(torch.Tensor exponent) => Keep.Alive(tensor.pow(exponent), tensor, exponent);

        public torch.Tensor Square()
        {
            using var two = 2.ToScalar();
            return Keep.Alive(tensor.pow(two), tensor);
        }

        public torch.Tensor Floor() => Keep.Alive(tensor.floor(), tensor);

        /// <summary>To integers, halves to even.</summary>
        public torch.Tensor Round() => Keep.Alive(tensor.round(), tensor);

        public torch.Tensor Clamp(double min, double max)
        {
            using Scalar low = min.ToScalar(), high = max.ToScalar();
            return Keep.Alive(tensor.clamp(low, high), tensor);
        }

        public torch.Tensor ClampInPlace(double min, double max)
        {
            using Scalar low = min.ToScalar(), high = max.ToScalar();
            return Keep.Alive(tensor.clamp_(low, high), tensor);
        }

        public torch.Tensor ClampBelow(double min)
        {
            using var low = min.ToScalar();
            return Keep.Alive(tensor.clamp(min: low), tensor);
        }

        public torch.Tensor ClampBelowInPlace(double min)
        {
            using var low = min.ToScalar();
            return Keep.Alive(tensor.clamp_(min: low), tensor);
        }

        public torch.Tensor Relu() => Keep.Alive(tensor.relu(), tensor);

        public torch.Tensor LeakyRelu(double slope)
        {
            using var scalar = slope.ToScalar();
            return Keep.Alive(tensor.leaky_relu(scalar), tensor);
        }

        public torch.Tensor Elu(double alpha)
        {
            using Scalar factor = alpha.ToScalar(), scale = 1.0.ToScalar(), inputScale = 1.0.ToScalar();
            return Keep.Alive(tensor.elu(factor, scale, inputScale), tensor);
        }

        public torch.Tensor Gelu() => Keep.Alive(torch.nn.functional.gelu(tensor), tensor);

        public torch.Tensor Sigmoid() => Keep.Alive(tensor.sigmoid(), tensor);

        public torch.Tensor Tanh() => Keep.Alive(tensor.tanh(), tensor);

        public (torch.Tensor Mantissa, torch.Tensor Exponent) Frexp() => Keep.Alive(tensor.frexp(), tensor);

        public torch.Tensor Maximum(torch.Tensor other) => Keep.Alive(tensor.maximum(other), tensor, other);

        public torch.Tensor Minimum(torch.Tensor other) => Keep.Alive(tensor.minimum(other), tensor, other);
    }
}
