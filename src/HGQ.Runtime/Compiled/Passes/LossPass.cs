using System.Numerics;

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
    public static double CrossEntropy(int rows, int columns, int classes, T* x, T* gradient, int* labels, T share)
    {
        double loss = 0;
        for (int r = 0; r < rows; r++, x += columns, gradient += columns)
        {
            T largest = x[0];
            for (int c = 1; c < classes; c++)
            {
                // Once it is no number it stays so.
                largest = x[c] <= largest ? largest : x[c];
            }

            TVector shift = TLanes.Create(largest), total = TLanes.Zero;
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                TLanes.Store(TLanes.Exp(TLanes.Subtract(TLanes.Load(x + c), shift)), gradient + c);
            }

            for (int c = classes; c < columns; c++)
            {
                gradient[c] = T.Zero;
            }

            for (int c = 0; c < columns; c += TLanes.Count)
            {
                total = TLanes.Add(total, TLanes.Load(gradient + c));
            }

            T sum = TLanes.Sum(total);
            loss += double.CreateTruncating(T.Log(sum)) - double.CreateTruncating(x[labels[r]] - largest);
            TVector factor = TLanes.Create(share / sum);
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(gradient + c), factor), gradient + c);
            }

            gradient[labels[r]] -= share;
        }

        return loss;
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
}
