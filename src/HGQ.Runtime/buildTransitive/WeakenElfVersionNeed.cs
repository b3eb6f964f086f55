// Compiled by MSBuild (HGQ.Runtime.targets) on the machine that builds, so: one file, netstandard2.0, no other reference.
#nullable enable
using System;
using System.IO;
using System.Text;
using Microsoft.Build.Framework;

namespace HGQ.Runtime.Build;

/// <summary>Copies an ELF library and marks one of the versions that it needs of another library as weak, so that the loader does not insist on it.</summary>
public sealed class WeakenElfVersionNeed : ITask
{
    /// <inheritdoc/>
    public IBuildEngine? BuildEngine { get; set; }

    /// <inheritdoc/>
    public ITaskHost? HostObject { get; set; }

    /// <summary>The library as it came; only read.</summary>
    [Required]
    public string Source { get; set; } = "";

    /// <summary>Where the changed copy goes.</summary>
    [Required]
    public string Destination { get; set; } = "";

    /// <summary>The version, for example <c>GLIBCXX_3.4.32</c>.</summary>
    [Required]
    public string Version { get; set; } = "";

    /// <summary>Writes the copy. A file that can't be read as expected is copied as it came, with a warning.</summary>
    public bool Execute()
    {
        try
        {
            Replace(Destination, Weakened(File.ReadAllBytes(Source)));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            BuildEngine?.LogErrorEvent(new BuildErrorEventArgs(
                null, "HGQ9002", Destination, 0, 0, 0, 0, $"can't be written: {e.Message}", null, nameof(WeakenElfVersionNeed)));
            return false;
        }
    }

    private byte[] Weakened(byte[] file)
    {
        var weakened = (byte[])file.Clone();
        try
        {
            ElfVersionNeeds.Weaken(weakened, Version);
            return weakened;
        }
        catch (InvalidDataException e)
        {
            BuildEngine?.LogWarningEvent(new BuildWarningEventArgs(
                null, "HGQ9001", Source, 0, 0, 0, 0, $"used as it came, and will not load on systems without {Version}: {e.Message}", null, nameof(WeakenElfVersionNeed)));
            return file;
        }
    }

    // A new file that takes the old one's name: what stands there may be a hard link into the package cache.
    private static void Replace(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + "." + Guid.NewGuid().ToString("N") + ".tmp";
        try
        {
            File.WriteAllBytes(fresh, bytes);
            File.Delete(path);
            File.Move(fresh, path);
        }
        finally
        {
            File.Delete(fresh);
        }
    }
}

/// <summary>The table of needed versions (<c>.gnu.version_r</c>) of a 64-bit little-endian ELF file.</summary>
public static class ElfVersionNeeds
{
    private const uint SectionTypeVersionNeed = 0x6ffffffe;
    private const int SectionHeaderSize = 64;
    private const ushort WeakFlag = 0x2;

    /// <summary>Sets <c>VER_FLG_WEAK</c> at each need of the version; nothing changes where it is set already or the version is not needed.</summary>
    /// <returns>How many entries were changed.</returns>
    /// <exception cref="InvalidDataException">The bytes are not such a file, or the table does not add up.</exception>
    public static int Weaken(byte[] file, string version)
    {
        if (file.Length < 64 || file[0] != 0x7f || file[1] != 'E' || file[2] != 'L' || file[3] != 'F' || file[4] != 2 || file[5] != 1)
        {
            throw new InvalidDataException("it is not a 64-bit little-endian ELF file.");
        }

        var reader = new Reader(file);
        var table = reader.Offset(0x28);
        int headerSize = reader.Half(0x3a);
        int count = reader.Half(0x3c);
        if (headerSize != SectionHeaderSize)
        {
            throw new InvalidDataException($"its section headers have {headerSize} bytes, not {SectionHeaderSize}.");
        }

        var changed = 0;
        for (var section = 0; section < count; section++)
        {
            var header = table + section * headerSize;
            if (reader.Word(header + 4) == SectionTypeVersionNeed)
            {
                var strings = reader.Offset(table + reader.Word(header + 40) * headerSize + 24);
                changed += WeakenIn(file, reader, reader.Offset(header + 24), reader.Word(header + 44), strings, version);
            }
        }

        return changed;
    }

    private static int WeakenIn(byte[] file, Reader reader, long need, long needs, long strings, string version)
    {
        var changed = 0;
        for (; needs > 0; needs--)
        {
            var entry = need + reader.Word(need + 8);
            for (int entries = reader.Half(need + 2); entries > 0; entries--)
            {
                if (reader.TextIs(strings + reader.Word(entry + 8), version) && (reader.Half(entry + 4) & WeakFlag) == 0)
                {
                    file[entry + 4] |= (byte)WeakFlag;
                    changed++;
                }

                entry = entries > 1 ? reader.Next(entry) : entry;
            }

            need = needs > 1 ? reader.Next(need) : need;
        }

        return changed;
    }

    private readonly struct Reader(byte[] file)
    {
        internal int Half(long at) => file[Check(at, 2)] | file[at + 1] << 8;

        internal long Word(long at) => BitConverter.ToUInt32(file, Check(at, 4));

        internal long Offset(long at)
        {
            var offset = BitConverter.ToInt64(file, Check(at, 8));
            Check(offset, 0);
            return offset;
        }

        // Both kinds of entry have 16 bytes, the last four of which are the distance to the next one.
        internal long Next(long at)
        {
            var distance = Word(at + 12);
            return distance >= 16 ? at + distance : throw new InvalidDataException($"the entry at byte {at} has no successor.");
        }

        internal bool TextIs(long at, string text)
        {
            // A string near the end of the file may be shorter than the wanted one, which then is not it.
            if (at < 0 || at + text.Length >= file.Length)
            {
                return false;
            }

            return Encoding.ASCII.GetString(file, (int)at, text.Length) == text && file[at + text.Length] == 0;
        }

        private int Check(long at, int length) => at >= 0 && at <= file.Length - length
            ? (int)at
            : throw new InvalidDataException($"a table points to byte {at} of {file.Length}.");
    }
}
