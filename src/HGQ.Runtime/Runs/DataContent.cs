using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Runs;

/// <summary>The content of a run's data files, read once: tells whether two runs have the same data, whatever the files are called.</summary>
/// <param name="Bytes">The bytes of the file; null for a folder.</param>
/// <param name="Hash">Check sum of the file, of the file with the labels too, or of all files of the folder.</param>
internal sealed record DataContent(byte[]? Bytes, string Hash)
{
    /// <exception cref="DataFormatException">A file is not there or can't be read.</exception>
    public static DataContent Read(string path, string? target)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (Directory.Exists(path))
        {
            foreach (string file in Directory.EnumerateFiles(path, "*-ubyte*").Order(StringComparer.Ordinal))
            {
                hash.AppendData(SHA256.HashData(DataFile.ReadPacked(file)));
            }

            return new DataContent(null, Convert.ToHexString(hash.GetHashAndReset()));
        }

        byte[] bytes = DataFile.ReadPacked(path);
        hash.AppendData(SHA256.HashData(bytes));

        // Of an array the target is a file; of a table it is a column, also where a file is called the same.
        if (target is not null && DataFile.IsLasting(target) && File.Exists(target) && IsArray(path, bytes))
        {
            hash.AppendData(SHA256.HashData(DataFile.ReadPacked(target)));
        }

        return new DataContent(bytes, Convert.ToHexString(hash.GetHashAndReset()));
    }

    private static bool IsArray(string path, byte[] packed)
    {
        byte[] bytes = DataFile.Unpacked(path, packed);
        return NpyReader.IsNpy(bytes) || IdxReader.IsIdx(bytes);
    }
}
