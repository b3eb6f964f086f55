using System;
using System.IO;

namespace HGQ.Testing;

/// <summary>Finds the golden vectors and data sets, which are not part of the repository: the folder named by <c>HGQ_SHARED</c>.</summary>
public static class SharedVectors
{
    /// <summary>Why golden tests can't run, or null where they can.</summary>
    public static string? Missing => Reason(Environment.GetEnvironmentVariable("HGQ_SHARED"));

    /// <summary>The full path of a file or folder, for example <c>Find("golden", "fixed")</c>.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Find(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("HGQ_SHARED")
            ?? throw new InvalidOperationException("HGQ_SHARED is not set; mark the test with [GoldenFact] or [GoldenTheory].");
        var path = Path.GetFullPath(Path.Combine(root, Path.Combine(parts)));
        return Path.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there (HGQ_SHARED={root}).", path);
    }

    private static string? Reason(string? root) => string.IsNullOrEmpty(root)
        ? "HGQ_SHARED is not set: the folder with the golden vectors is not at hand"
        : Directory.Exists(root) ? null : $"HGQ_SHARED={root} is no folder";
}
