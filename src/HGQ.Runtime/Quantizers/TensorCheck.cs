using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <summary>
/// Says what is wrong with a tensor before native code sees it, which would end the process or speak of its own functions.
/// </summary>
internal static class TensorCheck
{
    /// <summary>A batch of samples.</summary>
    /// <param name="what">What takes it: the subject of the message.</param>
    /// <param name="x">The tensor.</param>
    /// <param name="shape">Shape of one sample.</param>
    /// <param name="type">Type of the parameters; null: any real one.</param>
    /// <exception cref="ArgumentException">It is no such batch.</exception>
    public static void RequireBatch(string what, torch.Tensor? x, IReadOnlyList<long> shape, torch.ScalarType? type)
    {
        torch.Tensor readable = Readable(what, x);
        long[] found = readable.Shape;
        bool fits = found.Length == shape.Count + 1;
        for (int d = 0; fits && d < shape.Count; d++)
        {
            fits = found[d + 1] == shape[d];
        }

        if (!fits || found[0] == 0)
        {
            string wanted = string.Join(", ", shape.Select(static n => FormattableString.Invariant($"{n}")).Prepend("batch"));
            string why = fits ? ": a batch holds at least one sample" : "";
            throw new ArgumentException($"{what} takes [{wanted}], not [{string.Join(", ", found)}]{why}.", nameof(x));
        }

        RequireType(what, readable.DataType, type);
    }

    /// <summary>A tensor that parameters are broadcast to: as many dimensions, each size equal or shared.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static void RequireFits(string what, torch.Tensor? x, torch.Tensor parameters)
    {
        torch.Tensor readable = Readable(what, x);
        long[] found = readable.Shape, wanted = parameters.Shape;
        bool fits = wanted.Length <= found.Length;
        for (int d = 1; fits && d <= wanted.Length; d++)
        {
            fits = wanted[^d] == 1 || wanted[^d] == found[^d];
        }

        if (!fits)
        {
            string widths = string.Join(", ", wanted);
            throw new ArgumentException(
                $"{what} has widths of the shape [{widths}] (1: shared), which do not fit [{string.Join(", ", found)}].", nameof(x));
        }

        RequireType(what, readable.DataType, null);
    }

    /// <summary>A type that parameters can have.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static void RequireReal(string what, torch.ScalarType? type)
    {
        if (type is not (null or torch.ScalarType.Float32 or torch.ScalarType.Float64))
        {
            throw new ArgumentException($"{what} can't have parameters of type {type}; float32 and float64 can be trained.", nameof(type));
        }
    }

    private static torch.Tensor Readable(string what, torch.Tensor? x)
    {
        if (x is null)
        {
            throw new ArgumentNullException(nameof(x), $"{what} got no tensor.");
        }

        if (x.IsInvalid)
        {
            throw new ObjectDisposedException(
                nameof(x), $"{what} got a tensor that is disposed; keep it alive, or take it out of its dispose scope.");
        }

        if (x.DeviceKind != DeviceType.CPU)
        {
            throw new ArgumentException(
                $"{what} got a tensor on {x.DeviceKind}; everything here runs on the processor: call cpu().", nameof(x));
        }

        return x;
    }

    private static void RequireType(string what, torch.ScalarType found, torch.ScalarType? wanted)
    {
        if (wanted is null ? found is not (torch.ScalarType.Float32 or torch.ScalarType.Float64) : found != wanted)
        {
            string types = wanted is null ? "float32 or float64" : $"{Name(wanted.Value)}, the type of the parameters";
            string convert = wanted == torch.ScalarType.Float64 ? "float64" : "float32";
            throw new ArgumentException($"{what} takes {types}, not {Name(found)}: call to(torch.{convert}) on the tensor.", nameof(found));
        }
    }

    private static string Name(torch.ScalarType type) => type.ToString().ToLowerInvariant();
}
