using System;

namespace HGQ.Model.Hardware.Heaps;

/// <summary>The state that a search works on, unpacked, and what moves make of it.</summary>
internal sealed class HeapWork
{
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private HeapProblem _problem = new(0, 0, [], [], []);
    private ulong[] _weights = [];
    private byte[] _packed = [];
    private byte[] _constantsOf = [];
    private byte[][] _future = [];
    private float[] _estimate = [];
    private float[] _topEstimate = [];
    private int _columns;
    private int _level;
    private ulong _hash;
    private float _expected;

    /// <summary>Bits that are there.</summary>
    public byte[] Heights { get; private set; } = [];

    /// <summary>Bits that arrive at the next level.</summary>
    public byte[] Arriving { get; private set; } = [];

    /// <summary>Constants.</summary>
    public byte[] Constants { get; private set; } = [];

    /// <summary>Bits that are there and not inverted; those that arrive next never are.</summary>
    public byte[] Plain { get; private set; } = [];

    /// <summary>Whether bits of the problem are still to arrive.</summary>
    public bool Pending => _level < _problem.Arrivals.Length - 1;

    /// <summary>The lowest column with anything in it, now or later.</summary>
    public int Lowest { get; private set; }

    /// <summary>The lowest column with two bits.</summary>
    public int LowestPair { get; private set; }

    public void Begin(HeapProblem problem, HeapSearchOptions options)
    {
        _problem = problem;
        _columns = problem.Columns;
        if (Heights.Length < _columns)
        {
            Heights = new byte[_columns];
            Arriving = new byte[_columns];
            Constants = new byte[_columns];
            Plain = new byte[_columns];
            _packed = new byte[4 * _columns];
            _constantsOf = new byte[_columns];
        }

        _weights = MakeWeights(3 * _columns);
        _future = problem.Future();
        _estimate = new float[256];
        _topEstimate = new float[256];
        for (var bits = 2; bits < 256; bits++)
        {
            _estimate[bits] = ((bits - 1) * options.BitEstimate) + 0.12f;
            _topEstimate[bits] = ((bits - 1) * 0.2f) + 0.3f;
        }
    }

    /// <summary>Goes back to the problem as it is given.</summary>
    public void Reset()
    {
        _level = 0;
        Array.Clear(Arriving, 0, _columns);
        Array.Copy(_problem.Arrivals[0], Heights, _columns);
        Array.Copy(_problem.Constants, Constants, _columns);
        Array.Copy(_problem.PlainArrivals[0], Plain, _columns);
        Simplify();
    }

    /// <summary>Does a move.</summary>
    public void Do(HeapMove move)
    {
        HeapMoves.Apply(move, _problem, ref _level, Heights, Arriving, Constants, Plain);
        Simplify();
    }

    /// <summary>Adds the state as it is, without a parent.</summary>
    public int First(HeapStates states, float spent)
    {
        Measure();
        Pack();
        return states.Add(_packed, new StateHeader { Spent = spent, Expected = spent + _expected, Level = _level, Hash = _hash, Parent = -1 });
    }

    /// <summary>Unpacks a state.</summary>
    public void Load(HeapStates states, int state)
    {
        int at = states.At(state);
        Buffer.BlockCopy(states.Bytes, at, Heights, 0, _columns);
        Buffer.BlockCopy(states.Bytes, at + _columns, Arriving, 0, _columns);
        Buffer.BlockCopy(states.Bytes, at + (2 * _columns), Constants, 0, _columns);
        Buffer.BlockCopy(states.Bytes, at + (3 * _columns), Plain, 0, _columns);
        _level = states[state].Level;
        Measure();
    }

    /// <summary>The constants of a state, in an array of their own.</summary>
    public byte[] ConstantsOf(HeapStates states, int state)
    {
        Buffer.BlockCopy(states.Bytes, states.At(state) + (2 * _columns), _constantsOf, 0, _columns);
        return _constantsOf;
    }

    /// <summary>The first dropped column above <paramref name="lowest"/> that bits may still come to, or whose sum is needed.</summary>
    public int FreeEnd(int lowest)
    {
        int column = lowest;
        while (column < _problem.Dropped && Arriving[column] == 0 && _future[_level][column] == 0)
        {
            column++;
        }

        return column;
    }

    public bool CanAdd(int column) => column == _columns - 1
        ? Heights[column] >= 2
        : Heights[column] >= 3 || (Heights[column] == 2 && Constants[column] == 1);

    /// <summary>What an adder at a column leaves.</summary>
    public (float Estimate, ulong Hash) Add(int column)
    {
        float estimate = _expected;
        ulong hash = _hash;
        if (column == _columns - 1)
        {
            int taken = Math.Min(6, (int)Heights[column]);
            Change(column, -taken, 1, -Constants[column], ref estimate, ref hash);
            return (estimate, hash);
        }

        var (bits, constant) = AdderTakes(Heights[column], Constants[column]);
        int beside = column == _columns - 2 ? Math.Min(5 - bits, (int)Heights[column + 1]) : 0;
        Change(column, -bits, 1, -constant, ref estimate, ref hash);
        Change(column + 1, -beside, 1, 0, ref estimate, ref hash);
        return (estimate, hash);
    }

