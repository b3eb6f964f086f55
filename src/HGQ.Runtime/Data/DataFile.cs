using System;
using System.IO;
using System.IO.Compression;

namespace HGQ.Runtime.Data;

/// <summary>Reads whole data files, unpacking gzip by its magic number whatever the file is called.</summary>
internal static class DataFile
{
    /// <summary>All bytes of a file, unpacked.</summary>
    /// <exception cref="DataFormatException">The file is not there, can't be read, is empty or is damaged.</exception>
    public static byte[] ReadAllBytes(string path)
    {
        byte[] bytes = ReadPacked(path);
        if (bytes.Length >= 2 && bytes[0] == 0x1F && bytes[1] == 0x8B)
        {
            bytes = Unpack(path, bytes);
        }

        return bytes.Length > 0
            ? bytes
            : throw new DataFormatException(path, "an empty file", "data", "Check that the file was written completely.");
    }

    private static byte[] ReadPacked(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string found = e is FileNotFoundException or DirectoryNotFoundException ? "no such file" : e.Message.TrimEnd('.');
            throw new DataFormatException(path, found, "a readable file", "Check the path and its permissions.", inner: e);
        }
    }

    private static byte[] Unpack(string path, byte[] packed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var unpacked = new MemoryStream();
            gzip.CopyTo(unpacked);
            byte[] bytes = unpacked.ToArray();

            // GZipStream takes the end of a truncated file for the end of the data; the trailer's length (modulo 2^32) tells.
            uint length = BitConverter.ToUInt32(packed, packed.Length - 4);
            return length == (uint)bytes.Length || IsMultiMember(packed)
                ? bytes
                : throw new InvalidDataException("the length at its end differs from the unpacked data");
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or ArgumentOutOfRangeException)
        {
            throw new DataFormatException(
                path, "damaged gzip data (" + e.Message.TrimEnd('.') + ")", "a complete gzip file", "Fetch or pack it again.", inner: e);
        }
    }

    // Concatenated members carry one length each, so the last one says nothing about the whole.
    private static bool IsMultiMember(byte[] packed)
    {
        ReadOnlySpan<byte> magic = [0x1F, 0x8B, 0x08];
        return packed.AsSpan(3).IndexOf(magic) >= 0;
    }
}
