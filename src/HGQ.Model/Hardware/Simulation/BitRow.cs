using System.Runtime.CompilerServices;

namespace HGQ.Model.Hardware.Simulation;

/// <summary>256 samples of a bit.</summary>
internal struct BitRow : IBitRow<BitRow>
{
    public const int Width = 4;
    public const int Samples = 64 * Width;

    private ulong _w0;
    private ulong _w1;
    private ulong _w2;
    private ulong _w3;

    public readonly int Words => Width;

    public ulong this[int word]
    {
        readonly get => word switch { 0 => _w0, 1 => _w1, 2 => _w2, _ => _w3 };
        set
        {
            switch (word)
            {
                case 0:
                    _w0 = value;
                    break;
                case 1:
                    _w1 = value;
                    break;
                case 2:
                    _w2 = value;
                    break;
                default:
                    _w3 = value;
                    break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Xor(in BitRow a, in BitRow b)
    {
        _w0 = a._w0 ^ b._w0;
        _w1 = a._w1 ^ b._w1;
        _w2 = a._w2 ^ b._w2;
        _w3 = a._w3 ^ b._w3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Xor(in BitRow a, in BitRow b, in BitRow c)
    {
        _w0 = a._w0 ^ b._w0 ^ c._w0;
        _w1 = a._w1 ^ b._w1 ^ c._w1;
        _w2 = a._w2 ^ b._w2 ^ c._w2;
        _w3 = a._w3 ^ b._w3 ^ c._w3;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void And(in BitRow a, in BitRow b, ulong inversion)
    {
        _w0 = a._w0 & (b._w0 ^ inversion);
        _w1 = a._w1 & (b._w1 ^ inversion);
        _w2 = a._w2 & (b._w2 ^ inversion);
        _w3 = a._w3 & (b._w3 ^ inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Or(in BitRow a, in BitRow b, ulong inversion)
    {
        _w0 = a._w0 | (b._w0 ^ inversion);
        _w1 = a._w1 | (b._w1 ^ inversion);
        _w2 = a._w2 | (b._w2 ^ inversion);
        _w3 = a._w3 | (b._w3 ^ inversion);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Copy(in BitRow a, ulong inversion)
    {
        _w0 = a._w0 ^ inversion;
        _w1 = a._w1 ^ inversion;
        _w2 = a._w2 ^ inversion;
        _w3 = a._w3 ^ inversion;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Select(in BitRow condition, in BitRow then, in BitRow other, ulong inversion)
    {
        _w0 = Select(condition._w0, then._w0 ^ inversion, other._w0);
        _w1 = Select(condition._w1, then._w1 ^ inversion, other._w1);
        _w2 = Select(condition._w2, then._w2 ^ inversion, other._w2);
        _w3 = Select(condition._w3, then._w3 ^ inversion, other._w3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Position(ref BitRow carry, in BitRow select, in BitRow before, in BitRow data, ulong inversion)
    {
        ulong s0 = select._w0 ^ before._w0, s1 = select._w1 ^ before._w1, s2 = select._w2 ^ before._w2, s3 = select._w3 ^ before._w3;
        carry._w0 = Select(select._w0, before._w0 ^ inversion, data._w0);
        carry._w1 = Select(select._w1, before._w1 ^ inversion, data._w1);
        carry._w2 = Select(select._w2, before._w2 ^ inversion, data._w2);
        carry._w3 = Select(select._w3, before._w3 ^ inversion, data._w3);
        _w0 = s0;
        _w1 = s1;
        _w2 = s2;
        _w3 = s3;
    }

    private static ulong Select(ulong condition, ulong then, ulong other) => other ^ (condition & (then ^ other));
}
