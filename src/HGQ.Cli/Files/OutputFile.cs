using System;
using System.CommandLine;
using System.IO;
using System.Text;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Files;

/// <summary>Writes a result to a file: atomically, and over an existing file only if this tool wrote it.</summary>
internal static class OutputFile
{
    private const int HeadLength = 4096;

    public static Option<string> CreateOption(string what) => new("--out") { Description = what, HelpName = "FILE", Required = true };

    public static Option<bool> CreateForce() => new("--force") { Description = "Replace what this tool did not write." };

    /// <summary>Refuses before any work is done.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isOurs">Tells by the first characters of a file whether this tool wrote it.</param>
    /// <param name="force">Replaces anything.</param>
    /// <exception cref="CommandException">There is another file, a folder, or no folder to write into.</exception>
    public static void RequireReplaceable(string path, Func<string, bool> isOurs, bool force)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new CommandException($"{path} is a folder; name a file");
        }

        if (!Directory.Exists(Path.GetDirectoryName(full)))
        {
            throw new CommandException($"{path}: there is no folder {Path.GetDirectoryName(path)}");
        }

        if (File.Exists(full) && !force && !isOurs(Head(full)))
        {
            throw new CommandException($"{path} exists and was not written by this tool; name another file, or use --force to replace it");
        }
    }

    /// <summary>Writes text: a crash leaves the old file or the new one.</summary>
    public static void Write(string path, string text) => AtomicFile.WriteText(Path.GetFullPath(path), text);

    private static string Head(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[HeadLength];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, HeadLength, throwOnEndOfStream: false));
    }
}
