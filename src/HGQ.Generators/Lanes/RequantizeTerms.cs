using System.Numerics;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Lanes;

/// <summary>The constants of a requantize as expressions of the generated code; null where a step does nothing.</summary>
internal sealed record RequantizeTerms(LaneCode Code)
{
    /// <summary>The least value that relu lets through.</summary>
    public string? Relu { get; init; }

    public string? Left { get; init; }

    public string? Addend { get; init; }

    public string? SignMask { get; init; }

    public string? OddMask { get; init; }

    public string? Right { get; init; }

    public string? WrapOffset { get; init; }

    public string? WrapMask { get; init; }

    public string? Low { get; init; }

    public string? High { get; init; }

    public string? ZeroLow { get; init; }

    public string? ZeroHigh { get; init; }

    /// <summary>The terms of one element, as literals; its value must not be known.</summary>
    public static RequantizeTerms Of(LaneCode code, RequantizeElement element)
    {
        string? Unless(bool neutral, BigInteger value) => neutral ? null : code.Constant(value);
        string? Limit(bool used, BigInteger? value) => used && value is { } limit ? code.Constant(code.Lane.Saturate(limit)) : null;
        bool wraps = code.Lane.Reduce(element.WrapMask) != BigInteger.MinusOne;
        return new RequantizeTerms(code)
        {
            Relu = Unless(!element.Relu, BigInteger.Zero),
            Left = element.Left == 0 ? null : Literal.Of(element.Left),
            Addend = Unless(element.Addend.IsZero, element.Addend),
            SignMask = Unless(element.SignMask.IsZero, element.SignMask),
            OddMask = Unless(element.OddMask.IsZero, element.OddMask),
            Right = element.Right == 0 ? null : Literal.Of(element.Right),
            WrapOffset = Unless(!wraps || element.WrapOffset.IsZero, element.WrapOffset),
            WrapMask = Unless(!wraps, element.WrapMask),
            Low = Limit(!element.ZeroOutside, element.Low),
            High = Limit(!element.ZeroOutside, element.High),
            ZeroLow = Limit(element.ZeroOutside, element.Low),
            ZeroHigh = Limit(element.ZeroOutside, element.High),
        };
    }

    /// <summary>Writes the steps on a variable of the generated code.</summary>
    public void Write(SourceWriter writer, string v)
    {
        if (Relu is not null)
        {
            writer.Line($"{v} = {Code.Max(v, Relu)};");
        }

        if (Left is not null)
        {
            writer.Line($"{v} = {Code.ShiftLeft(v, Left)};");
        }

        WriteRounding(writer, v);
        if (WrapMask is not null)
        {
            writer.Line(WrapOffset is null ? $"{v} = {v} & {WrapMask};" : $"{v} = (({v} + {WrapOffset}) & {WrapMask}) - {WrapOffset};");
        }

        if (Low is not null && High is not null)
        {
            writer.Line($"{v} = {Code.Min(Code.Max(v, Low), High)};");
        }

        if (ZeroLow is not null && ZeroHigh is not null)
        {
            writer.Line($"{v} = {Code.ZeroOutside(v, ZeroLow, ZeroHigh)};");
        }
    }

    private void WriteRounding(SourceWriter writer, string v)
    {
        if (Right is null)
        {
            return;
        }

        string sum = v;
        sum += Addend is null ? string.Empty : $" + {Addend}";
        sum += SignMask is null ? string.Empty : $" + (({v} >> {Literal.Of(Code.Lane.Bits - 1)}) & {SignMask})";
        sum += OddMask is null ? string.Empty : $" + ({Wrapped(Code.ShiftRight(v, Right))} & {OddMask})";
        writer.Line($"{v} = {Code.ShiftRight(sum == v ? v : $"({sum})", Right)};");
    }

    private static string Wrapped(string expression) => $"({expression})";
}
