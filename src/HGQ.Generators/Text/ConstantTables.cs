using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace HGQ.Generators.Text;

/// <summary>Tables of constants in the data section of the generated assembly; equal ones are stored once.</summary>
internal sealed class ConstantTables
{
    private const int EntriesPerLine = 32;
    private const int WordsPerLine = 12;

    // Every literal costs the compiler memory and time: long tables are written as words of 64 bits.
    private const int MostPlainEntries = 4_096;
    private readonly List<(string Name, string Type, long[] Values)> _tables = new();
    private readonly Dictionary<EquatableKey, int> _indices = new();
    private readonly Dictionary<long[], (string Name, string Type)> _known = new();
    private readonly Dictionary<string, (string Name, string Type, string[] Literals)> _reals = new();
    private readonly SortedSet<string> _aligned = new(StringComparer.Ordinal);

    /// <summary>Name of the property that gives the table, in the narrowest type that holds its entries.</summary>
    public string Add(long[] values) => Add(values, TypeFor(values));

    /// <summary>Name of the property that gives the table in a type of at least the needed width.</summary>
    public string Add(long[] values, string type)
    {
        // Large tables are kept by whoever planned them, and added by every kernel: the same array needs no second look.
        if (_known.TryGetValue(values, out var known) && known.Type == type)
        {
            return known.Name;
        }

        string name = Find(values, type);
        _known[values] = (name, type);
        return name;
    }

    private string Find(long[] values, string type)
    {
        var key = new EquatableKey(type, values);
        if (!_indices.TryGetValue(key, out int index))
        {
            index = _tables.Count;
            _indices.Add(key, index);
            _tables.Add(($"Table{Literal.Of(index)}", type, values));
        }

        return _tables[index].Name;
    }

    /// <summary>Name of a table of doubles, given as literals.</summary>
    public string AddReals(string[] literals, string type = "double")
    {
        string key = type + string.Join(",", literals);
        if (!_reals.TryGetValue(key, out var table))
        {
            table = ($"Reals{Literal.Of(_reals.Count)}", type, literals);
            _reals.Add(key, table);
        }

        return table.Name;
    }

    /// <summary>
    /// An expression for a reference to the first entry of a copy of a table of bytes that begins at a cache line; the data section
    /// aligns to
    /// eight bytes only, where nearly every wide load straddles two lines.
    /// </summary>
    public string Aligned(string table)
    {
        _aligned.Add(table);
        return $"ref Aligned{table}.First";
    }

    /// <summary>Element type of a table.</summary>
    public string TypeOf(string name) => _tables.Find(table => table.Name == name).Type;

    /// <summary>Writes all tables.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (var (name, type, values) in _tables)
        {
            if (values.Length > MostPlainEntries)
            {
                WritePacked(writer, name, type, values);
            }
            else
            {
                Write(writer, name, type, Array.ConvertAll(values, Literal.Plain));
            }
        }

        foreach (string table in _aligned)
        {
            WriteAligned(writer, table);
        }

        foreach (var (name, type, literals) in _reals.Values.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            Write(writer, name, type, literals);
        }
    }

    private static void WriteAligned(SourceWriter writer, string table)
    {
        writer.Line();
        writer.Line($"// {table} from the beginning of a cache line on: copied when it is needed first, and never moved.");
        writer.Open($"private static class Aligned{table}");
        writer.Line("private static readonly byte[] Memory = Copy();");
        writer.Line();
        writer.Line("public static ref byte First => ref Aligned(Memory);");
        writer.Line();
        writer.Open("private static byte[] Copy()");
        writer.Line($"byte[] memory = GC.AllocateUninitializedArray<byte>({table}.Length + {Literal.Of(ScratchMemory.Alignment)}, pinned: true);");
        writer.Line($"{table}.CopyTo(MemoryMarshal.CreateSpan(ref Aligned(memory), {table}.Length));");
        writer.Line("return memory;");
        writer.Close();
        writer.Close();
    }

    private static void Write(SourceWriter writer, string name, string type, string[] entries)
    {
        writer.Line();
        writer.Line($"private static ReadOnlySpan<{type}> {name} => new {type}[]");
        writer.Open();
        for (var first = 0; first < entries.Length; first += EntriesPerLine)
        {
            writer.Line(string.Join(", ", entries, first, Math.Min(EntriesPerLine, entries.Length - first)) + ",");
        }

        writer.CloseStatement();
    }

    private static void WritePacked(SourceWriter writer, string name, string type, long[] values)
    {
        int bits = type switch
        {
            "sbyte" or "byte" => 8,
            "short" or "ushort" => 16,
            "int" => 32,
            _ => 64,
        };
        int perWord = 64 / bits, count = (values.Length + perWord - 1) / perWord;
        var words = new ulong[count];
        for (var n = 0; n < values.Length; n++)
        {
            words[n / perWord] |= ((ulong)values[n] & (ulong.MaxValue >> (64 - bits))) << (n % perWord * bits);
        }

        writer.Line();
        writer.Line($"// {values.Length} entries of {bits} bits, the first in the lowest bits of each word.");
        writer.Line($"private static ReadOnlySpan<{type}> {name} => MemoryMarshal.Cast<ulong, {type}>((ReadOnlySpan<ulong>)new ulong[]");
        writer.Open();
        for (var first = 0; first < count; first += WordsPerLine)
        {
            for (int n = first; n < Math.Min(first + WordsPerLine, count); n++)
            {
                writer.Append(n == first ? "0x" : ", 0x");
                writer.Hexadecimal(words[n]);
            }

            writer.Line(",");
        }

        writer.CloseStatement(count * perWord == values.Length ? ");" : $").Slice(0, {values.Length.ToString(CultureInfo.InvariantCulture)});");
    }

    private static string TypeFor(long[] values)
    {
        long low = values.Length == 0 ? 0 : values.Min(), high = values.Length == 0 ? 0 : values.Max();
        return low >= sbyte.MinValue && high <= sbyte.MaxValue ? "sbyte"
            : low >= short.MinValue && high <= short.MaxValue ? "short"
            : low >= int.MinValue && high <= int.MaxValue ? "int" : "long";
    }

    private sealed record EquatableKey(string Type, HGQ.Model.EquatableArray<long> Values);
}
