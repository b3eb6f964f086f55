using System;
using System.Collections.Generic;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Puts steps in an order in which many of one kind follow each other: telling kinds apart costs more than most steps. Of the kinds
/// that can go on, the one with the most steps is next, until none of it is left.
/// </summary>
internal sealed class StepOrder
{
    private readonly IReadOnlyList<ValueStep> _steps;
    private readonly int[] _missing;
    private readonly List<int>?[] _readers;
    private readonly Stack<int>[] _ready;

    private StepOrder(ValueSteps values)
    {
        _steps = values.Steps;
        _missing = new int[_steps.Count];
        _readers = new List<int>?[values.Count];
        _ready = new Stack<int>[Enum.GetValues(typeof(BitOperationKind)).Length];
        for (var kind = 0; kind < _ready.Length; kind++)
        {
            _ready[kind] = new Stack<int>();
        }
    }

    /// <summary>Gives the steps in the new order.</summary>
    public static ValueStep[] Of(ValueSteps values) => new StepOrder(values).Order();

    private ValueStep[] Order()
    {
        Connect();
        var order = new List<ValueStep>(_steps.Count);
        while (order.Count < _steps.Count)
        {
            Stack<int> next = Longest();
            while (next.Count > 0)
            {
                ValueStep step = _steps[next.Pop()];
                order.Add(step);
                Array.ForEach(step.Writes, Written);
            }
        }

        return order.ToArray();
    }

    private void Connect()
    {
        foreach (ValueStep step in _steps)
        {
            foreach (int value in step.Writes)
            {
                if (value >= 0)
                {
                    _readers[value] = new List<int>();
                }
            }
        }

        // The first step lies on top.
        for (int n = _steps.Count - 1; n >= 0; n--)
        {
            foreach (int value in _steps[n].Reads)
            {
                if (_readers[value] is { } readers)
                {
                    _missing[n]++;
                    readers.Add(n);
                }
            }

            if (_missing[n] == 0)
            {
                _ready[(int)_steps[n].Kind].Push(n);
            }
        }
    }

    private Stack<int> Longest()
    {
        Stack<int> longest = _ready[0];
        foreach (Stack<int> steps in _ready)
        {
            longest = steps.Count > longest.Count ? steps : longest;
        }

        return longest.Count > 0 ? longest : throw new InvalidOperationException("steps read each other in a circle");
    }

    private void Written(int value)
    {
        foreach (int reader in value >= 0 ? _readers[value]! : [])
        {
            if (--_missing[reader] == 0)
            {
                _ready[(int)_steps[reader].Kind].Push(reader);
            }
        }
    }
}
