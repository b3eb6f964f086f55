using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Compiled;

/// <summary>What the trained numbers of a weight are.</summary>
internal enum WeightFormat
{
    /// <summary>Fraction bits; the range is open (<see cref="Quantizers.HgqQuantizer"/>).</summary>
    Open,

    /// <summary>Bits b = i + f and integer bits i, saturating.</summary>
    Kbi,

    /// <summary>Fraction bits f and integer bits i, saturating.</summary>
    Kif,
}

/// <summary>How weights are quantized.</summary>
/// <param name="Format">Their trained numbers.</param>
/// <param name="Symmetric">Whether the least value is minus the largest (saturating formats).</param>
/// <param name="Down">Rounds down in place of half up.</param>
internal readonly record struct WeightMode(WeightFormat Format, bool Symmetric, bool Down);

/// <summary>Weights with their trained numbers, or the gradients of all three: rows of whole vectors.</summary>
/// <param name="values">The weights.</param>
/// <param name="widths">Fraction bits f, or bits b.</param>
/// <param name="integers">Integer bits; not read where the format is open.</param>
internal readonly unsafe struct Weights<T>(T* values, T* widths, T* integers)
    where T : unmanaged
{
    public T* Values { get; } = values;

    public T* Widths { get; } = widths;

    public T* Integers { get; } = integers;
}

