using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>A recorded array, row-major.</summary>
/// <param name="Shape">Sizes, the batch included where there is one.</param>
/// <param name="Data">Elements.</param>
internal sealed record GoldenArray<T>(int[] Shape, T[] Data)
{
    /// <summary>Rows along the first axis.</summary>
    public T[][] Rows => [.. Data.Chunk(Math.Max(Data.Length / Shape[0], 1))];

    /// <summary>The elements repeated to a larger shape, axes aligned at the end; surplus leading axes must have the size 1.</summary>
    public T[] BroadcastTo(TensorShape target)
    {
        if (Shape.Take(Math.Max(Shape.Length - target.Rank, 0)).Any(size => size != 1))
        {
            throw new ArgumentException($"an array of the rank {Shape.Length} does not spread to {target}", nameof(target));
        }

        var own = Shape.Skip(Math.Max(Shape.Length - target.Rank, 0)).ToArray();
        var result = new T[target.Size];
        for (var e = 0; e < result.Length; e++)
        {
            int index = 0, step = 1, rest = e;
            for (var axis = 1; axis <= target.Rank; axis++)
            {
                int at = rest % target[target.Rank - axis];
                rest /= target[target.Rank - axis];
                if (axis <= own.Length)
                {
                    int size = own[^axis];
                    index += (size == 1 ? 0 : at) * step;
                    step *= size;
                }
            }

            result[e] = Data[index];
        }

        return result;
    }
}
