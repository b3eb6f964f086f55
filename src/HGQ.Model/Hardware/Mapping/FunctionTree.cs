using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Mapping;

/// <summary>
/// Functions of more than six bits as LUTs: split by one or two bits until six are left, selected by a LUT. Equal parts, inverted
/// or not, are made once; the bits to split by are those that leave the least.
/// </summary>
internal sealed class FunctionTree
{
    private const int LutInputs = 6;
    private readonly NetlistDraft _draft;
    private readonly int[] _index;
    private readonly Dictionary<string, int> _known = new();

    public FunctionTree(NetlistDraft draft, int[] index)
    {
        _draft = draft;
        _index = index;
    }

    /// <summary>The literal of a function of the index, given by its values.</summary>
    public int Map(bool[] values) => Map(values, _index);

    private int Map(bool[] values, int[] inputs)
    {
        (values, inputs) = Needed(values, inputs);
        if (inputs.Length == 0)
        {
            return values[0] ? Literal.One : Literal.Zero;
        }

        int inverted = values[0] ? 1 : 0;
        string key = string.Join(",", inputs) + ":" + new string(values.Select(value => value == values[0] ? '0' : '1').ToArray());
        if (!_known.TryGetValue(key, out int literal))
        {
            literal = Make(values.Select(value => value != values[0]).ToArray(), inputs);
            _known.Add(key, literal);
        }

        return literal ^ inverted;
    }

    private int Make(bool[] values, int[] inputs)
    {
        if (inputs.Length <= LutInputs)
        {
            return _draft.Lut(LutRole.Logic, inputs, choice => values[choice]);
        }

        int[] by = Best(values, inputs);
        var parts = Enumerable.Range(0, 1 << by.Length).Select(choice => Map(Part(values, inputs.Length, by, choice), Without(inputs, by))).ToArray();
        var select = parts.Concat(by.Select(position => inputs[position])).ToArray();
        return _draft.Lut(LutRole.Logic, select, choice => ((choice >> (choice >> parts.Length)) & 1) == 1);
    }

    private static int[] Best(bool[] values, int[] inputs)
    {
        int[] best = [];
        var least = int.MaxValue;
        foreach (int[] by in Choices(inputs.Length))
        {
            int cost = Enumerable.Range(0, 1 << by.Length).Select(choice => Part(values, inputs.Length, by, choice))
                .GroupBy(part => new string(part.Select(value => value == part[0] ? '0' : '1').ToArray()))
                .Sum(group => Luts(group.First()));
            if (cost < least)
            {
                least = cost;
                best = by;
            }
        }

        return best;
    }

    private static IEnumerable<int[]> Choices(int inputs)
    {
        for (var first = 0; first < inputs; first++)
        {
            if (inputs == LutInputs + 1)
            {
                yield return new[] { first };
            }

            for (int second = first + 1; inputs > LutInputs + 1 && second < inputs; second++)
            {
                yield return new[] { first, second };
            }
        }
    }

    // Roughly, the LUTs of a part.
    private static int Luts(bool[] values)
    {
        var needed = 0;
        for (var step = 1; step < values.Length; step <<= 1)
        {
            needed += Depends(values, step) ? 1 : 0;
        }

        return needed <= 1 ? 0 : needed <= LutInputs ? 4 : 5 << (needed - LutInputs);
    }

    private static (bool[] Values, int[] Inputs) Needed(bool[] values, int[] inputs)
    {
        for (int position = inputs.Length - 1; position >= 0; position--)
        {
            int at = position;
            bool constant = inputs[position] < 2;
            if (constant || !Depends(values, 1 << position))
            {
                values = Part(values, inputs.Length, new[] { at }, constant ? inputs[position] : 0);
                inputs = Without(inputs, new[] { at });
            }
        }

        return (values, inputs);
    }

    private static bool Depends(bool[] values, int step)
    {
        for (var n = 0; n < values.Length; n++)
        {
            if ((n & step) == 0 && values[n] != values[n | step])
            {
                return true;
            }
        }

        return false;
    }

    private static bool[] Part(bool[] values, int inputs, int[] by, int choice)
    {
        int[] rest = Enumerable.Range(0, inputs).Where(position => !by.Contains(position)).ToArray();
        int at = by.Select((position, n) => ((choice >> n) & 1) << position).Sum();
        return Enumerable.Range(0, 1 << rest.Length)
            .Select(n => values[at + rest.Select((position, bit) => ((n >> bit) & 1) << position).Sum()])
            .ToArray();
    }

    private static int[] Without(int[] inputs, int[] by) => inputs.Where((_, position) => !by.Contains(position)).ToArray();
}
