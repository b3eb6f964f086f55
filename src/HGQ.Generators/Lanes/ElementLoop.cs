using System;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>Loops over the elements of a buffer.</summary>
internal static class ElementLoop
{
    /// <summary>Name of the variable that counts within a period of the constants.</summary>
    public const string Index = "c";

    /// <summary>Writes the loop; <paramref name="body"/> gets the element.</summary>
    public static void Write(SourceWriter writer, int length, int period, Action<RowIndex> body)
    {
        if (length == 1)
        {
            writer.Open("for (int c = 0; c < 1; c++)");
            body(Index);
            writer.Close();
            return;
        }

        if (period == 1 || period == length)
        {
            writer.Open($"for (int c = 0; c < {length}; c++)");
            body(Index);
            writer.Close();
            return;
        }

        writer.Open($"for (int p = 0; p < {length}; p += {period})");
        writer.Open($"for (int c = 0; c < {period}; c++)");
        body("p + c");
        writer.Close();
        writer.Close();
    }
}
