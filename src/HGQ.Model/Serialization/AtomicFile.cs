using System.IO;
using System.Text;

namespace HGQ.Model.Serialization;

/// <summary>Writes files so that a crash at any moment leaves the old content or the new one, never a part.</summary>
public static class AtomicFile
{
    /// <summary>Writes text as UTF-8 without a mark.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="text">The new content.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteText(string path, string text)
    {
        byte[] content = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text);
        WriteBytes(path, content, content.Length);
    }

    /// <summary>Writes the first bytes of an array to a neighbour and renames it.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="content">The new content.</param>
    /// <param name="count">How many bytes of it.</param>
    /// <param name="toDisk">Whether the content is brought to the disk before the rename: it then also survives a crash of the machine.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteBytes(string path, byte[] content, int count, bool toDisk = true)
    {
        string target = Path.GetFullPath(path);

        // Always the same name: what a killed process left behind is overwritten by the next one. Nobody else calls a file so.
        string temporary = target + ".hgq.tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(content, 0, count);
                stream.Flush(toDisk);
            }

            if (File.Exists(target))
            {
                File.Replace(temporary, target, null);
            }
            else
            {
                File.Move(temporary, target);
            }
        }
        finally
        {
            // Gone after the rename; still there only when something failed.
            File.Delete(temporary);
        }
    }
}
