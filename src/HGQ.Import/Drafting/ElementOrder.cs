using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <summary>Which element of a tensor becomes which one behind a move.</summary>
internal static class ElementOrder
{
    /// <summary>Index in the source of each element of the target.</summary>
    /// <param name="source">Shape in front of the move.</param>
    /// <param name="target">Shape behind it.</param>
    /// <param name="axes">Axes of a permutation; null for a reshape.</param>
    public static int[] SourceOf(TensorShape source, TensorShape target, int[]? axes)
    {
        var indices = new int[target.Size];
        int[] strides = source.Strides();
        for (var e = 0; e < indices.Length; e++)
        {
            if (axes is null)
            {
                indices[e] = e;
                continue;
            }

            int rest = e;
            for (int axis = target.Rank - 1; axis >= 0; axis--)
            {
                indices[e] += rest % target[axis] * strides[axes[axis]];
                rest /= target[axis];
            }
        }

        return indices;
    }

    /// <summary>The formats that elements have in front of a move.</summary>
    public static TensorFormat Before(TensorFormat behind, TensorShape source, int[]? axes)
    {
        int[] indices = SourceOf(source, behind.Shape, axes);
        var elements = new FixedPointFormat[indices.Length];
        for (var e = 0; e < indices.Length; e++)
        {
            elements[indices[e]] = behind[e];
        }

        return new TensorFormat(source, elements);
    }
}
