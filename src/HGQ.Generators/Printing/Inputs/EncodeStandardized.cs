using System;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>
/// The conversion of standardised reals by an estimate in single precision (<see cref="StandardizedReals"/>); vectors in which one
/// is too near to a border between two codes are computed as defined, with a division in double precision. Two vectors become one of 16
/// bits, four one of bytes.
/// </summary>
/// <param name="Writer">The method's text.</param>
/// <param name="Tables">Tables of the class.</param>
/// <param name="Reals">The reals.</param>
/// <param name="Steps">Loops over the elements.</param>
/// <param name="Bytes">Rows of bytes that are written, or null for 16 bits.</param>
internal sealed record EncodeStandardized(SourceWriter Writer, ConstantTables Tables, StandardizedReals Reals, RowSteps Steps, ByteRows? Bytes)
{
    /// <summary>Writes the code for all samples; it returns where every real was converted exactly.</summary>
    public void WriteVectors()
    {
        Write(512, "Avx512BW.IsSupported");
        Write(256, "Avx2.IsSupported && Fma.IsSupported");
    }

    private void Write(int bits, string condition)
    {
        int lanes = bits / 32, parts = Bytes is null ? Math.Min(2, Steps.Most / lanes) : 4;
        if (parts == 0)
        {
            return;
        }

        var exact = Enumerable.Range(0, parts)
            .Select(n => new RoundedReals(Writer, Tables, Reals.Formats, Reals.Port, Reals.Standardization, bits, n * lanes)).ToArray();
        Writer.Open($"if ({condition})");
        exact[0].WriteDeclarations();
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line($"ref {Reals.Type} row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line($"ref {(Bytes is null ? "short" : "byte")} target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(parts * lanes);
        for (var n = 0; n < parts; n++)
        {
            WriteEstimate(bits, n, exact[n]);
            if (n % 2 == 1 || n == parts - 1)
            {
                WriteExact(bits, n, exact.Skip(n - (n % 2)).Take((n % 2) + 1).ToArray());
            }
        }

        for (var n = 0; n < parts; n++)
        {
            WriteOverflow(bits, n, exact[n].Place(0));
        }

        Writer.Line($"{Vector(Bytes is null ? bits * parts / 2 : bits)}.StoreUnsafe({Packed(bits, parts)}, ref target, {Steps.Target});");
        Steps.Close(parts * lanes);
        Writer.Close();
        Writer.Line();
        exact[0].WriteReturn();
        Writer.Close();
        Writer.Line();
    }

    private void WriteEstimate(int bits, int n, RoundedReals exact)
    {
        string vector = Vector(bits), machine = bits == 512 ? "Avx512F" : "Avx", fused = bits == 512 ? "Avx512F.FusedMultiplyAdd" : "Fma.MultiplyAdd";
        string place = exact.Place(0), part = Literal.Of(n);
        string load = Reals.Type == "float"
            ? $"{vector}.LoadUnsafe(ref row, {place})"
            : $"{vector}.Narrow({vector}.LoadUnsafe(ref row, {place}), {vector}.LoadUnsafe(ref row, {exact.Place(bits / 64)}))";
        string factor = Column(bits, Reals.Factors, place);
        string estimate = Reals.IsCentred ? $"{load} * {factor}" : $"{fused}({load}, {factor}, {Column(bits, Reals.Offsets, place)})";
        if (Reals.Limits)
        {
            estimate = Limited(bits, estimate, place);
        }

        Writer.Line($"{vector}<float> z{part} = {estimate};");
        Writer.Line($"{vector}<int> v{part} = {machine}.ConvertToVector{Literal.Of(bits)}Int32(z{part});");
        string near = $"{vector}.Abs(z{part} - {machine}.ConvertToVector{Literal.Of(bits)}Single(v{part}))";
        if (Reals.WeighsOffsets)
        {
            near = $"{near} + {Column(bits, Reals.OffsetErrors, place)}";
        }

        Writer.Line($"{vector}<float> near{part} = {(Reals.WeighsMagnitude ? $"{fused}({vector}.Abs(z{part}), {vector}.Create({Reals.Epsilon}), {near})" : near)};");
    }

    // The bits of floats that are not negative are ordered as the floats are, and no number is above all.
    private void WriteExact(int bits, int last, RoundedReals[] exact)
    {
        int first = last + 1 - exact.Length;
        string vector = Vector(bits), machine = bits == 512 ? "Avx512F" : "Avx";
        string nearest = exact.Length == 1 ? $"{vector}.AsUInt32(near{Literal.Of(last)})" : $"{vector}.Max({vector}.AsUInt32(near{Literal.Of(first)}), {vector}.AsUInt32(near{Literal.Of(last)}))";
        Writer.Open($"if ({vector}.GreaterThanOrEqualAny({nearest}, {vector}.AsUInt32({vector}.Create({Reals.Border}))))");
        for (var n = 0; n < exact.Length; n++)
        {
            Writer.Open();
            exact[n].WriteLoad(Reals.Type);
            exact[n].WriteRounded();
            string whole = $"v - {vector}.Create({Literal.Of(exact[n].Bias)})";
            if (Reals.Limits)
            {
                string limited = Limited(bits, $"{machine}.ConvertToVector{Literal.Of(bits)}Single({whole})", exact[n].Place(0));
                whole = $"{machine}.ConvertToVector{Literal.Of(bits)}Int32({limited})";
            }

            Writer.Line($"v{Literal.Of(first + n)} = {whole};");
            Writer.Close();
            if (n + 1 < exact.Length)
            {
                Writer.Line();
            }
        }

        Writer.Close();
        Writer.Line();
    }

    // What is no number stays it: the instructions give their second operand then.
    private string Limited(int bits, string value, string place)
    {
        string machine = bits == 512 ? "Avx512F" : "Avx";
        string low = Column(bits, Array.ConvertAll(Reals.Formats, format => Literal.Of((int)Reals.Low(format)) + "F"), place);
        string high = Column(bits, Array.ConvertAll(Reals.Formats, format => Literal.Of((int)format.MaxRaw) + "F"), place);
        return $"{machine}.Min({high}, {machine}.Max({low}, {value}))";
    }

    private void WriteOverflow(int bits, int n, string place)
    {
        string vector = Vector(bits), v = "v" + Literal.Of(n);
        string Integers(Func<FixedPointFormat, BigInteger> value) => Column(bits, Array.ConvertAll(Reals.Formats, format => (long)value(format)), "int", place);
        if (Reals.Port.Overflow == OverflowMode.Wrap)
        {
            string shifted = Offsets.All(offset => offset == 0) ? v : $"({v} + {Column(bits, Offsets, "int", place)})";
            Writer.Line($"{v} = {shifted} & {Integers(format => format.IsZero ? 0 : (BigInteger.One << format.Width) - 1)};");
        }
        else if (Reals.Port.Overflow == OverflowMode.SaturateToZero)
        {
            Writer.Line($"{v} &= {vector}.GreaterThanOrEqual({v}, {Integers(Reals.Low)}) & {vector}.LessThanOrEqual({v}, {Integers(format => format.MaxRaw)});");
        }
    }

    // Negative numbers wrap around after they were moved up, and are moved back as 16-bit numbers.
    private long[] Offsets => Array.ConvertAll(Reals.Formats, format => format.Signed ? (long)-format.MinRaw : 0);

    private string Packed(int bits, int parts)
    {
        bool wraps = Reals.Port.Overflow == OverflowMode.Wrap;
        if (Bytes is not null)
        {
            string signed = bits == 512 ? "Avx512BW.PackSignedSaturate" : "Avx2.PackSignedSaturate";
            string bytes = BytePacking.Pack(wraps ? Bytes with { Signed = false } : Bytes, bits, $"{signed}(v0, v1)", $"{signed}(v2, v3)");
            return MovedBack(bytes, bits, "byte");
        }

        string pack = $"{Vector(bits)}.AsInt64({(bits == 512 ? "Avx512BW" : "Avx2")}.Pack{(wraps ? "Unsigned" : "Signed")}Saturate(v0, v1))";
        string packed = (bits, parts) switch
        {
            (512, 2) => $"Vector512.AsInt16(Avx512F.PermuteVar8x64({pack}, Vector512.Create(0L, 2, 4, 6, 1, 3, 5, 7)))",
            (256, 2) => $"Vector256.AsInt16(Avx2.Permute4x64({pack}, 0b11_01_10_00))",
            (512, _) => "Avx512F.ConvertToVector256Int16(v0)",
            _ => "Vector128.Narrow(Vector256.GetLower(v0), Vector256.GetUpper(v0))",
        };
        return MovedBack(packed, bits * parts / 2, "short");
    }

    private string MovedBack(string codes, int bits, string type) => Reals.Port.Overflow == OverflowMode.Wrap && Offsets.Any(offset => offset != 0)
        ? $"({codes} - {Column(bits, Array.ConvertAll(Offsets, offset => type == "short" ? unchecked((short)offset) : offset), type, "(nuint)e")})"
        : codes;

    private string Column(int bits, string[] values, string place) => values.Distinct().Count() == 1
        ? $"{Vector(bits)}.Create({values[0]})"
        : $"{Vector(bits)}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.AddReals(values, "float")}), {place})";

    private string Column(int bits, long[] values, string type, string place) => values.Distinct().Count() == 1
        ? $"{Vector(bits)}.Create({(type == "int" ? string.Empty : $"({type})") + Literal.Plain(values[0])})"
        : $"{Vector(bits)}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.Add(values, type)}), {place})";

    private static string Vector(int bits) => "Vector" + Literal.Of(bits);
}
