using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Sums and products; operands live until the call has returned, scalars are owned and disposed here.</summary>
internal static class TensorArithmetic
{
    // The factor that TorchSharp makes anew for every a + b; this one is never finalized.
    private static readonly Scalar One = 1.ToScalar();

    extension(torch.Tensor tensor)
    {
        public torch.Tensor Add(torch.Tensor other) => Keep.Alive(tensor.add(other, One), tensor, other);

        public torch.Tensor Add(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.add(scalar, One), tensor);
        }

        public torch.Tensor AddInPlace(torch.Tensor other) => Keep.Alive(tensor.add_(other, One), tensor, other);

        public torch.Tensor Subtract(torch.Tensor other) => Keep.Alive(tensor.sub(other), tensor, other);

        public torch.Tensor Subtract(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.sub(scalar), tensor);
        }

        public torch.Tensor Multiply(torch.Tensor other) => Keep.Alive(tensor.mul(other), tensor, other);

        public torch.Tensor Multiply(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.mul(scalar), tensor);
        }

        public torch.Tensor MultiplyInPlace(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.mul_(scalar), tensor);
        }

        public torch.Tensor Divide(torch.Tensor other) => Keep.Alive(tensor.div(other), tensor, other);

        public torch.Tensor Divide(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.div(scalar), tensor);
        }

        public torch.Tensor Reciprocal() => Keep.Alive(tensor.reciprocal(), tensor);

        public torch.Tensor Negate() => Keep.Alive(tensor.neg(), tensor);

        public torch.Tensor MatMul(torch.Tensor other) => Keep.Alive(tensor.matmul(other), tensor, other);

        /// <summary>Adds left·right to the matrix itself.</summary>
        public torch.Tensor AddMatMulInPlace(torch.Tensor left, torch.Tensor right) =>
            Keep.Alive(tensor.addmm_(left, right, 1, 1), tensor, left, right);

        public torch.Tensor Dot(torch.Tensor other) => Keep.Alive(tensor.dot(other), tensor, other);
    }
}
