using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Inputs;
using HGQ.Generators.Printing.Rows;
using HGQ.Generators.Text;
using HGQ.Model.FixedPoint;

namespace HGQ.Generators.Printing.Inputs;

/// <summary>Writes the methods that bring samples of an input of few bits into the words of a block (<see cref="BitWords"/>).</summary>
/// <param name="Writer">The class's text.</param>
/// <param name="Tables">Tables of the class.</param>
/// <param name="Input">The input.</param>
/// <param name="Formats">Formats of the elements.</param>
/// <param name="Number">Number of the port.</param>
internal sealed record BitRows(SourceWriter Writer, ConstantTables Tables, BitInput Input, FixedPointFormat[] Formats, int Number)
{
    // Samples that are read at a time: thresholds are loaded once for them, and memory is read in several places.
    private const int Samples = 4;

    private const int WordBits = 64;

    private string Stride => Literal.Of(Input.Rows.Stride);

    /// <summary>Writes the methods for reals and codes; <paramref name="thresholds"/> spare singles the way over rows of bytes.</summary>
    public void Write(string codeType, BitThresholds? thresholds)
    {
        WriteRow();
        WriteSamples("float", "Encode", thresholds);
        WriteSamples("double", "Encode", null);
        WriteSamples(codeType, "Copy", null);
    }

    private void WriteSamples(string type, string method, BitThresholds? thresholds)
    {
        bool real = method == "Encode";
        Writer.Line();
        Writer.Line(Kernel.Optimized);
        Writer.Open($"private static void {method}BitRows{Literal.Of(Number)}(ref {type} inputs, int inputStride, ref byte rows, ref ulong words, int lanes, int count{(real ? ", int index" : string.Empty)})");
        if (thresholds is not null || (type == "int" && Array.TrueForAll(Formats, format => format.Width <= 1)))
        {
            foreach (var machine in Machine.LargeFirst)
            {
                WriteVectors(thresholds, machine);
            }
        }

        Writer.Line($"{method}ByteRows{Literal.Of(Number)}(ref inputs, inputStride, ref rows, {Stride}, count{(real ? ", index" : string.Empty)});");
        Writer.Open("for (int s = 0; s < count; s++)");
        Writer.Line($"BitRow{Literal.Of(Number)}(ref Unsafe.Add(ref rows, s * {Stride}), {BitWordPlaces.Of("lanes")}, lanes, ref words);");
        Writer.Close();
        Writer.Close();
    }

    /// <summary>Writes the method that moves six bits each of a word to its bytes.</summary>
    public static void WriteSpread(SourceWriter writer)
    {
        writer.Line();
        writer.Line("// Eight times six bits, each to a byte.");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Open("private static ulong SpreadSixes(ulong word)");
        writer.Open("if (Bmi2.X64.IsSupported)");
        writer.Line("return Bmi2.X64.ParallelBitDeposit(word, 0x3F3F3F3F3F3F3F3FUL);");
        writer.Close();
        writer.Line();
        writer.Line("word = (word & 0xFFFFFFUL) | ((word & 0xFFFFFF000000UL) << 8);");
        writer.Line("word = (word & 0xFFF00000FFFUL) | ((word & 0xFFF00000FFF000UL) << 4);");
        writer.Line("return (word & 0x3F003F003F003FUL) | ((word & 0xFC00FC00FC00FC0UL) << 2);");
        writer.Close();
    }

    // The bits of a row of bytes.
    private void WriteRow()
    {
        Writer.Line();
        Writer.Line("// A sample's bytes → its words of bits.");
        Writer.Line(Kernel.Optimized);
        Writer.Open($"private static void BitRow{Literal.Of(Number)}(ref byte row, int place, int lanes, ref ulong words)");
        foreach (var machine in Machine.WidestFirst)
        {
            WriteWords(machine);
        }

        Writer.Close();
    }

