using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Finds few steps for the function of a LUT: two inputs that matter as one bit only become that bit, three that matter by their number
/// of ones become sum and carry of a full adder; where there are none, an input is split off.
/// </summary>
internal sealed class LutDecomposition
{
    private static readonly int[] Inversions = [0, 1, 2, 4];

    private readonly LiteralSteps _steps;
    private readonly Dictionary<ulong, Func<int[], int>> _known = new();

    public LutDecomposition(LiteralSteps steps) => _steps = steps;

    /// <summary>Gives the literal of a function.</summary>
    /// <param name="table">The function, as wide as six inputs.</param>
    /// <param name="inputs">Literals of the inputs.</param>
    public int Literal(ulong table, int[] inputs)
    {
        // Upper and lower halves of tables are often equal, and a dictionary would mix them to 0: the product has the same information.
        ulong key = unchecked(table * 0x9E3779B97F4A7C15);
        if (!_known.TryGetValue(key, out var compute))
        {
            _known[key] = compute = Find(table);
        }

        return compute(inputs);
    }

    private Func<int[], int> Find(ulong table)
    {
        int[] used = Enumerable.Range(0, 6).Where(input => TruthTable.DependsOn(table, input)).ToArray();
        if (used.Length == 0)
        {
            return _ => table == 0 ? LiteralSteps.Zero : LiteralSteps.One;
        }

        if (used.Length == 1)
        {
            int inverted = table == TruthTable.Input(used[0]) ? 0 : 1;
            return inputs => inputs[used[0]] ^ inverted;
        }

        return JoinTwo(table, used) ?? SplitExclusive(table, used) ?? JoinThree(table, used) ?? Split(table, used);
    }

    private Func<int[], int>? JoinTwo(ulong table, int[] used)
    {
        foreach (int j in used)
        {
            ulong low = TruthTable.Cofactor(table, j, false), high = TruthTable.Cofactor(table, j, true);
            foreach (int i in used.TakeWhile(i => i < j))
            {
                ulong at0 = TruthTable.Cofactor(low, i, false), at1 = TruthTable.Cofactor(low, i, true);
                ulong at2 = TruthTable.Cofactor(high, i, false), at3 = TruthTable.Cofactor(high, i, true);
                if (at0 == at3 && at1 == at2)
                {
                    ulong joined = Join(i, at0, at1);
                    return inputs => Literal(joined, With(inputs, i, _steps.Xor(inputs[i], inputs[j])));
                }

                // The one of four cases that differs.
                int odd = at2 == at3 && at1 == at2 ? 0
                    : at2 == at3 && at0 == at2 ? 1
                    : at0 == at1 && at1 == at3 ? 2
                    : at0 == at1 && at1 == at2 ? 3 : -1;
                if (odd >= 0)
                {
                    ulong usual = odd < 2 ? at3 : at0, unusual = odd switch { 0 => at0, 1 => at1, 2 => at2, _ => at3 };
                    ulong joined = Join(i, usual, unusual);
                    int invertedI = ~odd & 1, invertedJ = (~odd >> 1) & 1;
                    return inputs => Literal(joined, With(inputs, i, _steps.And(inputs[i] ^ invertedI, inputs[j] ^ invertedJ)));
                }
            }
        }

        return null;
    }

    private Func<int[], int>? SplitExclusive(ulong table, int[] used)
    {
        int split = Array.FindIndex(used, i => At(table, i, 0) == ~At(table, i, 1));
        if (split < 0)
        {
            return null;
        }

        int input = used[split];
        ulong rest = At(table, input, 0);
        return inputs => _steps.Xor(inputs[input], Literal(rest, inputs));
    }

    private Func<int[], int>? JoinThree(ulong table, int[] used)
    {
        var triples = from k in used from j in used where j < k from i in used where i < j select (i, j, k);
        foreach ((int i, int j, int k) in triples)
        {
            // One of the three may count where it is 0.
            ulong[] at = Cases(table, i, j, k);
            int inverted = Array.FindIndex(Inversions, flip => at[1 ^ flip] == at[2 ^ flip] && at[1 ^ flip] == at[4 ^ flip]
                && at[3 ^ flip] == at[5 ^ flip] && at[3 ^ flip] == at[6 ^ flip]);
            if (inverted >= 0)
            {
                inverted = Inversions[inverted];
                ulong joined = Join(j, Join(i, at[inverted], at[1 ^ inverted]), Join(i, at[3 ^ inverted], at[7 ^ inverted]));
                return inputs =>
                {
                    int a = inputs[i] ^ (inverted & 1), b = inputs[j] ^ ((inverted >> 1) & 1), c = inputs[k] ^ (inverted >> 2);
                    int half = _steps.Xor(a, b), sum = _steps.Xor(half, c), carry = _steps.Select(half, c, a);
                    return Literal(joined, With(With(inputs, i, sum), j, carry));
                };
            }
        }

        return null;
    }

    private Func<int[], int> Split(ulong table, int[] used)
    {
        // The input whose two rests depend on the fewest others.
        int chosen = used.OrderBy(i => used.Sum(other =>
            Enumerable.Range(0, 2).Count(value => TruthTable.DependsOn(At(table, i, value), other)))).First();
        ulong low = At(table, chosen, 0), high = At(table, chosen, 1);
        return inputs => _steps.Select(inputs[chosen], Literal(high, inputs), Literal(low, inputs));
    }

    private static ulong[] Cases(ulong table, int i, int j, int k)
    {
        var cases = new ulong[8];
        for (var n = 0; n < cases.Length; n++)
        {
            cases[n] = At(At(At(table, i, n), j, n >> 1), k, n >> 2);
        }

        return cases;
    }

    private static ulong At(ulong table, int input, int value) => TruthTable.Cofactor(table, input, (value & 1) != 0);

    private static ulong Join(int input, ulong low, ulong high) => (low & ~TruthTable.Input(input)) | (high & TruthTable.Input(input));

    private static int[] With(int[] inputs, int input, int literal)
    {
        var changed = (int[])inputs.Clone();
        changed[input] = literal;
        return changed;
    }
}
