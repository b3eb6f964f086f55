using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Drafting;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>Does the moves of a plan with bits: what <see cref="HeapMoves"/> does with counts.</summary>
internal sealed partial class HeapBuilder
{
    private readonly NetlistDraft _draft;
    private readonly bool _windows;
    private readonly int _columns;
    private readonly int _dropped;
    private readonly List<HeapBit>[] _there;
    private readonly List<HeapBit>[] _later;
    private readonly byte[] _constants;
    private int _level;

    public HeapBuilder(NetlistDraft draft, BitHeap heap, bool windows)
    {
        _windows = windows;
        int firstLevel = heap.FirstLevel;
        _draft = draft;
        _columns = heap.Columns.Length;
        _dropped = Math.Min(heap.Dropped, _columns);
        _constants = heap.Constants();
        _level = firstLevel;
        _there = heap.Columns.Select(column => column.Where(bit => bit.Level <= firstLevel).ToList()).ToArray();
        _later = heap.Columns.Select(column => column.Where(bit => bit.Level > firstLevel).ToList()).ToArray();
        Simplify();
    }

    /// <summary>
    /// Does the moves of a plan, then finishes; gives a literal a column. A plan is made of counts: where equal bits meet, a sum of them
    /// can turn out constant, so that a later move lacks what it takes. The rest goes on without the plan then.
    /// </summary>
    public int[] Build(HeapProblem problem, IEnumerable<HeapMove> moves)
    {
        var counts = new HeapCounts(problem);
        foreach (var move in moves.TakeWhile(move => counts.Allow(move, _there, _later, _constants)))
        {
            counts.Do(move);
            Do(move);
            Simplify();
        }

        Finish();
        return Enumerable.Range(0, _columns)
            .Select(column => _there[column].Count > 0 ? _there[column][0].Literal : (int)_constants[column]).ToArray();
    }

    /// <summary>Does the best chains, level by level, as long as they gain and a column has more bits; gives each column's bits.</summary>
    public List<HeapBit>[] Compress(float price, int most = 0)
    {
        var planner = new ChainPlanner(_windows);
        for (bool again = true; again && All().Any(column => column.Count > most);)
        {
            again = CompressLevel(planner, price) || _later.Any(column => column.Count > 0);
            Advance();
            RequireProgress();
        }

        return All();
    }

    /// <summary>The constants that are left, 0 or 1 a column.</summary>
    public byte[] Constants => _constants;

    private bool CompressLevel(ChainPlanner planner, float price)
    {
        var any = false;
        while (true)
        {
            planner.Solve(Heights(_there), _constants, Plain(_there), _columns, price, 0);
            float best = 1e-4f;
            ChainStart? chosen = null;
            for (var column = 0; column < _columns - 1; column++)
            {
                float value = planner.Start(column, out var start);
                if (value > best)
                {
                    best = value;
                    chosen = start;
                }
            }

            if (chosen is not { } chain)
            {
                return any;
            }

            any = true;
            Do(new HeapMove(HeapMoveKind.Chain, chain, ChainPaths.Of(planner, chain, _columns)));
        }
    }

