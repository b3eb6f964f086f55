using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Compiled;

/// <summary>Losses of rows of outputs, and the gradients in their place.</summary>
internal static unsafe class LossPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    /// <summary>Σ ln Σ exp(x) − x[label]; the gradient is (softmax − label) · share.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, the padding included.</param>
    /// <param name="classes">Columns that count.</param>
    /// <param name="x">Logits.</param>
    /// <param name="gradient">Where their gradient goes; 0 in the padding.</param>
    /// <param name="labels">A class a row.</param>
    /// <param name="share">1 / rows of the whole batch.</param>
    /// <param name="sums">Room for a number a row.</param>
    public static double CrossEntropy(int rows, int columns, int classes, T* x, T* gradient, int* labels, T share, T* sums)
    {
        double right = 0;
        for (int r = 0; r < rows; r++, x += columns, gradient += columns)
        {
            TVector most = TLanes.Create(T.NegativeInfinity), total = TLanes.Zero;
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                most = TLanes.Max(most, TLanes.Select(Counts(c, classes), TLanes.Load(x + c), most));
            }

            T largest = TLanes.MaxAcross(most);
            TVector shift = TLanes.Create(largest);
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                TVector exponent = TLanes.Subtract(TLanes.Load(x + c), shift);
                TVector counts = TLanes.And(Counts(c, classes), Matters(exponent));
                TVector power = TLanes.And(counts, TLanes.Exp(exponent));
                TLanes.Store(power, gradient + c);
                total = TLanes.Add(total, power);
            }

            sums[r] = TLanes.Sum(total);
            right += double.CreateTruncating(x[labels[r]] - largest);
            TVector factor = TLanes.Create(share / sums[r]);
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(gradient + c), factor), gradient + c);
            }

            gradient[labels[r]] -= share;
        }

        return Logarithms(rows, sums) - right;
    }

    /// <summary>Σ (x − target)²; the gradient is 2·(x − target)·share.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, the padding included.</param>
    /// <param name="outputs">Columns that count.</param>
    /// <param name="x">Outputs.</param>
    /// <param name="gradient">Where their gradient goes; 0 in the padding.</param>
    /// <param name="targets">Targets, padded as the outputs are.</param>
    /// <param name="share">1 / (rows of the whole batch · outputs).</param>
    public static double SquaredError(int rows, int columns, int outputs, T* x, T* gradient, T* targets, T share)
    {
        double loss = 0;
        T factor = share + share;
        for (int r = 0; r < rows; r++, x += columns, gradient += columns, targets += columns)
        {
            for (int c = 0; c < outputs; c++)
            {
                T difference = x[c] - targets[c];
                loss += double.CreateTruncating(difference * difference);
                gradient[c] = difference * factor;
            }
        }

        return loss;
    }

    // A mask of the columns from c on that are no padding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Counts(int c, int classes) => TLanes.GreaterThan(TLanes.Create(T.CreateTruncating(classes - c)), TLanes.Indices);

    // Far smaller probabilities would be subnormal numbers, with which every product takes many times as long. What is no number matters.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Matters(TVector exponent)
    {
        T least = T.CreateTruncating(typeof(T) == typeof(float) ? -60.0 : -500.0);
        return TLanes.Or(TLanes.GreaterThan(exponent, TLanes.Create(least)), IsNoNumber(exponent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector IsNoNumber(TVector x) =>
        TLanes.Select(TLanes.Equals(x, x), TLanes.Zero, TLanes.Equals(TLanes.Zero, TLanes.Zero));

    private static double Logarithms(int rows, T* sums)
    {
        double total = 0;
        int r = 0;
        for (; r + TLanes.Count <= rows; r += TLanes.Count)
        {
            total += double.CreateTruncating(TLanes.Sum(TLanes.Log(TLanes.Load(sums + r))));
        }

        for (; r < rows; r++)
        {
            total += double.CreateTruncating(T.Log(sums[r]));
        }

        return total;
    }
}
