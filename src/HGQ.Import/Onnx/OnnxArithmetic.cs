using System;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Import.Exact;
using HGQ.Model.Graph;

namespace HGQ.Import.Onnx;

/// <summary>Arithmetic element by element, of constants and of tensors.</summary>
internal static class OnnxArithmetic
{
    public static OnnxValue Add(OnnxTask task) => Linear(task, static (a, b) => a + b, negateRight: false);

    public static OnnxValue Subtract(OnnxTask task) => Linear(task, static (a, b) => a - b, negateRight: true);

    public static OnnxValue Multiply(OnnxTask task)
    {
        if (task.IsConstant(0) && task.IsConstant(1))
        {
            return Folded(task, static (a, b) => a * b);
        }

        if (!task.IsConstant(0) && !task.IsConstant(1))
        {
            return OnnxTask.Of(task.Draft.Product(task.Tensor(0), task.Tensor(1), task.Name));
        }

        int tensor = task.IsConstant(0) ? 1 : 0;
        (TensorValue value, Rational[] factors) = task.ByChannel(task.Tensor(tensor), task.Constant(1 - tensor, "factor"), "factor");
        return OnnxTask.Of(value.Then(new AffineStep(factors, [Rational.Zero])));
    }

    public static OnnxValue Divide(OnnxTask task)
    {
        OnnxConstant divisor = task.Constant(1, "divisor");
        if (divisor.Values.Any(static d => d.IsZero))
        {
            throw task.Refuse("it divides by 0");
        }

        if (task.IsConstant(0))
        {
            return Folded(task, static (a, b) => a / b);
        }

        (TensorValue value, Rational[] divisors) = task.ByChannel(task.Tensor(0), divisor, "divisor");
        return OnnxTask.Of(value.Then(new AffineStep([.. divisors.Select(static d => Rational.One / d)], [Rational.Zero])));
    }

    public static OnnxValue Negate(OnnxTask task) => task.IsConstant(0)
        ? OnnxTask.Of(task.Constant(0, "input").Map(static x => -x))
        : OnnxTask.Of(task.Tensor(0).Then(AffineStep.ByScale(-Rational.One)));

    /// <summary>Powers of constants: 1/2 and whole exponents.</summary>
    public static OnnxValue Power(OnnxTask task)
    {
        Rational exponent = task.Constant(1, "exponent").Single(task.Name, "exponent");
        OnnxConstant value = task.Constant(0, "base");
        return exponent == new Rational(1, 2) ? OnnxTask.Of(value.Map(Rational.Sqrt))
            : exponent == 1 ? OnnxTask.Of(value)
            : exponent == 2 ? OnnxTask.Of(value.Map(static x => x * x))
            : exponent == -1 ? OnnxTask.Of(value.Map(static x => Rational.One / x))
            : throw task.Refuse($"a constant to the power of {exponent} is not computed");
    }

    public static OnnxValue Root(OnnxTask task) => OnnxTask.Of(task.Constant(0, "input").Map(Rational.Sqrt));

    public static OnnxValue Reciprocal(OnnxTask task) => task.Constant(0, "input").Values.Any(static x => x.IsZero)
        ? throw task.Refuse("it divides by 0")
        : OnnxTask.Of(task.Constant(0, "input").Map(static x => Rational.One / x));

    public static OnnxValue Extremum(OnnxTask task)
        => OnnxTask.Of(task.Draft.Extremum(
            [.. Enumerable.Range(0, task.Inputs.Count).Select(task.Tensor)], task.Name, task.Node.OpType == "Max" ? ReductionKind.Max
            : ReductionKind.Min));

    private static OnnxValue Linear(OnnxTask task, Func<Rational, Rational, Rational> function, bool negateRight)
    {
        if (task.IsConstant(0) && task.IsConstant(1))
        {
            return Folded(task, function);
        }

        if (!task.IsConstant(0) && !task.IsConstant(1))
        {
            return OnnxTask.Of(task.Draft.Sum([task.Tensor(0), task.Tensor(1)], task.Name, [false, negateRight]));
        }

        int tensor = task.IsConstant(0) ? 1 : 0;
        (TensorValue value, Rational[] summands) = task.ByChannel(task.Tensor(tensor), task.Constant(1 - tensor, "summand"), "summand");
        Rational scale = tensor == 1 && negateRight ? -Rational.One : Rational.One, sign = tensor == 0 && negateRight ? -Rational.One
            : Rational.One;
        return OnnxTask.Of(value.Then(new AffineStep([scale], [.. summands.Select(s => s * sign)])));
    }

    private static OnnxValue Folded(OnnxTask task, Func<Rational, Rational, Rational> function)
        => OnnxTask.Of(OnnxConstant.Combine(task.Constant(0, "first operand"), task.Constant(1, "second operand"), task.Name, function));
}
