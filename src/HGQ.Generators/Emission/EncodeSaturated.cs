using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>
/// The conversion of single-precision reals where halves are rounded up and the ends of the format limit: twice the real is
/// limited first, so that it is small, then floored; one is added and the last bit dropped. Two vectors become one of 16 bits.
/// </summary>
/// <param name="Writer">The method's text.</param>
/// <param name="Tables">Tables of the class.</param>
/// <param name="Formats">Format of each element.</param>
/// <param name="Port">The conversion.</param>
/// <param name="Steps">Loops over the elements.</param>
internal sealed record EncodeSaturated(SourceWriter Writer, ConstantTables Tables, FixedPointFormat[] Formats, QuantizeInputInstruction Port, RowSteps Steps)
{
    // 2^(f + 1) and its products with the limits are exact in single precision. What underflows is rounded to 0 or to −1/2, which is 0.
    private const int MostFraction = 60;

    /// <summary>Whether this form gives the same codes, and rows are long enough.</summary>
    public bool Fits => Port.Rounding == RoundingMode.RoundHalfUp
        && Port.Overflow is OverflowMode.Saturate or OverflowMode.SaturateSymmetric
        && Steps.Most >= 32
        && Formats.All(format => format.FractionBits is >= -MostFraction and <= MostFraction && 2 * High(format) < short.MaxValue && 2 * Low(format) > short.MinValue);

    /// <summary>Writes the code for all samples; it returns unless there is an infinity or no number at all, which are looked at one by one.</summary>
    public void WriteVectors()
    {
        Write(512, "Avx512BW.IsSupported", "Avx512F.FusedMultiplyAdd", "Avx512F", "Avx512BW.PackSignedSaturate", p => $"Avx512F.PermuteVar8x64({p}.AsInt64(), Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)).AsInt16()");
        Write(256, "Avx2.IsSupported && Fma.IsSupported", "Fma.MultiplyAdd", "Avx", "Avx2.PackSignedSaturate", p => $"Avx2.Permute4x64({p}.AsInt64(), 0b11_01_10_00).AsInt16()");
    }

    private void Write(int bits, string condition, string fused, string machine, string pack, Func<string, string> order)
    {
        string vector = "Vector" + Literal.Of(bits);
        int lanes = bits / 32;
        bool signed = Formats.Any(format => Low(format) < 0);
        Writer.Open($"if ({condition})");
        Writer.Line($"{vector}<float> finite0 = {vector}<float>.Zero, finite1 = finite0;");
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line("ref float row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line("ref short target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(2 * lanes);
        for (var half = 0; half < 2; half++)
        {
            string place = half == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(lanes)})", n = Literal.Of(half);
            string Column(Func<FixedPointFormat, string> value)
            {
                string[] values = Formats.Select(value).ToArray();
                return values.Distinct().Count() == 1
                    ? $"{vector}.Create({values[0]})"
                    : $"{vector}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.AddReals(values, "float")}), {place})";
            }

            string Limit(Func<FixedPointFormat, int> limit) => Column(format => Literal.Of(2 * limit(format)) + "F");
            Writer.Line($"{vector}<float> x{n} = {vector}.LoadUnsafe(ref row, {place});");
            Writer.Line($"finite{n} = {fused}(x{n}, {vector}<float>.Zero, finite{n});");
            Writer.Line($"x{n} = {machine}.Min({machine}.Max(x{n} * {Column(format => CodeLayout.PowerOfTwo(format.FractionBits + 1).TrimEnd('D') + "F")}, {Limit(Low)}), {Limit(High)});");
            string whole = signed ? $"{vector}.Floor(x{n})" : $"x{n}";
            Writer.Line($"{vector}<int> v{n} = {machine}.ConvertToVector{Literal.Of(bits)}Int32WithTruncation({whole});");
        }

        Writer.Line($"{vector}<short> v = {order($"{pack}(v0, v1)")};");
        Writer.Line($"((v + {vector}<short>.One) >> 1).StoreUnsafe(ref target, {Steps.Target});");
        Steps.Close(2 * lanes);
        Writer.Close();
        Writer.Line();
        Writer.Line("// What is no finite number has to be looked at one by one.");
        Writer.Open($"if ({vector}.EqualsAll(finite0 + finite1, {vector}<float>.Zero))");
        Writer.Line("return;");
        Writer.Close();
        Writer.Close();
        Writer.Line();
    }

    private static int High(FixedPointFormat format) => (int)BigInteger.Min(format.MaxRaw, short.MaxValue);

    private int Low(FixedPointFormat format)
        => Port.Overflow == OverflowMode.SaturateSymmetric && format.Signed ? -High(format) : (int)BigInteger.Max(format.MinRaw, short.MinValue);
}
