using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Compiled;

/// <summary>How a pass quantizes the columns of a matrix.</summary>
/// <param name="Relu">Whether max(·, 0) follows.</param>
/// <param name="Down">Rounds down in place of half up.</param>
internal readonly record struct ColumnMode(bool Relu, bool Down);

/// <summary>
/// Passes over a matrix whose columns have a format each (quantizer.md §2): a vector of columns after the other, so that their numbers stay
/// in registers while the rows pass by. Rows are whole vectors.
/// </summary>
internal static unsafe class ColumnPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Exponents are held inside the normal range.</summary>
    public static T ExponentLimit => T.CreateTruncating(typeof(T) == typeof(float) ? 126.0 : 1022.0);

    /// <summary>The value on the grid of multiples of <paramref name="step"/>: half up, or down.</summary>
    [MethodImpl(Inline)]
    public static TVector Quantize(TVector x, TVector scale, TVector step, bool down)
    {
        TVector scaled = TLanes.Multiply(x, scale), floor = TLanes.Floor(scaled);
        if (down)
        {
            // A negative value whose scaled one is too small for the type is still below 0.
            TVector vanished = TLanes.And(TLanes.Equals(scaled, TLanes.Zero), TLanes.GreaterThan(TLanes.Zero, x));
            return TLanes.Multiply(TLanes.Select(vanished, TLanes.Create(-T.One), floor), step);
        }

        TVector up = TLanes.GreaterThanOrEqual(TLanes.Subtract(scaled, floor), TLanes.Create(T.CreateTruncating(0.5)));
        return TLanes.Multiply(TLanes.Select(up, TLanes.Add(floor, TLanes.Create(T.One)), floor), step);
    }

    /// <summary>Rounded half to even and held inside the normal range.</summary>
    [MethodImpl(Inline)]
    public static TVector Exponent(TVector width) =>
        TLanes.Min(TLanes.Max(TLanes.Create(-ExponentLimit), TLanes.Round(width)), TLanes.Create(ExponentLimit));

    /// <summary>2^n and 2^−n of rounded widths.</summary>
    public static void Scales(int columns, T* widths, T* scale, T* step)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector n = Exponent(TLanes.Load(widths + c));
            TLanes.Store(TLanes.PowerOfTwo(n), scale + c);
            TLanes.Store(TLanes.PowerOfTwo(TLanes.Subtract(TLanes.Zero, n)), step + c);
        }
    }

    /// <summary>Quantizes a row that stands for all: a bias on the grid of the outputs.</summary>
    public static void QuantizeRow(int columns, T* x, T* scale, T* step, bool down, T* quantized)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TLanes.Store(Quantize(TLanes.Load(x + c), TLanes.Load(scale + c), TLanes.Load(step + c), down), quantized + c);
        }
    }

    /// <summary>x + bias → quantized values, what rounding took away in place of x, and the range in front of the relu.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, the padding included.</param>
    /// <param name="x">The values; what x + bias exceeds the result by afterwards.</param>
    /// <param name="quantized">The results.</param>
    /// <param name="numbers">Numbers of the columns.</param>
    /// <param name="mode">Relu and rounding.</param>
    public static void Forward(int rows, int columns, T* x, T* quantized, ColumnNumbers<T> numbers, ColumnMode mode)
    {
        switch (mode)
        {
            case (Relu: true, Down: false):
                ForwardAs(rows, columns, x, quantized, numbers, relu: true, down: false);
                break;
            case (Relu: true, Down: true):
                ForwardAs(rows, columns, x, quantized, numbers, relu: true, down: true);
                break;
            case (Relu: false, Down: false):
                ForwardAs(rows, columns, x, quantized, numbers, relu: false, down: false);
                break;
            default:
                ForwardAs(rows, columns, x, quantized, numbers, relu: false, down: true);
                break;
        }
    }

    /// <summary>
    /// Takes a gradient back through relu and rounding; sums it, and its product with what rounding took away, per column.
    /// </summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, the padding included.</param>
    /// <param name="quantized">The results of <see cref="Forward"/>.</param>
    /// <param name="error">What it left in place of x.</param>
    /// <param name="gradient">Gradient of the results; of x afterwards.</param>
    /// <param name="errors">Σ gradient·error, added to.</param>
    /// <param name="sums">Σ gradient, added to.</param>
    /// <param name="relu">Whether max(·, 0) followed.</param>
    public static void Backward(int rows, int columns, T* quantized, T* error, T* gradient, T* errors, T* sums, bool relu)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector product = TLanes.Zero, sum = TLanes.Zero;
            T* q = quantized + c, e = error + c, g = gradient + c;
            for (int r = 0; r < rows; r++, q += columns, e += columns, g += columns)
            {
                TVector slope = TLanes.Load(g);
                if (relu)
                {
                    slope = TLanes.Select(TLanes.GreaterThan(TLanes.Load(q), TLanes.Zero), slope, TLanes.Zero);
                    TLanes.Store(slope, g);
                }

                product = TLanes.MultiplyAdd(slope, TLanes.Load(e), product);
                sum = TLanes.Add(sum, slope);
            }

            TLanes.Store(TLanes.Add(TLanes.Load(errors + c), product), errors + c);
            TLanes.Store(TLanes.Add(TLanes.Load(sums + c), sum), sums + c);
        }
    }

    [MethodImpl(Inline)]
    private static void ForwardAs(int rows, int columns, T* x, T* quantized, ColumnNumbers<T> numbers, bool relu, bool down)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector scale = TLanes.Load(numbers.Scale + c), step = TLanes.Load(numbers.Step + c), bias = TLanes.Load(numbers.Bias + c);
            TVector low = TLanes.Load(numbers.Low + c), high = TLanes.Load(numbers.High + c);
            T* from = x + c, to = quantized + c;
            for (int r = 0; r < rows; r++, from += columns, to += columns)
            {
                TVector value = TLanes.Add(TLanes.Load(from), bias), q = Quantize(value, scale, step, down);
                (low, high) = (TLanes.Min(low, q), TLanes.Max(high, q));
                TLanes.Store(TLanes.Subtract(value, q), from);

                // What is no number stays none.
                TLanes.Store(relu ? TLanes.Max(TLanes.Zero, q) : q, to);
            }

            TLanes.Store(low, numbers.Low + c);
            TLanes.Store(high, numbers.High + c);
        }
    }
}

/// <summary>Where the numbers of a matrix' columns lie.</summary>
/// <param name="scale">2^n.</param>
/// <param name="step">2^−n.</param>
/// <param name="bias">Added first.</param>
/// <param name="low">Least quantized value so far.</param>
/// <param name="high">Largest quantized value so far.</param>
internal readonly unsafe struct ColumnNumbers<T>(T* scale, T* step, T* bias, T* low, T* high)
    where T : unmanaged
{
    public T* Scale { get; } = scale;

    public T* Step { get; } = step;

    public T* Bias { get; } = bias;

    public T* Low { get; } = low;

    public T* High { get; } = high;
}
