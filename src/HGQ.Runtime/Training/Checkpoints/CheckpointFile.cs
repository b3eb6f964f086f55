using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Training.Checkpoints;

/// <summary>
/// The container of a checkpoint: named sections of bytes between a magic number and a SHA-256 of all before it. Written atomically;
/// a file that was cut or changed is refused, never half read.
/// </summary>
public static class CheckpointFile
{
    private static ReadOnlySpan<byte> Magic => "HGQ-CKPT"u8;

    private const int Version = 1;

    /// <summary>Writes sections in the order of their names.</summary>
    public static void Write(string path, IReadOnlyDictionary<string, byte[]> sections)
    {
        ArgumentNullException.ThrowIfNull(sections);
        using var memory = new MemoryStream();
        using var writer = new BinaryWriter(memory);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write(sections.Count);
        foreach ((string name, byte[] bytes) in sections.OrderBy(static s => s.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }

        writer.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        AtomicFile.WriteBytes(path, memory.GetBuffer(), (int)memory.Length);
    }

    /// <summary>Reads the sections back.</summary>
    /// <exception cref="CheckpointException">The file is not there, damaged, or of another version.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(string path)
    {
        byte[] bytes = ReadVerified(path);
        using var reader = new BinaryReader(new MemoryStream(bytes, Magic.Length, bytes.Length - Magic.Length));
        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new CheckpointException(path, FormattableString.Invariant($"checkpoint version {version}, this program reads {Version}"));
        }

        var sections = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            string name = reader.ReadString();
            sections[name] = reader.ReadBytes(reader.ReadInt32());
        }

        return sections;
    }

    private static byte[] ReadVerified(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(path, "no checkpoint can be read there", e);
        }

        int body = bytes.Length - SHA256.HashSizeInBytes;
        if (body < Magic.Length + 8 || !bytes.AsSpan().StartsWith(Magic))
        {
            throw new CheckpointException(path, "this is no checkpoint");
        }

        return SHA256.HashData(bytes.AsSpan(0, body)).AsSpan().SequenceEqual(bytes.AsSpan(body))
            ? bytes
            : throw new CheckpointException(path, "the checkpoint is damaged (its check sum differs)");
    }
}
