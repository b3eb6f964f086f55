using TorchSharp;

namespace HGQ.Runtime.Tensors;

/// <summary>Truth values of each element, and what is chosen by them; operands live until the call has returned.</summary>
internal static class TensorConditions
{
    extension(torch.Tensor tensor)
    {
        public torch.Tensor EqualTo(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.eq(scalar), tensor);
        }

        public torch.Tensor LessThan(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.lt(scalar), tensor);
        }

        public torch.Tensor LessThan(torch.Tensor other) => Keep.Alive(tensor.lt(other), tensor, other);

        public torch.Tensor LessThanOrEqual(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.le(scalar), tensor);
        }

        public torch.Tensor GreaterThan(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.gt(scalar), tensor);
        }

        public torch.Tensor GreaterThanOrEqual(double number)
        {
            using var scalar = number.ToScalar();
            return Keep.Alive(tensor.ge(scalar), tensor);
        }

        public torch.Tensor IsFinite() => Keep.Alive(tensor.isfinite(), tensor);

        public torch.Tensor IsInfinity() => Keep.Alive(tensor.isinf(), tensor);

        public torch.Tensor IsPositiveInfinity() => Keep.Alive(tensor.isposinf(), tensor);

        public torch.Tensor And(torch.Tensor other) => Keep.Alive(tensor.logical_and(other), tensor, other);

        /// <summary>Where this is true, the elements of the first, else of the second.</summary>
        public torch.Tensor Choose(torch.Tensor whereTrue, torch.Tensor whereFalse) =>
            Keep.Alive(torch.where(tensor, whereTrue, whereFalse), tensor, whereTrue, whereFalse);
    }
}
