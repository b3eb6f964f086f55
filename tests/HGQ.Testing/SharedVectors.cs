using System;
using System.IO;

namespace HGQ.Testing;

/// <summary>Finds the golden vectors and data sets, which are not part of the repository: the folder named by <c>HGQ_SHARED</c>.</summary>
public static class SharedVectors
{
    /// <summary>Why golden tests are to be skipped; null where they are to run, and so to fail where the vectors should be there and are not.</summary>
    public static string? Missing =>
        SkipReason(Environment.GetEnvironmentVariable("HGQ_SHARED"), Directory.Exists, HostTools.IsContinuousIntegration);

    /// <summary>
    /// A clone has no vectors, also on a build server: skipped. A folder that was named and is not there is a skip for who works at a desk, and a
    /// failure with <c>CI=true</c>.
    /// </summary>
    public static string? SkipReason(string? root, Func<string, bool> exists, bool continuousIntegration) => string.IsNullOrEmpty(root)
        ? "HGQ_SHARED is not set: the folder with the golden vectors is not at hand"
        : exists(root) || continuousIntegration ? null : $"HGQ_SHARED={root} is no folder";

    /// <summary>The full path of a file or folder, for example <c>Find("golden", "fixed")</c>.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Find(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("HGQ_SHARED")
            ?? throw new InvalidOperationException("HGQ_SHARED is not set; mark the test with [GoldenFact] or [GoldenTheory].");
        var path = Path.GetFullPath(Path.Combine(root, Path.Combine(parts)));
        return Path.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there (HGQ_SHARED={root}).", path);
    }
}
