using System;

namespace HGQ.Runtime.Data;

/// <summary>Which numbers data may hold: networks compute in float32, so what is infinite there is refused.</summary>
internal static class FiniteNumber
{
    /// <summary>What was expected in place of a number; null where it is one.</summary>
    public static string? Problem(double value) => !double.IsFinite(value) ? "a finite number"
        : !float.IsFinite((float)value) ? "a number that float32 holds (at most 3.4028235e38)"
        : null;

    /// <summary>The first element of an array that is none; null where all are.</summary>
    public static (int Index, double Value, string Expected)? FindWrong(NumericArray array)
    {
        if (array.IsInteger)
        {
            return null;
        }

        var block = new double[Math.Min(array.Length, 4096)];
        for (int start = 0; start < array.Length; start += block.Length)
        {
            Span<double> part = block.AsSpan(0, Math.Min(block.Length, array.Length - start));
            array.CopyTo(start, part);
            for (int i = 0; i < part.Length; i++)
            {
                if (Problem(part[i]) is { } expected)
                {
                    return (start + i, part[i], expected);
                }
            }
        }

        return null;
    }
}
