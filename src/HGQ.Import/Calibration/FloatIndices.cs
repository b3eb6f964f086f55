using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Which element of one tensor belongs to which one of another.</summary>
internal static class FloatIndices
{
    /// <summary>Result that each element goes into.</summary>
    public static int[] Reduced(TensorShape source, int[] axes)
    {
        int[] sizes = [.. Enumerable.Range(0, source.Rank).Select(axis => axes.Contains(axis) ? 1 : source[axis])];
        return Mapped(source, new TensorShape(sizes), static (index, _, size) => size == 1 ? 0 : index);
    }

    /// <summary>Source of each element of the wider tensor.</summary>
    public static int[] Broadcast(TensorShape source, TensorShape target)
        => Mapped(target, source, static (index, _, size) => size == 1 ? 0 : index);

    /// <summary>Source of each element of a slice.</summary>
    public static int[] Sliced(TensorShape source, TensorShape target, int[] begin, int[] steps)
        => Mapped(target, source, (index, axis, _) => begin[axis] + (index * steps[axis]));

    // Walks over the elements of one shape, axis by axis from the first, and finds an element of the other one.
    private static int[] Mapped(TensorShape walked, TensorShape found, Func<int, int, int, int> index)
    {
        int[] strides = walked.Strides(), others = found.Strides();
        var result = new int[walked.Size];
        for (var e = 0; e < result.Length; e++)
        {
            for (var axis = 0; axis < strides.Length; axis++)
            {
                result[e] += index(e / strides[axis] % walked[axis], axis, found[axis]) * others[axis];
            }
        }

        return result;
    }
}
