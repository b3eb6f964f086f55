using System;
using System.IO;

namespace HGQ.Model.Serialization;

/// <summary>Replaces a file in one step.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a neighbour, brings it to the disk and renames it: readers see the old content or the new one.</summary>
    public static void Write(string path, byte[] content)
    {
        string target = Path.GetFullPath(path);
        string temporary = target + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp";
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(content, 0, content.Length);
                stream.Flush(flushToDisk: true);
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
