using System.Runtime.CompilerServices;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>A row of two: less is spent on finding rows for each word.</summary>
/// <typeparam name="TRow">Each of the two.</typeparam>
internal struct RowPair<TRow> : IBitRow<RowPair<TRow>>
    where TRow : struct, IBitRow<TRow>
{
    private TRow _low;
    private TRow _high;

    public readonly int Words => _low.Words + _high.Words;

    public ulong this[int word]
    {
        readonly get => word < _low.Words ? _low[word] : _high[word - _low.Words];
        set
        {
            if (word < _low.Words)
            {
                _low[word] = value;
            }
            else
            {
                _high[word - _low.Words] = value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Xor(in RowPair<TRow> a, in RowPair<TRow> b)
    {
        _low.Xor(in a._low, in b._low);
        _high.Xor(in a._high, in b._high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Xor(in RowPair<TRow> a, in RowPair<TRow> b, in RowPair<TRow> c)
    {
        _low.Xor(in a._low, in b._low, in c._low);
        _high.Xor(in a._high, in b._high, in c._high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void And(in RowPair<TRow> a, in RowPair<TRow> b, ulong inversion)
    {
        _low.And(in a._low, in b._low, inversion);
        _high.And(in a._high, in b._high, inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Or(in RowPair<TRow> a, in RowPair<TRow> b, ulong inversion)
    {
        _low.Or(in a._low, in b._low, inversion);
        _high.Or(in a._high, in b._high, inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(in RowPair<TRow> a, ulong inversion)
    {
        _low.Copy(in a._low, inversion);
        _high.Copy(in a._high, inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Select(in RowPair<TRow> condition, in RowPair<TRow> then, in RowPair<TRow> other, ulong inversion)
    {
        _low.Select(in condition._low, in then._low, in other._low, inversion);
        _high.Select(in condition._high, in then._high, in other._high, inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Position(ref RowPair<TRow> carry, in RowPair<TRow> select, in RowPair<TRow> before, in RowPair<TRow> data, ulong inversion)
    {
        _low.Position(ref carry._low, in select._low, in before._low, in data._low, inversion);
        _high.Position(ref carry._high, in select._high, in before._high, in data._high, inversion);
    }
}
