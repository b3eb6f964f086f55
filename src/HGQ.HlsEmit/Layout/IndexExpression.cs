using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.HlsEmit.Layout;

/// <summary>A list of offsets as C++: a closed form of the loop's variable where there is one, else a table.</summary>
/// <param name="Text">The offset at the current position; null where it is always 0.</param>
/// <param name="Prologue">Lines that define it.</param>
internal sealed record IndexExpression(string? Text, IReadOnlyList<string> Prologue)
{
    /// <summary>The expression of a list; <paramref name="name"/> names what has to be defined.</summary>
    public static IndexExpression For(int[] offsets, string name)
    {
        if (offsets.All(o => o == 0))
        {
            return new IndexExpression(null, []);
        }

        if (Closed(offsets) is { } closed)
        {
            return closed == PositionLoop.Variable
                ? new IndexExpression(closed, [])
                : new IndexExpression(name, [$"const int {name} = {closed};"]);
        }

        var entries = string.Join(", ", offsets.Select(o => o.ToString(CultureInfo.InvariantCulture)));
        return new IndexExpression($"{name}[{PositionLoop.Variable}]", [$"static const int {name}[{Text10(offsets.Length)}] = {{{entries}}};"]);
    }

    private static string? Closed(int[] offsets)
    {
        if (offsets[0] != 0)
        {
            return null;
        }

        var step = offsets.Length > 1 ? offsets[1] : 0;
        var row = 1;
        while (row < offsets.Length && offsets[row] == row * step)
        {
            row++;
        }

        if (row == offsets.Length)
        {
            return Scaled(PositionLoop.Variable, step);
        }

        var jump = offsets[row];
        for (var p = 0; p < offsets.Length; p++)
        {
            if (offsets[p] != (p / row * jump) + (p % row * step))
            {
                return null;
            }
        }

        var inner = $"{PositionLoop.Variable} % {Text10(row)}";
        return Scaled($"{PositionLoop.Variable} / {Text10(row)}", jump) + (step == 0 ? "" : " + " + Scaled(inner, step));
    }

    private static string Scaled(string text, int factor) => factor == 1 ? text : $"{text} * {Text10(factor)}";

    private static string Text10(int value) => value.ToString(CultureInfo.InvariantCulture);
}
