using System;
using System.IO;
using System.Text;

namespace HGQ.Runtime.Training.Checkpoints;

/// <summary>Writes files so that a crash at any moment leaves the old content or the new one, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8 without a mark.</summary>
    public static void WriteAllText(string path, string text) => WriteAllBytes(path, new UTF8Encoding(false).GetBytes(text));

    /// <summary>Writes bytes to a temporary file beside the target, to the disk, and renames it.</summary>
    public static void WriteAllBytes(string path, ReadOnlySpan<byte> bytes)
    {
        string temporary = path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
