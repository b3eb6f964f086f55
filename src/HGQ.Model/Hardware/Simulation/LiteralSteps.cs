using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Steps on literals, a literal being twice a value, and 1 more for the value's inverse. What is computed twice is computed once, and
/// hardly anything is inverted.
/// </summary>
internal sealed class LiteralSteps
{
    /// <summary>Literal of the constant 0, which is value 0.</summary>
    public const int Zero = 0;

    /// <summary>Literal of the constant 1. As a row it is value 1.</summary>
    public const int One = 1;

    private readonly Dictionary<(BitOperationKind Kind, int A, int B, int C), int> _known = new();
    private readonly List<ValueStep> _steps = new();

    // The step that makes a value; constants and inputs have none.
    private readonly Dictionary<int, int> _makers = new();

    /// <summary>Starts behind so many given values.</summary>
    public LiteralSteps(int given) => Count = given;

    /// <summary>Values are the numbers below.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a step that is computed sample by sample.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="reads">Literals.</param>
    /// <param name="written">Which of its bits are read; the others are not written.</param>
    /// <param name="cell">What computes it.</param>
    /// <returns>A literal for each bit, or −1.</returns>
    public int[] Add(BitOperationKind kind, IEnumerable<int> reads, IEnumerable<bool> written, NetlistCell cell)
    {
        int[] read = reads.Select(Value).ToArray();
        int[] values = written.Select(one => one ? Count++ : -1).ToArray();
        foreach (int value in values.Where(value => value >= 0))
        {
            _makers[value] = _steps.Count;
        }

        _steps.Add(new ValueStep(kind, read, values, cell));
        return Array.ConvertAll(values, value => value < 0 ? -1 : 2 * value);
    }

    public int And(int a, int b)
    {
        (a, b) = a < b ? (a, b) : (b, a);
        return a == Zero || a == (b ^ 1) ? Zero
            : a == One || a == b ? b
            : (a & b & 1) != 0 ? Step(BitOperationKind.Or, a / 2, b / 2) ^ 1
            : ((a | b) & 1) == 0 ? Step(BitOperationKind.And, a / 2, b / 2)
            : (a & 1) != 0 ? Step(BitOperationKind.AndNot, b / 2, a / 2)
            : Step(BitOperationKind.AndNot, a / 2, b / 2);
    }

    public int Xor(int a, int b)
    {
        int inverse = (a ^ b) & 1;
        (a, b) = a < b ? (a & ~1, b & ~1) : (b & ~1, a & ~1);
        return inverse ^ (a == b ? Zero : a == Zero ? b : Step(BitOperationKind.Xor, a / 2, b / 2));
    }

    /// <summary>Condition ? then : other.</summary>
    public int Select(int condition, int then, int other)
    {
        if ((condition & 1) != 0)
        {
            (condition, then, other) = (condition ^ 1, other, then);
        }

        if (condition == Zero || then == other)
        {
            return other;
        }

        if (then == (other ^ 1))
        {
            return Xor(condition, other);
        }

        // What is constant, or the condition itself, needs no selection.
        return then == Zero || then == (condition ^ 1) ? And(condition ^ 1, other)
            : then == One || then == condition ? And(condition ^ 1, other ^ 1) ^ 1
            : other == Zero || other == condition ? And(condition, then)
            : other == One || other == (condition ^ 1) ? And(condition, then ^ 1) ^ 1
            : (other & 1) != 0 ? Selection(condition, then ^ 1, other ^ 1) ^ 1
            : Selection(condition, then, other);
    }

    private int Selection(int condition, int then, int other) =>
        Step((then & 1) != 0 ? BitOperationKind.SelectNot : BitOperationKind.Select, condition / 2, then / 2, other / 2);

    private int Step(BitOperationKind kind, int a, int b, int c = 0)
    {
        if (_known.TryGetValue((kind, a, b, c), out int literal))
        {
            return literal;
        }

        literal = 2 * Count;
        int position = kind is BitOperationKind.Select or BitOperationKind.SelectNot ? Position(a, b, c) : -1;
        if (position >= 0)
        {
            BitOperationKind both = kind == BitOperationKind.Select ? BitOperationKind.Position : BitOperationKind.PositionNot;
            _steps[position] = new ValueStep(both, [a, b, c], [_steps[position].Writes[0], Count]);
            _makers[Count] = position;
        }
        else
        {
            bool selects = kind is BitOperationKind.Select or BitOperationKind.SelectNot;
            int[] reads = kind == BitOperationKind.Not ? [a] : selects ? [a, b, c] : [a, b];
            _makers[Count] = _steps.Count;
            _steps.Add(new ValueStep(kind, reads, [Count]));
        }

        Count++;
        return _known[(kind, a, b, c)] = literal;
    }

    // The step that makes the sum to a carry, if data are there before it.
    private int Position(int select, int before, int data)
    {
        (int a, int b) = select < before ? (select, before) : (before, select);
        return _known.TryGetValue((BitOperationKind.Xor, a, b, 0), out int sum) && _makers.TryGetValue(sum / 2, out int maker)
            && _steps[maker].Kind == BitOperationKind.Xor && (!_makers.TryGetValue(data, out int made) || made < maker) ? maker : -1;
    }

    /// <summary>The value that is a literal: an inverse has to be made.</summary>
    public int Value(int literal) => literal == One ? 1 : (literal & 1) == 0 ? literal / 2 : Step(BitOperationKind.Not, literal / 2, 0) / 2;

    /// <summary>The steps without those that no output needs.</summary>
    public ValueStep[] Needed(int[][] outputs)
    {
        var read = new bool[Count];
        foreach (int value in outputs.SelectMany(values => values))
        {
            read[value] = true;
        }

        for (int n = _steps.Count - 1; n >= 0; n--)
        {
            if (Array.Exists(_steps[n].Writes, value => value >= 0 && read[value]))
            {
                Array.ForEach(_steps[n].Reads, value => read[value] = true);
            }
        }

        return _steps.Where(step => Array.Exists(step.Writes, value => value >= 0 && read[value])).ToArray();
    }
}
