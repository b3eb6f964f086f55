using System;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
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
        foreach (var machine in Machine.LargeFirst)
        {
            Write(machine);
        }
    }

    private void Write(Machine machine)
    {
        int lanes = LaneType.Int32.CountIn(machine), parts = Bytes is null ? Math.Min(2, Steps.Most / lanes) : 4;
        if (parts == 0)
        {
            return;
        }

        var exact = Enumerable.Range(0, parts)
            .Select(n => new RoundedReals(Writer, Tables, Reals.Formats, Reals.Port, Reals.Standardization, machine, n * lanes)).ToArray();
        Writer.Open($"if ({machine.RealsSupported})");
        exact[0].WriteDeclarations();
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line($"ref {Reals.Type} row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line($"ref {(Bytes is null ? "short" : "byte")} target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(parts * lanes);
        for (var n = 0; n < parts; n++)
        {
            WriteEstimate(machine, n, exact[n]);
            if (n % 2 == 1 || n == parts - 1)
            {
                WriteExact(machine, n, exact.Skip(n - (n % 2)).Take((n % 2) + 1).ToArray());
            }
        }

        for (var n = 0; n < parts; n++)
        {
            WriteOverflow(machine, n, exact[n].Place(0));
        }

        Writer.Line($"{Stored(machine, parts).Vector}.StoreUnsafe({Packed(machine, parts)}, ref target, {Steps.Target});");
        Steps.Close(parts * lanes);
        Writer.Close();
        Writer.Line();
        exact[0].WriteReturn();
        Writer.Close();
        Writer.Line();
    }

    private void WriteEstimate(Machine machine, int n, RoundedReals exact)
    {
        string vector = machine.Vector, fused = machine.MultiplyAddReals;
        string place = exact.Place(0), part = Literal.Of(n);
        string load = Reals.Type == "float"
            ? $"{vector}.LoadUnsafe(ref row, {place})"
            : $"{vector}.Narrow({vector}.LoadUnsafe(ref row, {place}), {vector}.LoadUnsafe(ref row, {exact.Place(LaneType.Int64.CountIn(machine))}))";
        string factor = Column(machine, Reals.Factors, place);
        string estimate = Reals.IsCentred ? $"{load} * {factor}" : $"{fused}({load}, {factor}, {Column(machine, Reals.Offsets, place)})";
        if (Reals.Limits)
        {
            estimate = Limited(machine, estimate, place);
        }

        Writer.Line($"{vector}<float> z{part} = {estimate};");
        Writer.Line($"{vector}<int> v{part} = {machine.Reals}.ConvertTo{machine.Vector}Int32(z{part});");
        string near = $"{vector}.Abs(z{part} - {machine.Reals}.ConvertTo{machine.Vector}Single(v{part}))";
        if (Reals.WeighsOffsets)
        {
            near = $"{near} + {Column(machine, Reals.OffsetErrors, place)}";
        }

        Writer.Line($"{vector}<float> near{part} = {(Reals.WeighsMagnitude ? $"{fused}({vector}.Abs(z{part}), {vector}.Create({Reals.Epsilon}), {near})" : near)};");
    }

    // The bits of floats that are not negative are ordered as the floats are, and no number is above all.
    private void WriteExact(Machine machine, int last, RoundedReals[] exact)
    {
        int first = last + 1 - exact.Length;
        string vector = machine.Vector;
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
                string limited = Limited(machine, $"{machine.Reals}.ConvertTo{machine.Vector}Single({whole})", exact[n].Place(0));
                whole = $"{machine.Reals}.ConvertTo{machine.Vector}Int32({limited})";
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
    private string Limited(Machine machine, string value, string place)
    {
        string low = Column(machine, Array.ConvertAll(Reals.Formats, format => Literal.Of((int)Reals.Low(format)) + "F"), place);
        string high = Column(machine, Array.ConvertAll(Reals.Formats, format => Literal.Of((int)format.MaxRaw) + "F"), place);
        return $"{machine.Reals}.Min({high}, {machine.Reals}.Max({low}, {value}))";
    }

    private void WriteOverflow(Machine machine, int n, string place)
    {
        string vector = machine.Vector, v = "v" + Literal.Of(n);
        string Integers(Func<FixedPointFormat, BigInteger> value) => Column(machine, Array.ConvertAll(Reals.Formats, format => (long)value(format)), "int", place);
        if (Reals.Port.Overflow == OverflowMode.Wrap)
        {
            string shifted = Offsets.All(offset => offset == 0) ? v : $"({v} + {Column(machine, Offsets, "int", place)})";
            Writer.Line($"{v} = {shifted} & {Integers(format => format.IsZero ? 0 : (BigInteger.One << format.Width) - 1)};");
        }
        else if (Reals.Port.Overflow == OverflowMode.SaturateToZero)
        {
            Writer.Line($"{v} &= {vector}.GreaterThanOrEqual({v}, {Integers(Reals.Low)}) & {vector}.LessThanOrEqual({v}, {Integers(format => format.MaxRaw)});");
        }
    }

    // Negative numbers wrap around after they were moved up, and are moved back as 16-bit numbers.
    private long[] Offsets => Array.ConvertAll(Reals.Formats, format => format.Signed ? (long)-format.MinRaw : 0);

    // Rows of 16 bits of one vector of reals are half as wide as it.
    private Machine Stored(Machine machine, int parts) => Bytes is null && parts == 1 ? machine.Half : machine;

    private string Packed(Machine machine, int parts)
    {
        bool wraps = Reals.Port.Overflow == OverflowMode.Wrap;
        if (Bytes is not null)
        {
            string signed = machine.Words + ".PackSignedSaturate";
            string bytes = BytePacking.Pack(wraps ? Bytes with { Signed = false } : Bytes, machine, $"{signed}(v0, v1)", $"{signed}(v2, v3)");
            return MovedBack(bytes, machine, "byte");
        }

        string packed = parts == 1
            ? machine.ToWords("v0")
            : machine.WordsInOrder($"{machine.Words}.Pack{(wraps ? "Unsigned" : "Signed")}Saturate(v0, v1)");
        return MovedBack(packed, Stored(machine, parts), "short");
    }

    private string MovedBack(string codes, Machine machine, string type) => Reals.Port.Overflow == OverflowMode.Wrap && Offsets.Any(offset => offset != 0)
        ? $"({codes} - {Column(machine, Array.ConvertAll(Offsets, offset => type == "short" ? unchecked((short)offset) : offset), type, "(nuint)e")})"
        : codes;

    private string Column(Machine machine, string[] values, string place) => values.Distinct().Count() == 1
        ? $"{machine.Vector}.Create({values[0]})"
        : $"{machine.Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.AddReals(values, "float")}), {place})";

    private string Column(Machine machine, long[] values, string type, string place) => values.Distinct().Count() == 1
        ? $"{machine.Vector}.Create({(type == "int" ? string.Empty : $"({type})") + Literal.Plain(values[0])})"
        : $"{machine.Vector}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.Add(values, type)}), {place})";
}
