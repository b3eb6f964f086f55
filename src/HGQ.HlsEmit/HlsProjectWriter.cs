using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using HGQ.Model.Serialization;

namespace HGQ.HlsEmit;

/// <summary>
/// Writes a project to a new folder, or over an earlier emission. A manifest lists what was written: other files are never
/// overwritten without force, and never deleted.
/// </summary>
public static class HlsProjectWriter
{
    /// <summary>File that lists what an emission wrote, with the SHA-256 of each file.</summary>
    public const string ManifestName = ".hgq-emitted";

    private const string ManifestHead = "hgq-emitted 1";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes all files; each appears as a whole or not at all. Files of an earlier emission that are no part of this one are deleted if unchanged.</summary>
    /// <param name="project">The project.</param>
    /// <param name="directory">Folder; made where it does not exist.</param>
    /// <param name="force">Write into a folder that holds other things, and over files that this tool did not write.</param>
    /// <exception cref="HlsEmitException">The folder holds something that this tool did not write, or cannot be written.</exception>
    public static void Write(HlsProject project, string directory, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(project);
        ArgumentNullException.ThrowIfNull(directory);
        try
        {
            var earlier = ReadManifest(directory);
            RequireOurs(project, directory, earlier, force);
            Directory.CreateDirectory(directory);

            // The manifest names old and new files before the first one is written: a crash leaves an emission, not a riddle.
            var all = project.Files.ToDictionary(file => file.Key, file => Hash(Utf8.GetBytes(file.Value)), StringComparer.Ordinal);
            WriteAtomically(Path.Combine(directory, ManifestName), Manifest(earlier.Where(old => !all.ContainsKey(old.Key)).Concat(all)));
            foreach (var (path, text) in project.Files)
            {
                WriteAtomically(Path.Combine(directory, path), text);
            }

            DeleteStale(directory, earlier, all);
            WriteAtomically(Path.Combine(directory, ManifestName), Manifest(all));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HlsEmitException($"The folder '{directory}' cannot be written: {error.Message}", error);
        }
    }

    private static void RequireOurs(HlsProject project, string directory, Dictionary<string, string> earlier, bool force)
    {
        if (force || !Directory.Exists(directory))
        {
            return;
        }

        if (earlier.Count == 0 && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new HlsEmitException(
                $"The folder '{directory}' is not empty and holds no earlier emission; choose another folder, or use --force to write into it.");
        }

        var foreign = project.Files.Keys.FirstOrDefault(path => !earlier.ContainsKey(path) && File.Exists(Path.Combine(directory, path)));
        if (foreign is not null)
        {
            throw new HlsEmitException(
                $"The file '{Path.Combine(directory, foreign)}' was not written by an earlier emission; move it away, or use --force to replace it.");
        }
    }

    private static void DeleteStale(string directory, Dictionary<string, string> earlier, Dictionary<string, string> all)
    {
        foreach (var (path, hash) in earlier.Where(old => !all.ContainsKey(old.Key)))
        {
            var file = Path.Combine(directory, path);
            if (File.Exists(file) && Hash(File.ReadAllBytes(file)) == hash)
            {
                File.Delete(file);
            }
        }
    }

    private static void WriteAtomically(string path, string text)
    {
        var bytes = Utf8.GetBytes(text);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // An unchanged file keeps its time, so that make does not build it again.
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        // A project can be emitted again: it needs no wait for the disk, file by file.
        AtomicFile.WriteBytes(path, bytes, bytes.Length, toDisk: false);
    }

    private static string Manifest(IEnumerable<KeyValuePair<string, string>> files)
    {
        var text = new StringBuilder(ManifestHead).Append('\n');
        foreach (var (path, hash) in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            text.Append(hash).Append("  ").Append(path).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>What an earlier emission wrote; empty where there was none. Paths that leave the folder are ignored.</summary>
    private static Dictionary<string, string> ReadManifest(string directory)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        var manifest = Path.Combine(directory, ManifestName);
        if (!File.Exists(manifest))
        {
            return files;
        }

        var lines = File.ReadAllLines(manifest);
        if (lines.Length == 0 || lines[0] != ManifestHead)
        {
            return files;
        }

        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split("  ", 2);
            if (parts.Length == 2 && !Path.IsPathRooted(parts[1]) && !parts[1].Split('/').Contains(".."))
            {
                files[parts[1]] = parts[0];
            }
        }

        return files;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
