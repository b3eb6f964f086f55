using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>
/// Writes the files of a project to a new folder, or over an earlier emission. A manifest lists what was written: other files are
/// never overwritten without force, and never deleted.
/// </summary>
public static class ProjectFolder
{
    /// <summary>File that lists what an emission wrote, with the SHA-256 of each file.</summary>
    public const string ManifestName = ".hgq-emitted";

    private const string ManifestHead = "hgq-emitted 1";
    private const string Between = "  ";

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>
    /// Writes all files; each appears as a whole or not at all. Files of an earlier emission that are no part of this one are deleted if
    /// unchanged.
    /// </summary>
    /// <param name="files">Text of each file by its path in the folder, separated by <c>/</c>.</param>
    /// <param name="directory">Folder; made where it does not exist.</param>
    /// <param name="force">Write into a folder that holds other things, and over files that this tool did not write.</param>
    /// <exception cref="ProjectFolderException">The folder holds something that this tool did not write, or cannot be written.</exception>
    public static void Write(IReadOnlyDictionary<string, string> files, string directory, bool force = false)
    {
        try
        {
            var earlier = ReadManifest(directory);
            RequireOurs(files, directory, earlier, force);
            Directory.CreateDirectory(directory);

            // The manifest names old and new files before the first one is written: a crash leaves an emission, not a riddle.
            var all = files.ToDictionary(file => file.Key, file => Hash(Utf8.GetBytes(file.Value)), StringComparer.Ordinal);
            WriteAtomically(Path.Combine(directory, ManifestName), Manifest(earlier.Where(old => !all.ContainsKey(old.Key)).Concat(all)));
            foreach (var file in files)
            {
                WriteAtomically(Path.Combine(directory, file.Key), file.Value);
            }

            DeleteStale(directory, earlier, all);
            WriteAtomically(Path.Combine(directory, ManifestName), Manifest(all));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ProjectFolderException($"The folder '{directory}' cannot be written: {error.Message}", error);
        }
    }

    private static void RequireOurs(
        IReadOnlyDictionary<string, string> files, string directory, Dictionary<string, string> earlier, bool force)
    {
        if (force || !Directory.Exists(directory))
        {
            return;
        }

        if (earlier.Count == 0 && Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new ProjectFolderException(
                $"The folder '{directory}' is not empty and holds no earlier emission; choose another folder, "
                + "or use --force to write into it.");
        }

        string? foreign = files.Keys.FirstOrDefault(path => !earlier.ContainsKey(path) && File.Exists(Path.Combine(directory, path)));
        if (foreign is not null)
        {
            throw new ProjectFolderException(
                $"The file '{Path.Combine(directory, foreign)}' was not written by an earlier emission; move it away, "
                + "or use --force to replace it.");
        }
    }

    private static void DeleteStale(string directory, Dictionary<string, string> earlier, Dictionary<string, string> all)
    {
        foreach (var old in earlier.Where(old => !all.ContainsKey(old.Key)))
        {
            string file = Path.Combine(directory, old.Key);
            if (File.Exists(file) && Hash(File.ReadAllBytes(file)) == old.Value)
            {
                File.Delete(file);
            }
        }
    }

    private static void WriteAtomically(string path, string text)
    {
        byte[] bytes = Utf8.GetBytes(text);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);

        // An unchanged file keeps its time, so that make does not build it again.
        if (File.Exists(path) && new FileInfo(path).Length == bytes.Length && File.ReadAllBytes(path).SequenceEqual(bytes))
        {
            return;
        }

        // A project can be emitted again: it needs no wait for the disk, file by file.
        AtomicFile.WriteBytes(path, bytes, bytes.Length, toDisk: false);
    }

    private static string Manifest(IEnumerable<KeyValuePair<string, string>> files)
    {
        var text = new StringBuilder(ManifestHead).Append('\n');
        foreach (var file in files.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            text.Append(file.Value).Append(Between).Append(file.Key).Append('\n');
        }

        return text.ToString();
    }

    // What an earlier emission wrote; empty where there was none. Paths that leave the folder are ignored.
    private static Dictionary<string, string> ReadManifest(string directory)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        string manifest = Path.Combine(directory, ManifestName);
        if (!File.Exists(manifest))
        {
            return files;
        }

        string[] lines = File.ReadAllLines(manifest);
        if (lines.Length == 0 || lines[0] != ManifestHead)
        {
            return files;
        }

        foreach (string line in lines.Skip(1))
        {
            int at = line.IndexOf(Between, StringComparison.Ordinal);
            string path = at < 0 ? string.Empty : line.Substring(at + Between.Length);
            if (path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/').Contains(".."))
            {
                files[path] = line.Substring(0, at);
            }
        }

        return files;
    }

    private static string Hash(byte[] bytes)
    {
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(bytes).Select(part => part.ToString("x2", System.Globalization.CultureInfo.InvariantCulture)));
    }
}
