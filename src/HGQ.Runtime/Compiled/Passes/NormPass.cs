using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>Passes of a batch norm over matrices whose rows are whole vectors.</summary>
internal static unsafe class NormPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    /// <summary>
    /// Takes rows into means and sums of squared differences from them. The rows are in the caches: their own mean is found first, so that
    /// nothing cancels (Chan, Golub and LeVeque, 1979).
    /// </summary>
    /// <param name="before">Rows that mean and squares hold already.</param>
    /// <param name="rows">Rows that are added.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="x">The rows.</param>
    /// <param name="mean">Means of the columns.</param>
    /// <param name="squares">Sums of squared differences from them.</param>
    public static void Gather(int before, int rows, int columns, T* x, T* mean, T* squares)
    {
        TVector share = TLanes.Create(T.One / T.CreateTruncating(rows));
        TVector weight = TLanes.Create(T.CreateTruncating(rows) / T.CreateTruncating(before + rows)),
            old = TLanes.Create(T.CreateTruncating(before));
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector sum = TLanes.Zero, square = TLanes.Zero;
            T* from = x + c;
            for (int r = 0; r < rows; r++, from += columns)
            {
                sum = TLanes.Add(sum, TLanes.Load(from));
            }

            TVector middle = TLanes.Multiply(sum, share);
            from = x + c;
            for (int r = 0; r < rows; r++, from += columns)
            {
                TVector difference = TLanes.Subtract(TLanes.Load(from), middle);
                square = TLanes.MultiplyAdd(difference, difference, square);
            }

            TVector apart = TLanes.Subtract(middle, TLanes.Load(mean + c)), moved = TLanes.Multiply(apart, weight);
            TLanes.Store(TLanes.Add(TLanes.Load(mean + c), moved), mean + c);
            square = TLanes.MultiplyAdd(TLanes.Multiply(apart, moved), old, square);
            TLanes.Store(TLanes.Add(TLanes.Load(squares + c), square), squares + c);
        }
    }

    /// <summary>Each column times its factor.</summary>
    public static void Scale(int rows, int columns, T* x, T* factors, T* scaled)
    {
        for (int r = 0; r < rows; r++, x += columns, scaled += columns)
        {
            for (int c = 0; c < columns; c += TLanes.Count)
            {
                TLanes.Store(TLanes.Multiply(TLanes.Load(x + c), TLanes.Load(factors + c)), scaled + c);
            }
        }
    }

    /// <summary>Σ a·b of each column.</summary>
    public static void ColumnProducts(int rows, int columns, T* a, T* b, T* sums)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector sum = TLanes.Zero;
            for (int r = 0; r < rows; r++)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(a + (r * columns) + c), TLanes.Load(b + (r * columns) + c), sum);
            }

            TLanes.Store(sum, sums + c);
        }
    }

    /// <summary>x → (x − mean)·factor + constant, in place.</summary>
    public static void Differentiate(int rows, int columns, T* x, T* mean, T* factor, T* constant)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector middle = TLanes.Load(mean + c), slope = TLanes.Load(factor + c), offset = TLanes.Load(constant + c);
            T* from = x + c;
            for (int r = 0; r < rows; r++, from += columns)
            {
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(from), middle), slope, offset), from);
            }
        }
    }
}