    private void Do(HeapMove move)
    {
        switch (move.Kind)
        {
            case HeapMoveKind.Advance:
                Advance();
                break;
            case HeapMoveKind.Adder:
                Add(move.Start.Column);
                break;
            case HeapMoveKind.Chain:
                Chain(move.Start, move.Steps);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(move), move.Kind, "There is no such move.");
        }
    }

    private void Advance()
    {
        _level++;
        for (var column = 0; column < _columns; column++)
        {
            _there[column].AddRange(_later[column].Where(bit => bit.Level <= _level));
            _later[column].RemoveAll(bit => bit.Level <= _level);
        }
    }

    private void Simplify()
    {
        for (var column = 0; column < Math.Min(_dropped, _columns - 1); column++)
        {
            int there = _there[column].Count, later = _later[column].Count;
            if (there + later > 1 || (later == 1 && _later[column][0].Level > _level + 1))
            {
                return;
            }

            if (there + later == 1 && _constants[column] == 1)
            {
                _there[column + 1].AddRange(_there[column]);
                _later[column + 1].AddRange(_later[column]);
            }

            _there[column].Clear();
            _later[column].Clear();
            _constants[column] = 0;
        }
    }

    private void Add(int column)
    {
        bool top = column == _columns - 1;
        var (bits, constant) = top ? (Math.Min(6, _there[column].Count), _constants[column]) : HeapWork.AdderTakes(_there[column].Count, _constants[column]);
        var own = TakeAny(column, bits);
        _constants[column] -= (byte)constant;
        if (top)
        {
            Keep(column, _draft.Lut(LutRole.Logic, own, choice => (WindowedChain.Ones(choice) + constant) % 2 == 1));
            return;
        }

        var beside = column == _columns - 2 ? TakeAny(column + 1, Math.Min(5 - bits, _there[column + 1].Count)) : [];
        var (sum, carry) = _draft.Lut2(
            own.Concat(beside).ToArray(),
            choice => (WindowedChain.Ones(choice & ((1 << bits) - 1)) + constant) % 2 == 1,
            choice => ((WindowedChain.Ones(choice & ((1 << bits) - 1)) + constant) / 2 + WindowedChain.Ones(choice >> bits)) % 2 == 1);
        Keep(column, sum);
        Keep(column + 1, carry);
    }

    private void Chain(ChainStart start, ChainStep[] steps)
    {
        int carryIn = start.CarryIn == ChainCarryIn.Constant ? Literal.One : Literal.Zero;
        _constants[start.Column] -= (byte)(start.CarryIn == ChainCarryIn.Constant ? 1 : 0);
        int plain = start.CarryIn == ChainCarryIn.Bit ? TakePlain(start.Column) : Literal.Unread;
        var chain = new WindowedChain(_draft, plain != Literal.Unread ? plain : carryIn);
        for (int column = start.Column - start.FreeColumns; column < start.Column; column++)
        {
            chain.Free(TakeAny(column, _there[column].Count), _constants[column]);
            _constants[column] = 0;
        }

        for (var n = 0; n < steps.Length; n++)
        {
            int column = start.Column + n, constant = steps[n].Constant ? _constants[column] : 0;
            _constants[column] -= (byte)constant;
            int alone = steps[n].Plain && steps[n].NeedsPlain ? TakePlain(column) : Literal.Unread;
            var window = TakeAny(column, steps[n].Window);
            if (steps[n].Plain && !steps[n].NeedsPlain)
            {
                alone = TakeAny(column, 1)[0];
            }

            chain.Step(steps[n].Kind, window, constant, alone);
        }

        int end = start.Column + steps.Length;
        int[] results = chain.Finish(end < _columns);
        for (var n = 0; n < results.Length; n++)
        {
            Keep(start.Column + n, results[n]);
        }
    }

    // Planners take all columns of more than a few bits as equally tall.
    private static byte[] Heights(IEnumerable<List<HeapBit>> columns) =>
        columns.Select(column => (byte)Math.Min(byte.MaxValue, column.Count)).ToArray();

    private static byte[] Plain(IEnumerable<List<HeapBit>> columns) =>
        columns.Select(column => (byte)Math.Min(byte.MaxValue, column.Count(bit => !Literal.IsInverted(bit.Literal)))).ToArray();

    private List<HeapBit>[] All() => _there.Select((column, n) => column.Concat(_later[n]).ToList()).ToArray();

    private void Keep(int column, int literal)
    {
        if (literal >= 2)
        {
            _later[column].Add(new HeapBit(literal, Math.Max(_level + 1, _draft.LevelOf(literal))));
        }
        else if (literal == Literal.One)
        {
            // A function that turned out constant: equal bits met in it.
            _later[column].Add(new HeapBit(literal, _level + 1));
        }
    }

    // Inverted ones first: plain ones can be more.
    private int[] TakeAny(int column, int count)
    {
        var bits = _there[column];
        var taken = new int[count];
        for (var n = 0; n < count; n++)
        {
            int at = bits.FindIndex(bit => Literal.IsInverted(bit.Literal));
            at = at < 0 ? 0 : at;
            taken[n] = bits[at].Literal;
            bits.RemoveAt(at);
        }

        return taken;
    }

    private int TakePlain(int column)
    {
        // Made plain where there is none after all: a sum of equal bits can turn out inverted.
        int at = Math.Max(0, _there[column].FindLastIndex(bit => !Literal.IsInverted(bit.Literal)));
        int literal = _there[column][at].Literal;
        _there[column].RemoveAt(at);
        return Literal.Of(_draft.Signal(literal));
    }
}
