using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace HGQ.HlsEmit.Simulation;

/// <summary>Finds programs on the search path.</summary>
internal static class ToolSearch
{
    /// <summary>Full path of a program, or null.</summary>
    public static string? Find(string tool) => Find(tool, Environment.GetEnvironmentVariable("PATH"));

    /// <summary>Full path of a program in the folders of a search path, or null.</summary>
    public static string? Find(string tool, string? path) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? tool + ".exe" : tool))
        .FirstOrDefault(File.Exists);

    /// <summary>Full path of the first program there is, or null.</summary>
    public static string? FindFirst(IEnumerable<string> tools, string? path) => tools.Select(tool => Find(tool, path)).FirstOrDefault(found => found is not null);
}
