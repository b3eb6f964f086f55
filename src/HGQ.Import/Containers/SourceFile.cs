using System;
using System.IO;

namespace HGQ.Import.Containers;

/// <summary>A file as bytes, with a limit, and what it is by its first bytes.</summary>
internal sealed class SourceFile
{
    /// <summary>Largest file, and largest file within an archive.</summary>
    public const int MostBytes = 1 << 30;

    private SourceFile(string path, byte[] bytes) => (Path, Bytes) = (path, bytes);

    public string Path { get; }

    public byte[] Bytes { get; }

    public bool IsHdf5 => StartsWith(0x89, (byte)'H', (byte)'D', (byte)'F');

    public bool IsZip => StartsWith((byte)'P', (byte)'K', 3, 4);

    /// <summary>Whether the first character that is no blank begins a JSON object.</summary>
    public bool IsJson
    {
        get
        {
            ReadOnlySpan<byte> text = Bytes;
            text = text.StartsWith("\ufeff"u8) ? text[3..] : text;
            text = text.TrimStart(" \t\r\n"u8);
            return text.Length > 0 && text[0] == (byte)'{';
        }
    }

    /// <summary>A pickle, or a pickle within an archive that PyTorch writes.</summary>
    public bool IsPickle => StartsWith(0x80, 2) || StartsWith(0x80, 3) || StartsWith(0x80, 4);

    public static SourceFile Read(string path)
    {
        if (Directory.Exists(path))
        {
            throw new ImportException("", $"{path} is a folder; name the model's file");
        }

        using FileStream stream = File.OpenRead(path);
        if (stream.CanSeek && stream.Length > MostBytes)
        {
            throw new ImportException("", $"{path} has {stream.Length} bytes; at most {MostBytes} are read");
        }

        return new SourceFile(path, ReadAll(stream, path));
    }

    /// <summary>Everything up to the limit; more is refused before it is stored.</summary>
    public static byte[] ReadAll(Stream stream, string path)
    {
        using var bytes = new MemoryStream();
        var block = new byte[1 << 16];
        for (int count = stream.Read(block); count > 0; count = stream.Read(block))
        {
            bytes.Write(block, 0, count);
            if (bytes.Length > MostBytes)
            {
                throw new ImportException("", $"{path} holds more than {MostBytes} bytes");
            }
        }

        return bytes.ToArray();
    }

    private bool StartsWith(params ReadOnlySpan<byte> signature) => Bytes.AsSpan().StartsWith(signature);
}
