using System;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>The quantizer as a chain of torch operators: the referee of the fused passes, and the path for every case they do not cover.</summary>
internal static class QuantizerOperators
{
    public static readonly double Ln2 = Math.Log(2);

    /// <summary>
    /// Rounds x to steps of 2^−n. The gradients ride on terms that are exactly 0 (x − x), so that the result is on the grid and not
    /// one float beside it.
    /// </summary>
    public static torch.Tensor Quantize(torch.Tensor x, torch.Tensor fbw, bool training, bool exact, RoundingStrategy strategy)
    {
        var xd = x.Detach();
        var (xq, error) = exact || !training ? OnGrid(xd, fbw.Detach(), strategy) : OnRealSteps(xd, fbw.Detach(), strategy);
        var result = xq.Add(x.Subtract(xd));
        return training && fbw.RequiresGradient ? result.Add(fbw.Subtract(fbw.Detach()).Multiply(error.Multiply(Ln2))) : result;
    }

    private static (torch.Tensor Xq, torch.Tensor Error) OnGrid(torch.Tensor x, torch.Tensor fbw, RoundingStrategy strategy)
    {
        // torch.round rounds halves to even.
        var xq = Round(x, TensorValues.PowerOfTwo(fbw.Round()), strategy);
        return (xq, x.Subtract(xq));
    }

    // The step is no power of two here, so that xq is not exact; the small difference x − xq would suffer in float32.
    private static (torch.Tensor Xq, torch.Tensor Error) OnRealSteps(torch.Tensor x, torch.Tensor fbw, RoundingStrategy strategy)
    {
        var wide = x.ToType(torch.float64);
        var xq = Round(wide, NewTensor.Of(2.0).Pow(fbw.ToType(torch.float64)), strategy);
        return (xq.ToType(x.DataType), wide.Subtract(xq).ToType(x.DataType));
    }

    private static torch.Tensor Round(torch.Tensor x, torch.Tensor scale, RoundingStrategy strategy)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var scaled = x.Multiply(scale);
        var rounded = Rounding.Apply(scaled, strategy);
        if (strategy == RoundingStrategy.Floor)
        {
            // A negative value whose scaled one is too small for the type is still below 0.
            rounded = scaled.EqualTo(0).And(x.LessThan(0)).Choose(NewTensor.OnesLike(rounded).Negate(), rounded);
        }

        // From here on every value of the type is an integer already, or the product has left its range.
        var limit = x.DataType == torch.ScalarType.Float64 ? 4503599627370496.0 : 8388608.0;
        var result = scaled.Abs().LessThan(limit).Choose(rounded.Divide(scale), x);
        return result.MoveToOuterDisposeScope();
    }
}
