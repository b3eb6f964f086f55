using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Projects;

/// <summary>The struct that holds a buffer.</summary>
internal static class StructWriter
{
    /// <summary>Declares the members of a buffer, one line for each type.</summary>
    public static CppStruct Of(BufferWires wires) => new(wires.StructName, Enumerable.Range(0, wires.Period)
        .Where(wires.HasWire)
        .GroupBy(channel => wires.Dialect.Integer(wires.Type(channel)), StringComparer.Ordinal)
        .Select(group => new CppMember(group.Key, group.Select(channel => Declared(wires, channel)).ToArray(), wires.IsArray))
        .ToArray());

    /// <summary>Pragmas that keep the arrays of a variable apart, so that every element is a wire.</summary>
    public static IEnumerable<string> Partitions(BufferWires wires) => !wires.IsArray
        ? []
        : wires.Dialect.Disaggregate(wires.Variable).Concat(Enumerable.Range(0, wires.Period).Where(wires.HasWire)
            .SelectMany(channel => wires.Dialect.Partition($"{wires.Variable}.{wires.Member(channel)}")));

    private static string Declared(BufferWires wires, int channel) => wires.IsArray
        ? string.Create(CultureInfo.InvariantCulture, $"{wires.Member(channel)}[{wires.Positions}]")
        : wires.Member(channel);
}