    /// <summary>What the next level begins with.</summary>
    public (float Estimate, ulong Hash) Advance()
    {
        ulong hash = _hash;
        for (var column = 0; column < _columns; column++)
        {
            int arrived = Arriving[column] + (Pending ? _problem.Arrivals[_level + 1][column] : 0);
            hash = unchecked(hash + (_weights[column] * (ulong)arrived) - (_weights[_columns + column] * Arriving[column]));
        }

        return (_expected, unchecked(hash + (Pending ? Odd : 0)));
    }

    /// <summary>What a chain leaves.</summary>
    public float Chain(ChainStart start, ChainStep[] path, int first, int count, out int removed, out ulong hash)
    {
        float estimate = _expected;
        hash = _hash;
        removed = 0;
        for (int column = start.Column - start.FreeColumns; column < start.Column; column++)
        {
            removed += Heights[column] + Constants[column];
            Change(column, -Heights[column], 0, -Constants[column], ref estimate, ref hash);
        }

        for (var n = 0; n < count; n++)
        {
            int column = start.Column + n, bits = path[first + n].Bits, constant = path[first + n].Constant ? Constants[column] : 0;
            if (n == 0 && start.CarryIn == ChainCarryIn.Bit)
            {
                bits++;
            }
            else if (n == 0 && start.CarryIn == ChainCarryIn.Constant)
            {
                constant = 1;
            }

            removed += bits + constant - 1;
            Change(column, -bits, 1, -constant, ref estimate, ref hash);
        }

        int end = start.Column + count;
        if (end < _columns)
        {
            removed--;
            Change(end, 0, 1, 0, ref estimate, ref hash);
        }

        return estimate;
    }

    /// <summary>Makes a state of a candidate.</summary>
    public int Make(HeapStates states, in HeapCandidate candidate, ChainStep[] path)
    {
        Load(states, candidate.Parent);
        var steps = new ChainStep[candidate.Steps];
        Array.Copy(path, candidate.FirstStep, steps, 0, steps.Length);
        var move = new HeapMove(candidate.Kind, candidate.Start, steps);
        Do(move);
        Measure();
        Pack();
        return states.Add(_packed, new StateHeader
        {
            Spent = candidate.Spent,
            Expected = candidate.Spent + _expected,
            Level = _level,
            Parent = candidate.Parent,
            Hash = _hash,
            Move = move,
        });
    }

    /// <summary>Bits and constants that an adder takes of its own column.</summary>
    public static (int Bits, int Constant) AdderTakes(int height, int constant) => height >= 3 ? (3, 0) : (2, constant);

    private static ulong[] MakeWeights(int count)
    {
        var weights = new ulong[count];
        ulong state = Odd;
        for (var n = 0; n < count; n++)
        {
            state = unchecked((state ^ (state >> 29)) * 0xBF58476D1CE4E5B9 + Odd);
            weights[n] = state | 1;
        }

        return weights;
    }

    private void Simplify() => HeapMoves.Simplify(_problem.Dropped, _columns, Heights, Arriving, _future[_level], Constants, Plain);

    private void Measure()
    {
        _expected = 0;
        _hash = unchecked((ulong)_level * Odd);
        Lowest = _columns;
        LowestPair = _columns;
        for (var column = 0; column < _columns; column++)
        {
            int bits = Heights[column] + Arriving[column] + _future[_level][column];
            _expected += column == _columns - 1 ? _topEstimate[bits] : _estimate[bits];
            _hash = unchecked(_hash + (_weights[column] * Heights[column]) + (_weights[_columns + column] * Arriving[column])
                + (_weights[(2 * _columns) + column] * Constants[column]));
            Lowest = bits + Constants[column] > 0 && column < Lowest ? column : Lowest;
            LowestPair = Heights[column] >= 2 && column < LowestPair ? column : LowestPair;
        }
    }

    private void Pack()
    {
        Buffer.BlockCopy(Heights, 0, _packed, 0, _columns);
        Buffer.BlockCopy(Arriving, 0, _packed, _columns, _columns);
        Buffer.BlockCopy(Constants, 0, _packed, 2 * _columns, _columns);
        Buffer.BlockCopy(Plain, 0, _packed, 3 * _columns, _columns);
    }

    private void Change(int column, int bits, int arriving, int constant, ref float estimate, ref ulong hash)
    {
        int before = Heights[column] + Arriving[column] + _future[_level][column];
        float[] table = column == _columns - 1 ? _topEstimate : _estimate;
        estimate += table[before + bits + arriving] - table[before];
        hash = unchecked(hash + (_weights[column] * (ulong)bits) + (_weights[_columns + column] * (ulong)arriving)
            + (_weights[(2 * _columns) + column] * (ulong)constant));
    }
}
