using System;
using System.Numerics;
using System.Runtime.InteropServices;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Optimization;

/// <summary>The moments of one parameter.</summary>
internal interface IMoments
{
    void Update(torch.Tensor parameter, torch.Tensor gradient, double beta1, double beta2, double rate, double epsilon);

    double[] First();

    double[] Second();

    void Load(double[] first, double[] second);
}

/// <summary>The moments of one parameter of a given type.</summary>
internal sealed class AdamMoments<T>(long size) : IMoments
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _first = new T[size];
    private readonly T[] _second = new T[size];

    /// <inheritdoc/>
    public void Update(torch.Tensor parameter, torch.Tensor gradient, double beta1, double beta2, double rate, double epsilon)
    {
        using TensorView<T> parameters = parameter.View<T>(), slopes = gradient.View<T>();
        Update(parameters.Span, slopes.Span, beta1, beta2, rate, epsilon);
    }

    /// <summary>The same on memory.</summary>
    public void Update(Span<T> weights, ReadOnlySpan<T> gradients, double beta1, double beta2, double rate, double epsilon)
    {
        var (b1, c1) = (T.CreateTruncating(beta1), T.CreateTruncating(1 - beta1));
        var (b2, c2) = (T.CreateTruncating(beta2), T.CreateTruncating(1 - beta2));
        var (lr, eps) = (T.CreateTruncating(rate), T.CreateTruncating(epsilon));
        ref var w = ref MemoryMarshal.GetReference(weights);
        ref var g = ref MemoryMarshal.GetReference(gradients);
        ref var m = ref MemoryMarshal.GetArrayDataReference(_first);
        ref var v = ref MemoryMarshal.GetArrayDataReference(_second);
        var e = 0;
        for (; e + Vector<T>.Count <= _first.Length; e += Vector<T>.Count)
        {
            var slope = Vector.LoadUnsafe(ref g, (nuint)e);
            var first = (Vector.LoadUnsafe(ref m, (nuint)e) * b1) + (slope * c1);
            var second = (Vector.LoadUnsafe(ref v, (nuint)e) * b2) + (slope * slope * c2);
            first.StoreUnsafe(ref m, (nuint)e);
            second.StoreUnsafe(ref v, (nuint)e);
            var step = first * lr / (Vector.SquareRoot(second) + new Vector<T>(eps));
            (Vector.LoadUnsafe(ref w, (nuint)e) - step).StoreUnsafe(ref w, (nuint)e);
        }

        for (; e < _first.Length; e++)
        {
            _first[e] = (_first[e] * b1) + (gradients[e] * c1);
            _second[e] = (_second[e] * b2) + (gradients[e] * gradients[e] * c2);
            weights[e] -= _first[e] * lr / (T.Sqrt(_second[e]) + eps);
        }
    }

    /// <inheritdoc/>
    public double[] First() => Array.ConvertAll(_first, double.CreateChecked);

    /// <inheritdoc/>
    public double[] Second() => Array.ConvertAll(_second, double.CreateChecked);

    /// <inheritdoc/>
    public void Load(double[] first, double[] second)
    {
        if (first.Length != _first.Length || second.Length != _second.Length)
        {
            throw new ArgumentException($"The state holds {first.Length} numbers for a parameter of {_first.Length}.", nameof(first));
        }

        Array.ConvertAll(first, T.CreateTruncating).CopyTo(_first, 0);
        Array.ConvertAll(second, T.CreateTruncating).CopyTo(_second, 0);
    }
}
