using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace HGQ.Benchmarks.Reports;

/// <summary>Figures of a run, as they are kept and compared.</summary>
/// <param name="Machine">Processor, runtime and widest vectors.</param>
/// <param name="Cases">All measurements.</param>
internal sealed record SummaryFile(string Machine, IReadOnlyList<SummaryCase> Cases)
{
    /// <summary>End of the names of files that a run leaves.</summary>
    public const string Suffix = "-summary";

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, NewLine = "\n" };

    /// <summary>Reads one file, or all that runs left below a folder; of what was measured twice, the faster.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static SummaryFile Read(string path)
    {
        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, $"*{Suffix}.json", SearchOption.AllDirectories) : [path];
        if (files.Length == 0)
        {
            throw new FileNotFoundException($"No *{Suffix}.json lies below '{path}'; name the folder that --artifacts named.");
        }

        var read = files.Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<SummaryFile>(File.ReadAllText(file), Options)!).ToArray();
        var cases = read.SelectMany(file => file.Cases).GroupBy(one => (one.Group, one.Name)).Select(same => same.MinBy(one => one.Nanoseconds)!);
        return new SummaryFile(string.Join("; ", read.Select(file => file.Machine).Distinct()), [.. cases.OrderBy(one => one.Group, StringComparer.Ordinal)]);
    }

    public string ToJson() => JsonSerializer.Serialize(this, Options) + "\n";
}

/// <summary>One measurement.</summary>
/// <param name="Group">Cases that are compared with each other: benchmark and parameters.</param>
/// <param name="Name">What distinguishes them.</param>
/// <param name="IsReference">What the others of the group are divided by.</param>
/// <param name="Nanoseconds">Median time of one run.</param>
/// <param name="Spread">Half the distance of the quartiles, divided by the median.</param>
/// <param name="AllocatedBytes">Bytes allocated by one run.</param>
internal sealed record SummaryCase(string Group, string Name, bool IsReference, double Nanoseconds, double Spread, long AllocatedBytes);
