using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>Passes of a batch norm over matrices whose rows are whole vectors.</summary>
internal static unsafe class NormPass<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    /// <summary>Adds the rows to sums.</summary>
    public static void Sum(int rows, int columns, T* x, T* sums)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector sum = TLanes.Zero;
            T* from = x + c;
            for (int r = 0; r < rows; r++, from += columns)
            {
                sum = TLanes.Add(sum, TLanes.Load(from));
            }

            TLanes.Store(TLanes.Add(TLanes.Load(sums + c), sum), sums + c);
        }
    }

    /// <summary>Adds the squares of x − mean to sums.</summary>
    public static void SumSquares(int rows, int columns, T* x, T* mean, T* sums)
    {
        for (int c = 0; c < columns; c += TLanes.Count)
        {
            TVector sum = TLanes.Zero, middle = TLanes.Load(mean + c);
            T* from = x + c;
            for (int r = 0; r < rows; r++, from += columns)
            {
                TVector difference = TLanes.Subtract(TLanes.Load(from), middle);
                sum = TLanes.MultiplyAdd(difference, difference, sum);
            }

            TLanes.Store(TLanes.Add(TLanes.Load(sums + c), sum), sums + c);
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
