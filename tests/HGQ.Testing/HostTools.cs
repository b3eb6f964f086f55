using System;
using System.IO;
using System.Linq;

namespace HGQ.Testing;

/// <summary>Programs and headers of the machine that serve as outside referees.</summary>
public static class HostTools
{
    /// <summary>SystemC's header: its fixed-point types are the referee of HLS types.</summary>
    public const string SystemCHeader = "/usr/include/systemc.h";

    /// <summary>Whether the tests run where a missing tool is a failure.</summary>
    public static bool IsContinuousIntegration =>
        string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The full path of a program of the search path or of a file, or null; <c>./name</c> is a file beside the tests.</summary>
    public static string? Find(string tool) => tool.Contains('/')
        ? File.Exists(Path.Combine(AppContext.BaseDirectory, tool)) ? Path.Combine(AppContext.BaseDirectory, tool) : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? tool + ".exe" : tool))
            .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs these tools is to be skipped; null where it is to run, and so to fail where CI=true and a tool is missing.</summary>
    public static string? SkipReason(params string[] tools)
    {
        var missing = tools.Where(tool => Find(tool) is null).ToArray();
        return missing.Length == 0 || IsContinuousIntegration ? null : $"not installed: {string.Join(", ", missing)}";
    }
}
