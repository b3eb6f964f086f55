using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using HGQ.Testing;

namespace HGQ.Architecture.Tests;

/// <summary>The files of the repository, without what a build, an editor or git makes.</summary>
internal static class SourceFile
{
    private static readonly string[] Made = ["bin", "obj", ".git", ".vs", ".idea", "TestResults", "artifacts", "BenchmarkDotNet.Artifacts"];

    /// <summary>All files, as paths from the root with slashes.</summary>
    internal static IReadOnlyList<string> All { get; } = Below(new DirectoryInfo(RepositoryRoot.Path))
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)
        .ToList();

    /// <summary>C# below these folders.</summary>
    internal static IEnumerable<string> CSharp(params string[] folders) =>
        All.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal)));

    internal static string Read(string path) => File.ReadAllText(RepositoryRoot.Combine(path));

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) => folder.EnumerateFiles()
        .Concat(folder.EnumerateDirectories().Where(child => !Made.Contains(child.Name)).SelectMany(Below));
}
