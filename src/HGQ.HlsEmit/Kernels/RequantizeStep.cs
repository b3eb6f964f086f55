using System;
using System.Globalization;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The requantization of one element as C++.</summary>
/// <param name="Relu">Negative values become 0 first.</param>
/// <param name="Shift">Bits dropped (positive) or added (negative).</param>
/// <param name="Rounding">What becomes of dropped bits.</param>
/// <param name="Overflow">What becomes of a result outside the format.</param>
/// <param name="Format">Format of the result.</param>
internal sealed record RequantizeStep(bool Relu, int Shift, RoundingMode Rounding, OverflowAction Overflow, FixedPointFormat Format)
{
    private bool Limits => Overflow switch
    {
        OverflowAction.None or OverflowAction.Wrap => false,
        OverflowAction.Saturate or OverflowAction.SaturateSymmetric or OverflowAction.SaturateToZero => true,
        _ => throw new InvalidOperationException($"There is no overflow action {Overflow}."),
    };

    /// <summary>Writes the statements; gives the text that is assigned to a wire of type <paramref name="wire"/>.</summary>
    public string Write(KernelWriter kernel, Operand x, WireType wire)
    {
        // An assignment wraps to the wire. Where that is wider than the format, because other positions of an array need it,
        // the value is wrapped to its own format first.
        var own = WireType.For(Format);
        return Overflow == OverflowAction.Wrap && own != wire && own.Width > 0
            ? $"{kernel.Cpp(wire)}({kernel.Cpp(own)}({Converted(kernel, x, own)}))"
            : Converted(kernel, x, wire);
    }

    private string Converted(KernelWriter kernel, Operand x, WireType wire)
    {

        var clips = Relu && x.Interval.Low.Sign < 0;
        var rounds = Shift > 0 && Rounding != RoundingMode.Truncate;
        if (clips)
        {
            kernel.Cost.CountSelector(wire.Width);
        }

        if (clips && !rounds && !Limits)
        {
            return $"{x.Text} < {kernel.Typed(x.Type, 0)} ? {kernel.Typed(wire, 0)} : {kernel.Cpp(wire)}({Shifted(kernel, x, wire)})";
        }

        if (clips)
        {
            var interval = x.Interval.ClampLow();
            var type = WireType.For(interval);
            x = new Operand(kernel.Define(type, $"{x.Text} < {kernel.Typed(x.Type, 0)} ? {kernel.Typed(type, 0)} : {kernel.Cpp(type)}({x.Text})"), type, interval);
        }

        if (!Limits)
        {
            return rounds ? RoundingText.Rounded(kernel, x, Shift, Rounding) : Shifted(kernel, x, wire);
        }

        return Limited(kernel, x, wire, rounds);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The operand shifted without rounding; a left shift in a type that holds the result.</summary>
    private string Shifted(KernelWriter kernel, Operand x, WireType wire) => Shift switch
    {
        0 => x.Text,
        > 0 when Shift >= x.Type.Width => x.Type.Signed ? $"{x.Text} >> {Number(x.Type.Width - 1)}" : "0",
        > 0 => $"{x.Text} >> {Number(Shift)}",
        _ when -Shift >= wire.Width => "0",
        _ => $"{kernel.Cpp(wire)}({x.Text}) << {Number(-Shift)}",
    };

    private string Limited(KernelWriter kernel, Operand x, WireType wire, bool rounds)
    {
        // Bits that are added need no wider wire: the limits are compared before the shift.
        var left = Math.Max(0, -Shift);
        var q = x;
        if (Shift > 0)
        {
            var interval = x.Interval.Quantize(Shift, Rounding);
            var type = WireType.For(interval) with { Width = Math.Max(1, WireType.For(interval).Width) };
            q = new Operand(kernel.Define(type, rounds ? RoundingText.Rounded(kernel, x, Shift, Rounding) : Shifted(kernel, x, type)), type, interval);
        }

        var high = Format.MaxRaw;
        var low = Overflow == OverflowAction.SaturateSymmetric && Format.Signed ? -high : Format.MinRaw;
        var text = $"{kernel.Cpp(wire)}({(left == 0 ? q.Text : Shifted(kernel, q, wire))})";
        if (q.Interval.Low << left < low)
        {
            kernel.Cost.CountSelector(q.Type.Width);
            var limit = Overflow == OverflowAction.SaturateToZero ? 0 : low;
            text = $"{q.Text} < {kernel.Typed(q.Type, CeilingShift(low, left))} ? {kernel.Typed(wire, limit)} : {text}";
        }

        if (q.Interval.High << left > high)
        {
            kernel.Cost.CountSelector(q.Type.Width);
            var limit = Overflow == OverflowAction.SaturateToZero ? 0 : high;
            text = $"{q.Text} > {kernel.Typed(q.Type, high >> left)} ? {kernel.Typed(wire, limit)} : {(text.Contains('?', StringComparison.Ordinal) ? $"({text})" : text)}";
        }

        return text;
    }

    private static BigInteger CeilingShift(BigInteger value, int bits) => -((-value) >> bits);
}
