using System.Numerics;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Layout;

/// <summary>A value in an expression.</summary>
/// <param name="Text">C++ text, needs no parentheses.</param>
/// <param name="Type">Its type; of a constant the narrowest.</param>
/// <param name="Interval">Everything it can be.</param>
/// <param name="Node">What it is made of; null for a constant.</param>
internal readonly record struct Operand(string Text, WireType Type, RawInterval Interval, WireNode? Node = null)
{
    /// <summary>Whether it is always the same.</summary>
    public bool IsConstant => Interval.IsPoint;

    /// <summary>A constant.</summary>
    public static Operand Of(BigInteger value) => new(CppLiteral.Plain(value), WireType.For(RawInterval.Point(value)), RawInterval.Point(value));
}
