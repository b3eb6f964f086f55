using System;
using System.Globalization;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>
/// One vector of reals, standardised where the port says so, as rounded whole numbers: exact where the magnitude of <c>y</c>, of
/// which <c>largest</c> keeps the most, is below 2^22 and no number. The variables of the text are x, y, floor, half and v.
/// </summary>
/// <param name="Writer">The method's text.</param>
/// <param name="Tables">Tables of the class.</param>
/// <param name="Formats">Format of each element.</param>
/// <param name="Port">The conversion.</param>
/// <param name="Standardization">Mean and scale of each element, or null.</param>
/// <param name="Machine">The vectors.</param>
/// <param name="First">Elements between e and the first one of the vector.</param>
internal sealed record RoundedReals(
    SourceWriter Writer, ConstantTables Tables, FixedPointFormat[] Formats, QuantizeInputInstruction Port, Standardization? Standardization, Machine Machine, int First = 0)
{
    // A real y with |y| < 2^22 that is a whole number has y + Magic as a float whose bits are MagicBits + y.
    private const string Magic = "12582912F", MagicAndOne = "12582913F";
    private const int MagicBits = 0x4B400000;

    /// <summary>Bits of 2^22, with which the bits of <c>largest</c> are compared.</summary>
    public const string Limit = "0x4A800000";

    /// <summary>What <c>v</c> has too much.</summary>
    public int Bias => HalfUp ? MagicBits / 2 : MagicBits;

    /// <summary>Whether a real that becomes tiny has to be looked at: it may round to something else than 0 does.</summary>
    public bool Tiny => Formats.Any(format => format.FractionBits < 0);

    private string Vector => Machine.Vector;

    private int Lanes => LaneType.Int32.CountIn(Machine);

    // Twice the real is floored, so that half a step is a whole number; one is added, and the last bit dropped.
    private bool HalfUp => Port.Rounding == RoundingMode.RoundHalfUp;

    /// <summary>Place in a row, or in a table, of the vector's lanes from lane <paramref name="lane"/> on.</summary>
    public string Place(int lane) => First + lane == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(First + lane)})";

    /// <summary>Writes the reals <c>x</c>, in single precision.</summary>
    public void WriteLoad(string type)
    {
        if (Standardization is null)
        {
            Writer.Line($"{Vector}<float> x = {Vector}.LoadUnsafe(ref row, {Place(0)});");
            return;
        }

        if (type == "float" && SingleScales() is { } scales)
        {
            Writer.Line($"{Vector}<float> x = {Vector}.LoadUnsafe(ref row, {Place(0)}) / {Column(scales)};");
            return;
        }

        string mean = Reals(Standardization.Mean), scale = Reals(Standardization.Scale);
        if (type == "float")
        {
            Writer.Line($"{Vector}<float> input = {Vector}.LoadUnsafe(ref row, {Place(0)});");
        }

        string Half(int n) => type == "float" ? $"{Vector}.{(n == 0 ? "WidenLower" : "WidenUpper")}(input)" : $"{Vector}.LoadUnsafe(ref row, {Place(n * Lanes / 2)})";
        string Table(string name, int n) => $"{Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({name}), {Place(n * Lanes / 2)})";
        Writer.Line($"{Vector}<double> low = ({Half(0)} - {Table(mean, 0)}) / {Table(scale, 0)};");
        Writer.Line($"{Vector}<double> high = ({Half(1)} - {Table(mean, 1)}) / {Table(scale, 1)};");
        Writer.Line($"{Vector}<float> x = {Vector}.Narrow(low, high);");
    }

    /// <summary>Writes the rounded numbers <c>v</c>, with <see cref="Bias"/>; clears <c>exact</c> where a real becomes tiny.</summary>
    public void WriteRounded()
    {
        string[] factors = Formats.Select(format => Literal.PowerOfTwo(format.FractionBits + (HalfUp ? 1 : 0)).TrimEnd('D') + "F").ToArray();
        Writer.Line($"{Vector}<float> y = x * {Column(factors)};");
        Writer.Line($"largest = {Vector}.Max(largest, {Vector}.AsInt32({Vector}.Abs(y)));");
        if (Tiny)
        {
            Writer.Line($"exact &= {Vector}.AsInt32({Vector}.GreaterThan({Vector}.Abs(y), {Vector}.Create(1E-30F)) | {Vector}.Equals(x, {Vector}<float>.Zero));");
        }

        Writer.Line($"{Vector}<float> floor = {Vector}.Floor(y);");
        if (HalfUp)
        {
            Writer.Line($"{Vector}<int> v = {Vector}.AsInt32(floor + {Vector}.Create({MagicAndOne})) >> 1;");
            return;
        }

        Writer.Line($"{Vector}<int> v = {Vector}.AsInt32(floor + {Vector}.Create({Magic}));");
        WriteRounding();
    }

    /// <summary>Writes that the method returns, unless a real has to be looked at by itself.</summary>
    public void WriteReturn()
    {
        Writer.Line("// 2^22 and beyond, and what is no number, has to be looked at one by one.");
        Writer.Open($"if ({Vector}.LessThanAll(largest, {Vector}.Create({Limit})){(Tiny ? $" && exact == {Vector}<int>.AllBitsSet" : string.Empty)})");
        Writer.Line("return;");
        Writer.Close();
    }

    /// <summary>Writes the declarations of <c>largest</c> and <c>exact</c>.</summary>
    public void WriteDeclarations()
    {
        Writer.Line($"{Vector}<int> largest = {Vector}<int>.Zero;");
        if (Tiny)
        {
            Writer.Line($"{Vector}<int> exact = {Vector}<int>.AllBitsSet;");
        }
    }

    // A comparison that holds is −1.
    private void WriteRounding()
    {
        string? raised = Port.Rounding switch
        {
            RoundingMode.Truncate => null,
            RoundingMode.TruncateToZero => "V.LessThan(y, V<float>.Zero) & ~V.Equals(y, floor)",
            RoundingMode.RoundHalfToZero => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.LessThan(y, V<float>.Zero))",
            RoundingMode.RoundHalfDown => "V.GreaterThan(y, half)",
            RoundingMode.RoundHalfAway => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.GreaterThanOrEqual(y, V<float>.Zero))",
            RoundingMode.RoundHalfEven => "V.GreaterThan(y, half) | (V.Equals(y, half) & V.AsSingle(V.Equals(v & V<int>.One, V<int>.One)))",
            _ => throw new ArgumentOutOfRangeException(nameof(Port), Port.Rounding, "This is no rounding mode."),
        };
        if (raised is null)
        {
            return;
        }

        if (Port.Rounding != RoundingMode.TruncateToZero)
        {
            Writer.Line($"{Vector}<float> half = floor + {Vector}.Create(0.5F);");
        }

        Writer.Line($"v -= {Vector}.AsInt32({raised.Replace("V.", Vector + ".").Replace("V<", Vector + "<")});");
    }

    // Where all means are 0 and all scales are singles, as those of pixels are, a division in single precision gives the same: the
    // quotient of two numbers of 24 bits, rounded to 53 bits and then to 24, is rounded as if at once.
    private string[]? SingleScales()
    {
        double[] means = Numbers(Standardization!.Mean), scales = Numbers(Standardization.Scale);
        return Array.TrueForAll(means, mean => mean == 0) && Array.TrueForAll(scales, scale => (float)scale == scale)
            ? Array.ConvertAll(scales, scale => Literal.Of(scale).TrimEnd('D') + "F")
            : null;
    }

    private string Column(string[] values) => values.Distinct().Count() == 1
        ? $"{Vector}.Create({values[0]})"
        : $"{Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.AddReals(values, "float")}), {Place(0)})";

    private static double[] Numbers(HGQ.Model.EquatableArray<string> decimals)
        => decimals.Select(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray();

    private string Reals(HGQ.Model.EquatableArray<string> decimals) => Tables.AddReals(decimals.Select(RealLiteral.Of).ToArray());
}
