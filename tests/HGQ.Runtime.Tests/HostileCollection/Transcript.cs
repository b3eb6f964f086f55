using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>A hash of every result of a scenario, byte for byte.</summary>
internal sealed class Transcript : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public string Hash => Convert.ToHexString(_hash.GetCurrentHash());

    public void Add(torch.Tensor tensor)
    {
        using torch.Tensor contiguous = tensor.Detach().Contiguous();
        using TensorView<byte> content = contiguous.View<byte>();
        _hash.AppendData(content.Span);
    }

    public void Add(ReadOnlySpan<double> numbers) => _hash.AppendData(MemoryMarshal.AsBytes(numbers));

    public void Add(ReadOnlySpan<byte> bytes) => _hash.AppendData(bytes);

    public void Add(string text) => _hash.AppendData(Encoding.UTF8.GetBytes(text));

    public void Dispose() => _hash.Dispose();
}