    private void WriteWords(Machine machine)
    {
        var words = BitWords.Of(Formats, machine);
        if (!machine.IsNarrowest)
        {
            Writer.Open($"if (lanes == {Literal.Of(machine.Samples)})");
        }

        bool single = words.Count == words.Chunks;
        string Column(Func<(int First, int Plane), long> value) => Tables.Add(words.Words.Select(value).ToArray()) + "[w]";
        Writer.Open($"for (int w = 0; w < {Literal.Of(words.Count)}; w++)");
        Writer.Line($"int e = {(single ? $"w * {Literal.Of(words.Elements)}" : Column(word => word.First))};");
        string shift = single ? "7" : Column(word => 7 - word.Plane);
        string vector = machine.Vector;
        int bytes = machine.Bits / 8;
        string Bits(int n)
        {
            string load = $"{vector}.LoadUnsafe(ref row, (nuint){(n == 0 ? "e" : $"(e + {Literal.Of(n)})")})";
            string found = $"{vector}.ExtractMostSignificantBits({vector}.AsByte({vector}.AsInt16({load}) << {shift}))";
            return n == 0 ? found : $"((ulong){found} << {Literal.Of(n)})";
        }

        Writer.Line($"Unsafe.Add(ref words, (w * lanes) + place) = {Spread(words, string.Join(" | ", Enumerable.Range(0, WordBits / bytes).Select(n => Bits(n * bytes))))};");
        Writer.Close();
        if (!machine.IsNarrowest)
        {
            Writer.Line();
            Writer.Line("return;");
            Writer.Close();
            Writer.Line();
        }
    }

    // Comparisons with the thresholds are the bits, of four samples at a time (codes are bits as they are); a sample in which a real
    // overflows, or is no number, is read once more. Bits of singles that are not negative are ordered as they are, those of others and
    // of no number are above them.
    private void WriteVectors(BitThresholds? thresholds, Machine machine)
    {
        var words = BitWords.Of(Formats, machine);
        string vector = machine.Vector;
        Writer.Open($"if (lanes == {Literal.Of(machine.Samples)})");
        Writer.Open($"for (int s = 0; s < count; s += {Literal.Of(Samples)})");
        Writer.Line($"ref ulong sample = ref Unsafe.Add(ref words, {BitWordPlaces.Of(Literal.Of(machine.Samples))});");
        for (var n = 0; n < Samples; n++)
        {
            string sample = n == 0 ? "s" : $"Math.Min(s + {Literal.Of(n)}, count - 1)";
            Writer.Line($"ref {(thresholds is null ? "int" : "float")} row{Literal.Of(n)} = ref Unsafe.Add(ref inputs, {sample} * inputStride);");
            if (thresholds is not null)
            {
                Writer.Line($"{vector}<uint> beyond{Literal.Of(n)} = {vector}<uint>.Zero;");
            }
        }

        int whole = Formats.Length / words.Elements, rest = Formats.Length % words.Elements, lanes = LaneType.Int32.CountIn(machine);
        Writer.Open($"for (int w = 0; w < {Literal.Of(whole)}; w++)");
        Writer.Line($"int e = w * {Literal.Of(words.Elements)};");
        WriteWord(thresholds, machine, words, $"w * {Literal.Of(machine.Samples)}", Enumerable.Range(0, words.Elements / lanes).Select(n => (n == 0 ? "e" : $"(e + {Literal.Of(n * lanes)})", n * lanes, 0)).ToArray());
        Writer.Close();
        Writer.Line();
        if (rest > 0)
        {
            // The last vector may read once more what the one before it read.
            var parts = Enumerable.Range(0, (rest + lanes - 1) / lanes).Select(n => (Begin: n * lanes, Over: Math.Max(0, ((n + 1) * lanes) - rest)));
            WriteWord(
                thresholds, machine, words, Literal.Of(whole * machine.Samples), parts.Select(part => (Literal.Of((whole * words.Elements) + part.Begin - part.Over), part.Begin, part.Over)).ToArray());
        }

        if (thresholds is not null)
        {
            WriteAgain(thresholds, vector, machine.Samples);
        }

        Writer.Close();
        Writer.Line();
        Writer.Line("return;");
        Writer.Close();
        Writer.Line();
    }

