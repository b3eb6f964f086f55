using System;
using System.IO;
using System.Linq;

namespace HGQ.VerilogEmit.Simulation;

/// <summary>Finds programs on the search path.</summary>
internal static class ToolSearch
{
    /// <summary>Full path of a program in the folders of a search path, or null.</summary>
    public static string? Find(string tool, string? path) => (path ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? tool + ".exe" : tool))
        .FirstOrDefault(File.Exists);
}
