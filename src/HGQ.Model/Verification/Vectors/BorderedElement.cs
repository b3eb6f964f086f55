using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Model.Verification;

/// <summary>How far a case has come.</summary>
internal enum BorderState
{
    /// <summary>No sample has it.</summary>
    Open,

    /// <summary>A sample has it; a wrong result of it would not be seen.</summary>
    Reached,

    /// <summary>In a sample that has it, a wrong result would be seen.</summary>
    Shown,
}

/// <summary>The cases of one element.</summary>
internal sealed class BorderedElement
{
    private readonly ValueBorder[] _borders;
    private readonly BorderState[] _states;
    private readonly int[] _more;
    private readonly int[] _less;
    private readonly int[] _looks;
    private int _shown;

    public BorderedElement(int index, ValueBorder[] borders)
    {
        Index = index;
        _borders = borders;
        _states = new BorderState[borders.Length];
        _more = new int[borders.Length];
        _less = new int[borders.Length];
        _looks = new int[borders.Length];
    }

    public int Index { get; }

    public int Count => _borders.Length;

    public int Reached => _states.Count(state => state != BorderState.Open);

    public bool IsComplete => _shown == _borders.Length;

    public BorderState State(int n) => _states[n];

    public long Value(int n) => _borders[n].Value;

    public IEnumerable<int> In(BorderState state) => Enumerable.Range(0, Count).Where(n => _states[n] == state).ToArray();

    /// <summary>Looks at a value of the source.</summary>
    /// <param name="value">The value.</param>
    /// <param name="effects">Says whether it is worth a look.</param>
    /// <param name="shows">Whether the results differ with a result that is so much larger.</param>
    /// <returns>Whether a case came further.</returns>
    public bool Observe(long value, ResultEffects effects, Func<int, bool> shows)
    {
        var news = false;

        // Cases of the same sample share the question.
        bool? more = null, less = null;
        for (var n = 0; n < _borders.Length; n++)
        {
            if (_states[n] == BorderState.Shown || !_borders[n].Holds(value))
            {
                continue;
            }

            if (_states[n] == BorderState.Open)
            {
                _states[n] = BorderState.Reached;
                news = true;
            }

            if (!effects.IsWorthwhile(++_looks[n]))
            {
                continue;
            }

            news |= Mark(_more, n, ref more, 1, shows) | Mark(_less, n, ref less, -1, shows);
            if (Math.Min(_more[n], _less[n]) == _borders[n].Times)
            {
                _states[n] = BorderState.Shown;
                _shown++;
            }
        }

        return news;
    }

    private bool Mark(int[] seen, int n, ref bool? answer, int step, Func<int, bool> shows)
    {
        if (seen[n] == _borders[n].Times)
        {
            return false;
        }

        answer ??= shows(step);
        seen[n] += answer.Value ? 1 : 0;
        return answer.Value;
    }
}
