using System;
using System.CommandLine;
using System.IO;
using System.Text;
using HGQ.Cli.CommandLine;
using HGQ.Model.Serialization;

namespace HGQ.Cli.Files;

/// <summary>
/// Writes a result: to standard output, into a pipe or device, or to a file, atomically, and over an existing file only if this tool
/// wrote it. Symbolic links are followed.
/// </summary>
internal static class OutputFile
{
    private const int HeadLength = 4096;
    private const int BrokenPipe = 32;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Option<string> CreateOption(string what) => new("--out") { Description = what, HelpName = "FILE", Required = true };

    public static Option<bool> CreateForce() => new("--force") { Description = "Replace what this tool did not write." };

    /// <summary>Refuses before any work is done.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isOurs">Tells by the first characters of a file whether this tool wrote it.</param>
    /// <param name="force">Replaces anything.</param>
    /// <exception cref="CommandException">There is another file, a folder, or no folder to write into.</exception>
    public static void RequireReplaceable(string path, Func<string, bool> isOurs, bool force)
    {
        if (IsStandardOutput(path))
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw new CommandException($"{path} is a folder; name a file");
        }

        string target = Followed(path);
        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new CommandException($"{path}: there is no folder {Path.GetDirectoryName(target == Path.GetFullPath(path) ? path : target)}");
        }

        if (!FileKind.IsSpecial(path) && File.Exists(target) && !force && Head(target) is { Length: > 0 } head && !isOurs(head))
        {
            throw new CommandException($"{path} exists and was not written by this tool; name another file, or use --force to replace it");
        }
    }

    /// <summary>Writes text: of a file a crash leaves the old content or the new one.</summary>
    /// <returns>Whether it is a file or device of its own, which a message may name; not so for standard output.</returns>
    public static bool Write(string path, string text, CommandContext context)
    {
        if (IsStandardOutput(path))
        {
            context.Output.Write(text);
            return false;
        }

        WriteBytes(path, Utf8.GetBytes(text), context);
        return true;
    }

    /// <summary>The same for bytes, which standard output does not take.</summary>
    /// <exception cref="CommandException">The path stands for standard output.</exception>
    public static void WriteBytes(string path, byte[] content, CommandContext context)
    {
        RequireBinary(path);
        if (!FileKind.IsSpecial(path))
        {
            AtomicFile.WriteBytes(Followed(path), content, content.Length);
            return;
        }

        try
        {
            // Opening a pipe waits for its reader.
            using var device = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write(content);
        }
        catch (IOException fault) when ((fault.HResult & 0xFFFF) == BrokenPipe)
        {
            // The reader has seen enough, as head does.
            context.Messages.Note($"{path} was closed by its reader");
        }
    }

    /// <summary>Refuses standard output for a result that is no text.</summary>
    /// <exception cref="CommandException">The path stands for standard output.</exception>
    public static void RequireBinary(string path)
    {
        if (IsStandardOutput(path))
        {
            throw new CommandException($"--out {path}: the file is binary, and standard output is for text; name a file");
        }
    }

    /// <summary>Refuses what can't be the folder of a result.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="option">The option that names it.</param>
    /// <exception cref="CommandException">The path stands for standard output, or is a file or device.</exception>
    public static void RequireFolder(string path, string option = "--out")
    {
        if (IsStandardOutput(path) || (File.Exists(path) && !Directory.Exists(path)) || FileKind.IsSpecial(path))
        {
            throw new CommandException($"{option} {path} is no folder; name a new one, or that of an earlier run");
        }
    }

    private static bool IsStandardOutput(string path) => path is "-" or "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1";

    private static string Followed(string path)
    {
        string full = Path.GetFullPath(path);
        return new FileInfo(full).LinkTarget is null ? full : File.ResolveLinkTarget(full, returnFinalTarget: true)!.FullName;
    }

    private static string Head(string path)
    {
        using FileStream file = File.OpenRead(path);
        var bytes = new byte[HeadLength];
        return Encoding.UTF8.GetString(bytes, 0, file.ReadAtLeast(bytes, HeadLength, throwOnEndOfStream: false));
    }
}
