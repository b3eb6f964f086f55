using System;

namespace HGQ.Model.Serialization;

/// <summary>Finds the smallest array that broadcasts to a given one: axes along which nothing changes are folded.</summary>
internal static class BroadcastCompaction
{
    /// <summary>Sizes without leading ones (none at all for a single number) and the integers of that shape.</summary>
    public static (int[] Sizes, int[] Integers) Smallest(int[] sizes, int[] integers)
    {
        sizes = (int[])sizes.Clone();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            int inner = 1;
            for (int later = axis + 1; later < sizes.Length; later++)
            {
                inner *= sizes[later];
            }

            if (IsConstantAlong(integers, sizes[axis], inner))
            {
                integers = Fold(integers, sizes[axis], inner);
                sizes[axis] = 1;
            }
        }

        int leading = 0;
        while (leading < sizes.Length && sizes[leading] == 1)
        {
            leading++;
        }

        var rest = new int[sizes.Length - leading];
        Array.Copy(sizes, leading, rest, 0, rest.Length);
        return (rest, integers);
    }

    private static bool IsConstantAlong(int[] integers, int size, int inner)
    {
        int block = size * inner;
        for (int e = 0; e < integers.Length; e++)
        {
            int firstOfAxis = e - (e % block) + (e % inner);
            if (integers[e] != integers[firstOfAxis])
            {
                return false;
            }
        }

        return true;
    }

    private static int[] Fold(int[] integers, int size, int inner)
    {
        var folded = new int[integers.Length / size];
        for (int e = 0; e < folded.Length; e++)
        {
            folded[e] = integers[(e / inner * size * inner) + (e % inner)];
        }

        return folded;
    }
}
