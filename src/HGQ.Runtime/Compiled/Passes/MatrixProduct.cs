using System.Numerics;
using System.Runtime.CompilerServices;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// The left matrix of a product: element (m, k) lies at Address[m·RowStep + k·DepthStep], so that it may be read transposed.
/// </summary>
internal readonly unsafe struct LeftOperand<T>(T* address, nint rowStep, nint depthStep)
    where T : unmanaged
{
    public T* Address { get; } = address;

    public nint RowStep { get; } = rowStep;

    public nint DepthStep { get; } = depthStep;

    /// <summary>A matrix whose rows follow each other.</summary>
    public static LeftOperand<T> Rows(T* address, nint stride) => new(address, stride, 1);

    /// <summary>The transpose of such a matrix.</summary>
    public static LeftOperand<T> Transposed(T* address, nint stride) => new(address, 1, stride);
}

/// <summary>
/// Products of matrices that fit the caches: C = A·B or C += A·B, a tile of rows times two vectors of columns at a time, whose sums stay in
/// registers. Strides and columns of B and C are whole vectors.
/// </summary>
internal static unsafe class MatrixProduct<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>Multiplies.</summary>
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="columns">Columns of B and C, a multiple of a vector's numbers.</param>
    /// <param name="depth">Columns of A and rows of B.</param>
    /// <param name="a">A.</param>
    /// <param name="b">B, row by row.</param>
    /// <param name="bStride">From a row of B to the next.</param>
    /// <param name="c">C, row by row.</param>
    /// <param name="cStride">From a row of C to the next.</param>
    /// <param name="add">Whether C keeps what it holds.</param>
    public static void Multiply(int rows, int columns, int depth, LeftOperand<T> a, T* b, nint bStride, T* c, nint cStride, bool add)
    {
        int tile = TLanes.HasManyRegisters ? 8 : 4;
        int column = 0;
        for (; column + (2 * TLanes.Count) <= columns; column += 2 * TLanes.Count)
        {
            int row = 0;
            for (; row + tile <= rows; row += tile)
            {
                if (TLanes.HasManyRegisters)
                {
                    EightByTwo(depth, a.Address + (row * a.RowStep), a.RowStep, a.DepthStep, b + column, bStride,
                        c + (row * cStride) + column, cStride, add);
                }
                else
                {
                    FourByTwo(depth, a.Address + (row * a.RowStep), a.RowStep, a.DepthStep, b + column, bStride,
                        c + (row * cStride) + column, cStride, add);
                }
            }

            for (; row < rows; row++)
            {
                OneByTwo(depth, a.Address + (row * a.RowStep), a.DepthStep, b + column, bStride, c + (row * cStride) + column, add);
            }
        }

        if (column < columns)
        {
            int row = 0;
            for (; row + 8 <= rows; row += 8)
            {
                EightByOne(depth, a.Address + (row * a.RowStep), a.RowStep, a.DepthStep, b + column, bStride, c + (row * cStride) + column,
                    cStride, add);
            }

            for (; row < rows; row++)
            {
                OneByOne(depth, a.Address + (row * a.RowStep), a.DepthStep, b + column, bStride, c + (row * cStride) + column, add);
            }
        }
    }

    private static void EightByTwo(int depth, T* a, nint step, nint next, T* b, nint bStride, T* c, nint cStride, bool add)
    {
        TVector s00 = TLanes.Zero, s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        TVector s40 = s00, s41 = s00, s50 = s00, s51 = s00, s60 = s00, s61 = s00, s70 = s00, s71 = s00;
        T* low = a + (4 * step);
        nint two = 2 * step, three = 3 * step;
        for (int k = 0; k < depth; k++, a += next, low += next, b += bStride)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TVector f = TLanes.Create(*a);
            (s00, s01) = (TLanes.MultiplyAdd(f, b0, s00), TLanes.MultiplyAdd(f, b1, s01));
            f = TLanes.Create(a[step]);
            (s10, s11) = (TLanes.MultiplyAdd(f, b0, s10), TLanes.MultiplyAdd(f, b1, s11));
            f = TLanes.Create(a[two]);
            (s20, s21) = (TLanes.MultiplyAdd(f, b0, s20), TLanes.MultiplyAdd(f, b1, s21));
            f = TLanes.Create(a[three]);
            (s30, s31) = (TLanes.MultiplyAdd(f, b0, s30), TLanes.MultiplyAdd(f, b1, s31));
            f = TLanes.Create(*low);
            (s40, s41) = (TLanes.MultiplyAdd(f, b0, s40), TLanes.MultiplyAdd(f, b1, s41));
            f = TLanes.Create(low[step]);
            (s50, s51) = (TLanes.MultiplyAdd(f, b0, s50), TLanes.MultiplyAdd(f, b1, s51));
            f = TLanes.Create(low[two]);
            (s60, s61) = (TLanes.MultiplyAdd(f, b0, s60), TLanes.MultiplyAdd(f, b1, s61));
            f = TLanes.Create(low[three]);
            (s70, s71) = (TLanes.MultiplyAdd(f, b0, s70), TLanes.MultiplyAdd(f, b1, s71));
        }

        Put(c, s00, s01, add);
        Put(c + cStride, s10, s11, add);
        Put(c + (2 * cStride), s20, s21, add);
        Put(c + (3 * cStride), s30, s31, add);
        c += 4 * cStride;
        Put(c, s40, s41, add);
        Put(c + cStride, s50, s51, add);
        Put(c + (2 * cStride), s60, s61, add);
        Put(c + (3 * cStride), s70, s71, add);
    }

    private static void FourByTwo(int depth, T* a, nint step, nint next, T* b, nint bStride, T* c, nint cStride, bool add)
    {
        TVector s00 = TLanes.Zero, s01 = s00, s10 = s00, s11 = s00, s20 = s00, s21 = s00, s30 = s00, s31 = s00;
        nint two = 2 * step, three = 3 * step;
        for (int k = 0; k < depth; k++, a += next, b += bStride)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + TLanes.Count);
            TVector f = TLanes.Create(*a);
            (s00, s01) = (TLanes.MultiplyAdd(f, b0, s00), TLanes.MultiplyAdd(f, b1, s01));
            f = TLanes.Create(a[step]);
            (s10, s11) = (TLanes.MultiplyAdd(f, b0, s10), TLanes.MultiplyAdd(f, b1, s11));
            f = TLanes.Create(a[two]);
            (s20, s21) = (TLanes.MultiplyAdd(f, b0, s20), TLanes.MultiplyAdd(f, b1, s21));
            f = TLanes.Create(a[three]);
            (s30, s31) = (TLanes.MultiplyAdd(f, b0, s30), TLanes.MultiplyAdd(f, b1, s31));
        }

        Put(c, s00, s01, add);
        Put(c + cStride, s10, s11, add);
        Put(c + (2 * cStride), s20, s21, add);
        Put(c + (3 * cStride), s30, s31, add);
    }

    private static void EightByOne(int depth, T* a, nint step, nint next, T* b, nint bStride, T* c, nint cStride, bool add)
    {
        TVector s0 = TLanes.Zero, s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        T* low = a + (4 * step);
        nint two = 2 * step, three = 3 * step;
        for (int k = 0; k < depth; k++, a += next, low += next, b += bStride)
        {
            TVector row = TLanes.Load(b);
            (s0, s1) = (TLanes.MultiplyAdd(TLanes.Create(*a), row, s0), TLanes.MultiplyAdd(TLanes.Create(a[step]), row, s1));
            (s2, s3) = (TLanes.MultiplyAdd(TLanes.Create(a[two]), row, s2), TLanes.MultiplyAdd(TLanes.Create(a[three]), row, s3));
            (s4, s5) = (TLanes.MultiplyAdd(TLanes.Create(*low), row, s4), TLanes.MultiplyAdd(TLanes.Create(low[step]), row, s5));
            (s6, s7) = (TLanes.MultiplyAdd(TLanes.Create(low[two]), row, s6), TLanes.MultiplyAdd(TLanes.Create(low[three]), row, s7));
        }

        Put(c, s0, add);
        Put(c + cStride, s1, add);
        Put(c + (2 * cStride), s2, add);
        Put(c + (3 * cStride), s3, add);
        c += 4 * cStride;
        Put(c, s4, add);
        Put(c + cStride, s5, add);
        Put(c + (2 * cStride), s6, add);
        Put(c + (3 * cStride), s7, add);
    }

    private static void OneByTwo(int depth, T* a, nint next, T* b, nint bStride, T* c, bool add)
    {
        TVector s0 = TLanes.Zero, s1 = s0;
        for (int k = 0; k < depth; k++, a += next, b += bStride)
        {
            TVector f = TLanes.Create(*a);
            (s0, s1) = (TLanes.MultiplyAdd(f, TLanes.Load(b), s0), TLanes.MultiplyAdd(f, TLanes.Load(b + TLanes.Count), s1));
        }

        Put(c, s0, s1, add);
    }

    private static void OneByOne(int depth, T* a, nint next, T* b, nint bStride, T* c, bool add)
    {
        TVector sum = TLanes.Zero;
        for (int k = 0; k < depth; k++, a += next, b += bStride)
        {
            sum = TLanes.MultiplyAdd(TLanes.Create(*a), TLanes.Load(b), sum);
        }

        Put(c, sum, add);
    }

    [MethodImpl(Inline)]
    private static void Put(T* c, TVector first, TVector second, bool add)
    {
        Put(c, first, add);
        Put(c + TLanes.Count, second, add);
    }

    [MethodImpl(Inline)]
    private static void Put(T* c, TVector sum, bool add) => TLanes.Store(add ? TLanes.Add(TLanes.Load(c), sum) : sum, c);
}
