using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HGQ.Benchmarks.Reports;

/// <summary>A trained network of another system: what it reaches, in percent, and the LUTs that another generator makes of it.</summary>
internal sealed record OtherNetwork(string Name, double Validation, double Test, double Ebops, int Luts)
{
    private const string Ending = ".hw.json";

    /// <summary>The networks of a folder: files <c>*.hw.json</c> with accuracies and the counts of a synthesis.</summary>
    public static IReadOnlyList<OtherNetwork> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Ending).Order(StringComparer.Ordinal).Select(Read)];

    private static OtherNetwork Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        var (root, meta) = (document.RootElement, document.RootElement.GetProperty("meta"));
        return new OtherNetwork(
            Path.GetFileName(file)[..^Ending.Length],
            100 * meta.GetProperty("val").GetDouble(),
            100 * meta.GetProperty("test").GetDouble(),
            root.GetProperty("ebops").GetDouble(),
            root.GetProperty("yosys_comb").EnumerateObject().First().Value.GetProperty("lut").GetInt32());
    }
}
