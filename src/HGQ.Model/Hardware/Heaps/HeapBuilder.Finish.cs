using System;
using System.Linq;

namespace HGQ.Model.Hardware.Heaps;

/// <content>What is left of a heap after its plan, or where there is none.</content>
internal sealed partial class HeapBuilder
{
    private const int MostLevels = 1_000;

    private void Finish()
    {
        bool windows = _windows;
        var final = new FinalChainPlanner(windows);
        var planner = new ChainPlanner(windows);
        while (true)
        {
            if (_later.All(column => column.All(bit => bit.Level <= _level + 1)))
            {
                var all = All();
                if (!float.IsPositiveInfinity(final.Solve(Heights(all), _constants, _columns, _dropped, Plain(all))))
                {
                    Advance();
                    final.Chains().ForEach(Do);
                    Advance();
                    return;
                }
            }

            // There is no plan, or its counts did not come true (a bit had to be plain and was not): go on without.
            bool progress = CompressLevel(planner, 1) || AddUp(windows) || _later.Any(column => column.Count > 0);
            Advance();
            RequireProgress();
            if (!progress && windows)
            {
                // A carry meets a column with nothing but a constant, which no position with windows takes up.
                windows = false;
                final = new FinalChainPlanner(windows);
                planner = new ChainPlanner(windows);
            }
        }
    }

    private bool AddUp(bool windows)
    {
        var any = false;
        for (var column = 0; column < _columns; column++)
        {
            while (_there[column].Count >= 3 || (!windows && _there[column].Count == 2 && _constants[column] == 1))
            {
                Do(new HeapMove(HeapMoveKind.Adder, new ChainStart(column, ChainCarryIn.Zero, default, 0), []));
                any = true;
            }
        }

        return any;
    }

    private void RequireProgress()
    {
        if (_level > MostLevels)
        {
            throw new InvalidOperationException(
                FormattableString.Invariant($"a heap of {_columns} columns is not added up after {MostLevels} levels"));
        }
    }
}
