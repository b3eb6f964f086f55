using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Heaps;

namespace HGQ.Model.Hardware.Sharing;

/// <summary>
/// What a shared part is worth: made once by chains that pay at its number of uses, it spares every use the bits that these chains
/// remove. It stays in carry-save form, so it ends up as a profile of bits a column again.
/// </summary>
internal sealed class PartValue
{
    private const int MostColumns = 60;
    private const int MostKnown = 1 << 18;
    private const int Margin = 4;

    // Counts must fit a byte, also with what chains add to a column.
    private const int MostBits = 200;
    private readonly List<int[]> _profiles;
    private readonly List<int> _levels;
    private readonly SharingOptions _options;
    private readonly ChainPlanner _planner;
    private readonly Dictionary<string, (int Removed, int Luts, int Levels)> _known = new();
    private readonly byte[] _none = new byte[MostColumns + (8 * Margin)];
    private readonly byte[] _plain = Enumerable.Repeat(byte.MaxValue, MostColumns + (8 * Margin)).ToArray();
    private readonly byte[] _heights = new byte[MostColumns + (8 * Margin)];
    private readonly byte[] _next = new byte[MostColumns + (8 * Margin)];

    public PartValue(IEnumerable<int[]> profiles, SharingOptions options)
    {
        _profiles = profiles.ToList();
        _levels = _profiles.Select(_ => 0).ToList();
        _options = options;
        _planner = new ChainPlanner(options.Windows);
    }

    /// <summary>Number of operands.</summary>
    public int Operands => _profiles.Count;

    /// <summary>Columns of an operand.</summary>
    public int Width(int operand) => _profiles[operand].Length;

    /// <summary>LUTs that making a part once saves, if it is used so often; below 0 where it may not be made.</summary>
    public double Of(SharedTerm[] part, int uses)
    {
        int columns = Load(part);
        if (columns < 0)
        {
            return -1;
        }

        var (removed, luts, levels) = Known(columns, uses);
        return LevelOf(part) + levels > _options.MostLevels ? -1 : (uses * _options.BitValue * removed) - luts;
    }

    /// <summary>Adds a part as an operand; gives its number.</summary>
    public int AddShared(SharedTerm[] part, int uses)
    {
        int columns = Load(part);
        var (_, _, levels) = Compress(columns, uses);
        int width = _heights.Length;
        while (width > 0 && _heights[width - 1] == 0)
        {
            width--;
        }

        _profiles.Add(_heights.Take(width).Select(height => (int)height).ToArray());
        _levels.Add(LevelOf(part) + levels);
        return _profiles.Count - 1;
    }

    private int LevelOf(SharedTerm[] part) => part.Max(term => _levels[term.Operand]);

    private int Load(SharedTerm[] part)
    {
        int low = part.Min(term => term.Shift), columns = part.Max(term => term.Shift + _profiles[term.Operand].Length) - low;
        if (columns > MostColumns)
        {
            return -1;
        }

        Array.Clear(_heights, 0, _heights.Length);
        foreach (var term in part)
        {
            int[] profile = _profiles[term.Operand];
            for (var column = 0; column < profile.Length; column++)
            {
                int height = _heights[term.Shift - low + column] + profile[column];
                if (height > MostBits)
                {
                    return -1;
                }

                _heights[term.Shift - low + column] = (byte)height;
            }
        }

        return columns;
    }

    // Different parts often have as many bits in each column as another one.
    private (int Removed, int Luts, int Levels) Known(int columns, int uses)
    {
        var key = new char[columns + 1];
        key[columns] = (char)uses;
        for (var column = 0; column < columns; column++)
        {
            key[column] = (char)_heights[column];
        }

        var heights = new string(key);
        if (!_known.TryGetValue(heights, out var result))
        {
            if (_known.Count == MostKnown)
            {
                _known.Clear();
            }

            _known.Add(heights, result = Compress(columns, uses));
        }

        return result;
    }

    // As HeapBuilder.Compress, in counts.
    private (int Removed, int Luts, int Levels) Compress(int columns, int uses)
    {
        int removed = 0, luts = 0, levels = 0;
        float price = (float)(1 / (uses * _options.BitValue));
        for (var again = true; again && levels < 8; levels += again ? 1 : 0)
        {
            again = false;
            Array.Clear(_next, 0, _next.Length);
            columns += Margin;
            while (BestChain(columns, price) is { } chain)
            {
                again = true;
                luts += Apply(chain, columns, ref removed);
            }

            for (var column = 0; column < columns; column++)
            {
                _heights[column] += _next[column];
            }

            while (columns > 0 && _heights[columns - 1] == 0)
            {
                columns--;
            }
        }

        return (removed, luts, levels);
    }

    private ChainStart? BestChain(int columns, float price)
    {
        _planner.Solve(_heights, _none, _plain, columns, price, 0);
        float best = 1e-4f;
        ChainStart? chosen = null;
        for (var column = 0; column < columns - 1; column++)
        {
            if (_heights[column] > 1)
            {
                float value = _planner.Start(column, out var start);
                if (value > best)
                {
                    best = value;
                    chosen = start;
                }
            }
        }

        return chosen;
    }

    private int Apply(ChainStart start, int columns, ref int removed)
    {
        int column = start.Column;
        if (start.CarryIn == ChainCarryIn.Bit)
        {
            _heights[column]--;
            removed++;
        }

        var step = start.First;
        while (true)
        {
            _heights[column] -= step.Bits;
            _next[column]++;
            removed += step.Bits - 1;
            column++;
            if (column >= columns || !_planner.Continue(column, step.Next, out var following))
            {
                break;
            }

            step = following;
        }

        _next[column]++;
        removed--;
        return column - start.Column;
    }
}
