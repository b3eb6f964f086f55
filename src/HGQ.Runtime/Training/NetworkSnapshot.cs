using System;
using System.Collections.Generic;
using System.IO;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>A copy of named tensors, bit by bit.</summary>
public sealed class NetworkSnapshot
{
    private readonly (string Name, byte[] Bytes)[] _tensors;

    private NetworkSnapshot((string Name, byte[] Bytes)[] tensors) => _tensors = tensors;

    /// <summary>Copies tensors.</summary>
    public static NetworkSnapshot Of(IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var copies = new (string, byte[])[tensors.Count];
        for (int i = 0; i < copies.Length; i++)
        {
            using var content = tensors[i].Tensor.View<byte>();
            copies[i] = (tensors[i].Name, content.Span.ToArray());
        }

        return new NetworkSnapshot(copies);
    }

    /// <summary>Copies back into tensors of the same names, types and sizes.</summary>
    /// <exception cref="ArgumentException">A name or a size differs.</exception>
    public void Restore(IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        RequireSame(tensors.Count == _tensors.Length, "number of tensors");
        for (int i = 0; i < _tensors.Length; i++)
        {
            (string name, byte[] bytes) = _tensors[i];
            using var target = tensors[i].Tensor.View<byte>();
            RequireSame(name == tensors[i].Name && bytes.Length == target.Length, name);
            bytes.CopyTo(target.Span);
        }
    }

    internal void Write(BinaryWriter writer)
    {
        writer.Write(_tensors.Length);
        foreach ((string name, byte[] bytes) in _tensors)
        {
            writer.Write(name);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }

    internal static NetworkSnapshot Read(BinaryReader reader)
    {
        var tensors = new (string, byte[])[reader.ReadInt32()];
        for (int i = 0; i < tensors.Length; i++)
        {
            tensors[i] = (reader.ReadString(), reader.ReadBytes(reader.ReadInt32()));
        }

        return new NetworkSnapshot(tensors);
    }

    private static void RequireSame(bool same, string what)
    {
        if (!same)
        {
            throw new ArgumentException($"The saved state belongs to another network: {what} differs.", nameof(same));
        }
    }
}