    private void WriteAgain(BitThresholds thresholds, string vector, int lanes)
    {
        string[] beyond = Enumerable.Range(0, Samples).Select(n => "beyond" + Literal.Of(n)).ToArray();
        Writer.Open(thresholds.Limit is { } limit
            ? $"if ({vector}.GreaterThanAny({beyond.Aggregate((all, next) => $"{vector}.Max({all}, {next})")}, {vector}.Create({Literal.Of(limit)}U)))"
            : $"if (({string.Join(" | ", beyond)}) != {vector}<uint>.Zero)");
        Writer.Open($"for (int n = s; n < Math.Min(s + {Literal.Of(Samples)}, count); n++)");
        Writer.Line($"EncodeByteRows{Literal.Of(Number)}(ref Unsafe.Add(ref inputs, n * inputStride), inputStride, ref rows, {Stride}, 1, index + (n * inputStride));");
        Writer.Line($"BitRow{Literal.Of(Number)}(ref rows, {BitWordPlaces.Of(Literal.Of(lanes), "n")}, lanes, ref words);");
        Writer.Close();
        Writer.Close();
    }

    private void WriteWord(
        BitThresholds? thresholds, Machine machine, BitWords words, string word, (string Place, int Begin, int Over)[] parts)
    {
        string vector = machine.Vector;
        var found = Enumerable.Range(0, Samples).Select(_ => new List<string>()).ToArray();
        Writer.Open();
        for (var n = 0; n < parts.Length; n++)
        {
            WriteLimits(thresholds, vector, n, parts[n].Place);
            for (var s = 0; s < Samples; s++)
            {
                string read = $"{vector}.LoadUnsafe(ref row{Literal.Of(s)}, (nuint){parts[n].Place})";
                string bit = thresholds is null ? $"{read} << 31" : WriteCompared(thresholds, vector, Literal.Of(s), Literal.Of(n), read);
                found[s].Add(Shifted($"(ulong){vector}.ExtractMostSignificantBits({bit})", parts[n].Begin, parts[n].Over));
            }
        }

        // The places of samples 4n to 4n + 3 (<see cref="BitWordPlaces"/>).
        int quarter = machine.Samples / 4;
        int[] places = { 0, 1, quarter, quarter + 1 };
        for (var s = 0; s < Samples; s++)
        {
            Writer.Line($"Unsafe.Add(ref sample, {word}{(s == 0 ? string.Empty : " + " + Literal.Of(places[s]))}) = {Spread(words, string.Join(" | ", found[s]))};");
        }

        Writer.Close();
    }

    private void WriteLimits(BitThresholds? thresholds, string vector, int part, string place)
    {
        if (thresholds is null)
        {
            return;
        }

        string Column(string table) => $"{vector}.LoadUnsafe(ref MemoryMarshal.GetReference({table}), (nuint){place})";
        Writer.Line($"{vector}<float> one{Literal.Of(part)} = {Column(Tables.AddReals(thresholds.Ones, "float"))};");
        if (thresholds.Limit is null)
        {
            Writer.Line($"{vector}<uint> most{Literal.Of(part)} = {Column(Tables.Add(thresholds.Most!.Select(bits => (long)bits).ToArray(), "uint"))};");
        }
    }

    private string WriteCompared(BitThresholds thresholds, string vector, string sample, string part, string read)
    {
        string x = $"x{sample}_{part}", beyond = "beyond" + sample;
        Writer.Line($"{vector}<float> {x} = {read};");
        Writer.Line(thresholds.Limit is null
            ? $"{beyond} |= {vector}.Max({vector}.AsUInt32({x}), most{part}) ^ most{part};"
            : $"{beyond} = {vector}.Max({beyond}, {vector}.AsUInt32({(thresholds.Most is null ? $"{vector}.Abs({x})" : x)}));");
        return $"{vector}.GreaterThanOrEqual({x}, one{part})";
    }

    // Indices of six bits lie in bytes.
    private static string Spread(BitWords words, string word) => words.IndexBits == 6 ? $"SpreadSixes({word})" : word;

    private static string Shifted(string bits, int left, int right)
    {
        string moved = right > 0 ? $"({bits} >> {Literal.Of(right)})" : bits;
        return left > 0 ? $"({moved} << {Literal.Of(left)})" : moved;
    }
}
