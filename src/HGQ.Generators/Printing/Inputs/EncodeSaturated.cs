using System;
using System.Linq;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>
/// The conversion of reals where halves are rounded up and the ends of the format limit: twice the real is
/// limited first, so that it is small, then floored; one is added and the last bit dropped. Two vectors become one of 16 bits, four one
/// of bytes.
/// </summary>
/// <param name="Writer">The method's text.</param>
/// <param name="Tables">Tables of the class.</param>
/// <param name="Formats">Format of each element.</param>
/// <param name="Port">The conversion.</param>
/// <param name="Steps">Loops over the elements.</param>
/// <param name="Bytes">Rows of bytes that are written, or null for 16 bits.</param>
/// <param name="Type">Type of the reals.</param>
internal sealed record EncodeSaturated(
    SourceWriter Writer, ConstantTables Tables, FixedPointFormat[] Formats, QuantizeInputInstruction Port, RowSteps Steps, ByteRows? Bytes, string Type)
{
    /// <summary>Whether this form gives the same codes, and rows are long enough.</summary>
    public bool Fits => Steps.Most >= 32 && SaturatedReals.Takes(Formats, Port);

    /// <summary>
    /// Writes the code for all samples; it returns unless there is an infinity or no number at all, which are looked at one by one.
    /// </summary>
    public void WriteVectors()
    {
        foreach (var machine in Machine.LargeFirst)
        {
            Write(machine);
        }
    }

    private void Write(Machine machine)
    {
        string vector = machine.Vector;
        int lanes = LaneType.Int32.CountIn(machine), parts = Bytes is null ? 2 : 4;
        Writer.Open($"if ({machine.RealsSupported})");
        Writer.Line($"{vector}<{Type}> finite0 = {vector}<{Type}>.Zero, finite1 = finite0;");
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line($"ref {Type} row = ref Unsafe.Add(ref inputs, s * inputStride);");
        Writer.Line($"ref {(Bytes is null ? "short" : "byte")} target = ref Unsafe.Add(ref codes, s * codeStride);");
        Steps.Open(parts * lanes);
        for (var part = 0; part < parts; part++)
        {
            string n = Literal.Of(part);
            if (Type == "float")
            {
                WriteWhole(machine, part * lanes, n, "finite" + Literal.Of(part & 1));
                continue;
            }

            WriteWhole(machine, part * lanes, n + "Low", "finite0");
            WriteWhole(machine, (part * lanes) + (lanes / 2), n + "High", "finite1");
            Writer.Line($"{vector}<int> v{n} = {vector}.Create(v{n}Low, v{n}High);");
        }

        WriteRounded(machine);
        Steps.Close(parts * lanes);
        Writer.Close();
        Writer.Line();
        Writer.Line("// What is no finite number has to be looked at one by one.");
        Writer.Open($"if ({vector}.EqualsAll(finite0 + finite1, {vector}<{Type}>.Zero))");
        Writer.Line("return;");
        Writer.Close();
        Writer.Close();
        Writer.Line();
    }

    // A vector of reals as floored halves of a step. Doubles fill a vector of integers half as wide.
    private void WriteWhole(Machine machine, int first, string n, string finite)
    {
        string vector = machine.Vector, place = first == 0 ? "(nuint)e" : $"(nuint)(e + {Literal.Of(first)})", suffix = Type == "float" ? "F" : "D";
        string Column(Func<FixedPointFormat, string> value)
        {
            string[] values = Formats.Select(value).ToArray();
            return values.Distinct().Count() == 1
                ? $"{vector}.Create({values[0]})"
                : $"{vector}.LoadUnsafe(ref MemoryMarshal.GetReference({Tables.AddReals(values, Type)}), {place})";
        }

        string Limit(Func<FixedPointFormat, int> limit) => Column(format => Literal.Of(2 * limit(format)) + suffix);
        Writer.Line($"{vector}<{Type}> x{n} = {vector}.LoadUnsafe(ref row, {place});");
        Writer.Line($"{finite} = {machine.MultiplyAddReals}(x{n}, {vector}<{Type}>.Zero, {finite});");
        Writer.Line($"x{n} = {machine.Reals}.Min({machine.Reals}.Max(x{n} * {Column(format => Literal.PowerOfTwo(format.FractionBits + 1).TrimEnd('D') + suffix)}, {Limit(format => SaturatedReals.Low(format, Port))}), {Limit(SaturatedReals.High)});");
        string whole = Formats.Any(format => SaturatedReals.Low(format, Port) < 0) ? $"{vector}.Floor(x{n})" : $"x{n}", integers = (Type == "float" ? machine : machine.Half).Vector;
        Writer.Line($"{integers}<int> v{n} = {machine.Reals}.ConvertTo{integers}Int32WithTruncation({whole});");
    }

    private void WriteRounded(Machine machine)
    {
        string vector = machine.Vector, pack = machine.Words + ".PackSignedSaturate";
        string Rounded(string v) => $"(({v} + {vector}<short>.One) >> 1)";
        if (Bytes is null)
        {
            Writer.Line($"{vector}<short> v = {machine.WordsInOrder($"{pack}(v0, v1)")};");
            Writer.Line($"{vector}.StoreUnsafe({Rounded("v")}, ref target, {Steps.Target});");
            return;
        }

        Writer.Line($"{vector}<short> low = {pack}(v0, v1), high = {pack}(v2, v3);");
        Writer.Line($"{vector}.StoreUnsafe({BytePacking.Pack(Bytes, machine, Rounded("low"), Rounded("high"))}, ref target, {Steps.Target});");
    }
}
