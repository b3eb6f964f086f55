using System;
using System.IO;
using System.IO.Compression;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Data;

/// <summary>
/// Reads whole data files, pipes and standard input, each once and from its beginning to its end; unpacks gzip by its magic number
/// whatever the file is called.
/// </summary>
public static class DataFile
{
    /// <summary>The path that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>What messages call a file.</summary>
    public static string NameOf(string path) => path == StandardInput ? "standard input" : path;

    /// <summary>Whether a path can be read again and is the same then: an ordinary file or a folder.</summary>
    internal static bool IsLasting(string path) => path != StandardInput && !FileKind.IsSpecial(path);

    /// <summary>All bytes of a file, as they are.</summary>
    /// <exception cref="DataFormatException">The file is not there or can't be read.</exception>
    public static byte[] ReadPacked(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        string name = NameOf(path);
        if (Directory.Exists(path))
        {
            throw new DataFormatException(name, "a folder", "a file", "Name a file in it.");
        }

        try
        {
            using Stream stream = path == StandardInput ? Console.OpenStandardInput() : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream(stream.CanSeek ? (int)Math.Min(stream.Length, Array.MaxLength) : 0);
            Copy(stream, bytes);
            return bytes.Length == bytes.Capacity ? bytes.GetBuffer() : bytes.ToArray();
        }
        catch (InvalidDataException e)
        {
            throw new DataFormatException(name, e.Message, "at most 2 GB", "Split the data.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataFormatException(name, FileFault.Describe(e), "a readable file", "Check the path and its permissions.", inner: e);
        }
    }

    /// <summary>All bytes of a file, unpacked.</summary>
    /// <exception cref="DataFormatException">The file is not there, can't be read, is empty or is damaged.</exception>
    internal static byte[] ReadAllBytes(string path) => Unpacked(path, ReadPacked(path));

    /// <summary>Bytes that are at hand, unpacked where they are packed.</summary>
    internal static byte[] Unpacked(string path, byte[] bytes)
    {
        if (bytes.Length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
        {
            bytes = Unpack(NameOf(path), bytes);
        }

        return bytes.Length > 0
            ? bytes
            : throw new DataFormatException(NameOf(path), "an empty file", "data", "Check that the file was written completely.");
    }

    // A pipe tells no length, and an endless one must not take all memory.
    private static void Copy(Stream from, MemoryStream to)
    {
        var block = new byte[1 << 16];
        for (int read = from.Read(block); read > 0; read = from.Read(block))
        {
            if (to.Length + read > Array.MaxLength)
            {
                throw new InvalidDataException("more than 2 GB");
            }

            to.Write(block, 0, read);
        }
    }

    private static byte[] Unpack(string name, byte[] packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            Copy(gzip, unpacked);
            byte[] bytes = unpacked.ToArray();

            // GZipStream takes the end of a truncated file for the end of the data; the trailer of the last member tells.
            return GzipTrailer.Fits(packed, bytes)
                ? bytes
                : throw new InvalidDataException("its end is missing");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            string detail = e.Message is "its end is missing" or "more than 2 GB" ? $" ({e.Message})" : "";
            throw new DataFormatException(name, "damaged gzip data" + detail, "a complete gzip file", "Fetch or pack it again.", inner: e);
        }
    }
}
