using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>Tables of constants in the data section of the generated assembly; equal ones are stored once.</summary>
internal sealed class ConstantTables
{
    private const int EntriesPerLine = 32;
    private readonly List<(string Name, string Type, long[] Values)> _tables = new();
    private readonly Dictionary<EquatableKey, int> _indices = new();
    private readonly Dictionary<string, (string Name, string Type, string[] Literals)> _reals = new();

    /// <summary>Name of the property that gives the table, in the narrowest type that holds its entries.</summary>
    public string Add(long[] values) => Add(values, TypeFor(values));

    /// <summary>Name of the property that gives the table in a type of at least the needed width.</summary>
    public string Add(long[] values, string type)
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

    /// <summary>Element type of a table.</summary>
    public string TypeOf(string name) => _tables.Find(table => table.Name == name).Type;

    /// <summary>Writes all tables.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (var (name, type, values) in _tables)
        {
            Write(writer, name, type, Array.ConvertAll(values, Literal.Plain));
        }

        foreach (var (name, type, literals) in _reals.Values.OrderBy(table => table.Name, StringComparer.Ordinal))
        {
            Write(writer, name, type, literals);
        }
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

    private static string TypeFor(long[] values)
    {
        long low = values.Length == 0 ? 0 : values.Min(), high = values.Length == 0 ? 0 : values.Max();
        return low >= sbyte.MinValue && high <= sbyte.MaxValue ? "sbyte"
            : low >= short.MinValue && high <= short.MaxValue ? "short"
            : low >= int.MinValue && high <= int.MaxValue ? "int" : "long";
    }

    private sealed record EquatableKey(string Type, HGQ.Model.EquatableArray<long> Values);
}