/// <summary>Passes over weights that have a format each (quantizer.md §2, §5).</summary>
internal static unsafe class WeightPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private static T Ln2 => T.CreateTruncating(0.69314718055994530942);

    /// <summary>Quantizes weights and counts their bits.</summary>
    /// <param name="rows">Rows; the bits of each are summed.</param>
    /// <param name="columns">Columns, whole vectors; padding is 0.</param>
    /// <param name="weights">Weights and trained numbers.</param>
    /// <param name="mode">How.</param>
    /// <param name="quantized">The results.</param>
    /// <param name="rowBits">Significant bits of each row.</param>
    public static void Forward(int rows, int columns, Weights<T> weights, WeightMode mode, T* quantized, T* rowBits)
    {
        for (int r = 0; r < rows; r++)
        {
            int start = r * columns;
            var row = new Weights<T>(weights.Values + start, weights.Widths + start, weights.Integers + start);
            rowBits[r] = mode.Format switch
            {
                WeightFormat.Open => Open(columns, row, mode.Down, quantized + start),
                WeightFormat.Kbi => Saturating(columns, row, isKbi: true, mode.Symmetric, mode.Down, quantized + start),
                WeightFormat.Kif => Saturating(columns, row, isKbi: false, mode.Symmetric, mode.Down, quantized + start),
                _ => throw new ArgumentOutOfRangeException(nameof(mode), mode.Format, "There is no such format."),
            };
        }
    }

    /// <summary>Gradients of weights and trained numbers.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, whole vectors.</param>
    /// <param name="weights">Weights and trained numbers.</param>
    /// <param name="mode">How they are quantized.</param>
    /// <param name="upstream">Gradient of the quantized weights.</param>
    /// <param name="rowCosts">What a bit of each row costs; null: nothing.</param>
    /// <param name="penalty">Gradient of a width on its own.</param>
    /// <param name="gradients">The results; that of the weights may be where <paramref name="upstream"/> is.</param>
    public static void Backward(
        int rows, int columns, Weights<T> weights, WeightMode mode, T* upstream, T* rowCosts, T penalty, Weights<T> gradients)
    {
        for (int r = 0; r < rows; r++)
        {
            int start = r * columns;
            T cost = rowCosts == null ? T.Zero : rowCosts[r];
            var row = new Weights<T>(weights.Values + start, weights.Widths + start, weights.Integers + start);
            var target = new Weights<T>(gradients.Values + start, gradients.Widths + start, gradients.Integers + start);
            switch (mode.Format)
            {
                case WeightFormat.Open:
                    OpenBack(columns, row, mode.Down, upstream + start, cost, penalty, target);
                    break;
                case WeightFormat.Kbi:
                    SaturatingBack(columns, row, isKbi: true, mode.Symmetric, mode.Down, upstream + start, cost, penalty, target);
                    break;
                case WeightFormat.Kif:
                    SaturatingBack(columns, row, isKbi: false, mode.Symmetric, mode.Down, upstream + start, cost, penalty, target);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(mode), mode.Format, "There is no such format.");
            }
        }
    }

    private static T Open(int columns, Weights<T> row, bool down, T* quantized)
    {
        TVector total = TLanes.Zero;
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector n = ColumnPass<T, TVector, TLanes>.Exponent(TLanes.Load(row.Widths + c)), scale = TLanes.PowerOfTwo(n);
            TVector step = TLanes.PowerOfTwo(TLanes.Subtract(TLanes.Zero, n));
            TVector q = ColumnPass<T, TVector, TLanes>.Quantize(TLanes.Load(row.Values + c), scale, step, down);
            TLanes.Store(q, quantized + c);
            total = TLanes.Add(total, TLanes.BitLength(TLanes.Multiply(q, scale)));
        }

        return TLanes.Sum(total);
    }

    private static void OpenBack(int columns, Weights<T> row, bool down, T* upstream, T cost, T penalty, Weights<T> gradients)
    {
        TVector costs = TLanes.Create(cost), constant = TLanes.Create(penalty), ln2 = TLanes.Create(Ln2);
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector n = ColumnPass<T, TVector, TLanes>.Exponent(TLanes.Load(row.Widths + c)), scale = TLanes.PowerOfTwo(n);
            TVector step = TLanes.PowerOfTwo(TLanes.Subtract(TLanes.Zero, n)), x = TLanes.Load(row.Values + c),
                up = TLanes.Load(upstream + c);
            TVector q = ColumnPass<T, TVector, TLanes>.Quantize(x, scale, step, down);
            TVector slope = TLanes.Multiply(up, TLanes.Multiply(TLanes.Subtract(x, q), ln2));
            TVector bit = TLanes.Select(TLanes.Equals(q, TLanes.Zero), TLanes.Zero, costs);
            TLanes.Store(TLanes.Add(TLanes.Add(slope, bit), constant), gradients.Widths + c);
            TLanes.Store(up, gradients.Values + c);
        }
    }

    [MethodImpl(Inline)]
    private static void Format(
        Weights<T> row, int c, bool isKbi, bool symmetric, out TVector bits, out TVector f, out TVector step, out TVector top,
            out TVector low, out TVector high)
    {
        TVector i = TLanes.Round(TLanes.Load(row.Integers + c)), second = TLanes.Round(TLanes.Load(row.Widths + c));
        f = ColumnPass<T, TVector, TLanes>.Exponent(isKbi ? TLanes.Subtract(second, i) : second);
        bits = isKbi ? second : TLanes.Add(i, second);
        TVector minus = TLanes.Subtract(TLanes.Zero, f);
        step = TLanes.PowerOfTwo(minus);
        top = TLanes.PowerOfTwo(ColumnPass<T, TVector, TLanes>.Exponent(TLanes.Max(i, minus)));
        high = TLanes.Subtract(top, step);
        low = TLanes.Subtract(TLanes.Zero, symmetric ? high : top);
    }

    private static T Saturating(int columns, Weights<T> row, bool isKbi, bool symmetric, bool down, T* quantized)
    {
        TVector total = TLanes.Zero;
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            Format(row, c, isKbi, symmetric, out TVector bits, out TVector f, out TVector step, out _, out TVector low, out TVector high);
            TVector q = ColumnPass<T, TVector, TLanes>.Quantize(TLanes.Load(row.Values + c), TLanes.PowerOfTwo(f), step, down);

            // Limits are on the grid: clipping behind the rounding is the same. What is no number stays none.
            TLanes.Store(TLanes.Min(high, TLanes.Max(low, q)), quantized + c);
            total = TLanes.Add(total, TLanes.Max(TLanes.Zero, bits));
        }

        return TLanes.Sum(total);
    }

    private static void SaturatingBack(
        int columns, Weights<T> row, bool isKbi, bool symmetric, bool down, T* upstream, T cost, T penalty, Weights<T> gradients)
    {
        TVector costs = TLanes.Create(cost), constant = TLanes.Create(penalty), ln2 = TLanes.Create(Ln2);
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            Format(row, c, isKbi, symmetric, out TVector bits, out TVector f, out TVector step, out TVector top, out TVector low,
                out TVector high);
            TVector x = TLanes.Load(row.Values + c), up = TLanes.Load(upstream + c);
            TVector q = ColumnPass<T, TVector, TLanes>.Quantize(x, TLanes.PowerOfTwo(f), step, down);
            TVector above = TLanes.GreaterThan(x, high), below = TLanes.GreaterThan(low, x);
            TVector stepSlope = TLanes.Multiply(ln2, step), topSlope = TLanes.Multiply(ln2, top);
            TVector inside = TLanes.Multiply(ln2, TLanes.Subtract(x, q));
            TVector under = symmetric ? TLanes.Subtract(TLanes.Zero, stepSlope) : TLanes.Zero;
            TVector toF = TLanes.Select(above, stepSlope, TLanes.Select(below, under, inside));
            TVector toI = TLanes.Select(above, topSlope, TLanes.Select(below, TLanes.Subtract(TLanes.Zero, topSlope), TLanes.Zero));

            // b is limited to 0 and keeps its cost there; i + f costs from the first bit on.
            TVector bit = TLanes.Select(
                isKbi ? TLanes.GreaterThanOrEqual(bits, TLanes.Zero) : TLanes.GreaterThan(bits, TLanes.Zero), costs, TLanes.Zero);
            TVector integer = isKbi
                ? TLanes.Multiply(up, TLanes.Subtract(toI, toF))
                : TLanes.Add(TLanes.Multiply(up, toI), bit);
            TLanes.Store(TLanes.Add(TLanes.MultiplyAdd(up, toF, bit), constant), gradients.Widths + c);
            TLanes.Store(integer, gradients.Integers + c);
            TLanes.Store(TLanes.Select(TLanes.Or(above, below), TLanes.Zero, up), gradients.Values + c);
        }
    }
}
