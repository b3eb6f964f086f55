using HGQ.Model.FixedPoint;

namespace HGQ.Model.Interpretation;

/// <summary>Reduces the low 64 bits of a sum to a format's width, two's complement; nothing changes where the sum fits.</summary>
internal readonly struct WrapStep
{
    private readonly int _unused;
    private readonly bool _signed;
    private readonly bool _zero;

    public WrapStep(FixedPointFormat format)
    {
        _zero = format.IsZero;
        _signed = format.Signed;
        _unused = _zero ? 0 : FixedPointFormat.MaxWidth - format.Width;
    }

    public long Apply(long value) => _zero
        ? 0
        : _signed ? value << _unused >> _unused : (long)((ulong)value << _unused >> _unused);
}
