using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using System.Text;

namespace HGQ.Runtime.Training.Events;

/// <summary>
/// Writes scalars as TensorBoard reads them: records of length, check sum, protobuf message, check sum. TorchSharp has a writer too; it
/// notes ticks where seconds belong, so that TensorBoard shows no times, and opens and closes the file for every number.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private const uint MaskDelta = 0xA282EAD8;

    private readonly FileStream _file;
    private readonly TimeProvider _time;

    /// <summary>Begins a file beside those that are there: a run that goes on adds one.</summary>
    /// <param name="folder">Where; made where it is not there.</param>
    /// <param name="time">Tells the time that is noted with each number.</param>
    /// <exception cref="IOException">The folder can't be written.</exception>
    public EventFile(string folder, TimeProvider time)
    {
        _time = time;
        Directory.CreateDirectory(folder);

        // TensorBoard reads files of a folder in the order of their names.
        string name = FormattableString.Invariant($"events.out.tfevents.{(long)Seconds():D10}.hgq");
        string path = Path.Combine(folder, name);
        for (int n = 2; File.Exists(path); n++)
        {
            path = Path.Combine(folder, FormattableString.Invariant($"{name}.{n}"));
        }

        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        var message = Begin();
        WriteBytes(message, 3, Encoding.UTF8.GetBytes("brain.Event:2"));
        WriteRecord(message);
    }

    /// <summary>CRC-32C (Castagnoli, RFC 3720).</summary>
    internal static uint CheckSum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            sum = BitOperations.Crc32C(sum, b);
        }

        return ~sum;
    }

    /// <summary>Notes numbers of a step; they can be read as soon as this returns.</summary>
    /// <param name="step">The step.</param>
    /// <param name="scalars">Numbers by name.</param>
    public void Add(long step, IReadOnlyList<(string Name, double Value)> scalars)
    {
        using var summary = new MemoryStream();
        foreach ((string name, double value) in scalars)
        {
            using var scalar = new MemoryStream();
            WriteBytes(scalar, 1, Encoding.UTF8.GetBytes(name));
            WriteFixed32(scalar, 2, (float)value);
            WriteBytes(summary, 1, scalar.ToArray());
        }

        using MemoryStream message = Begin();
        message.WriteByte(2 << 3);
        WriteVarint(message, (ulong)step);
        WriteBytes(message, 5, summary.ToArray());
        WriteRecord(message);
        _file.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    // A message of kind Event with its time.
    private MemoryStream Begin()
    {
        var message = new MemoryStream();
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = (1 << 3) | 1;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[1..], Seconds());
        message.Write(bytes);
        return message;
    }

    private double Seconds() => _time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private void WriteRecord(MemoryStream message)
    {
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, message.Length);
        _file.Write(length);
        WriteMasked(length);
        ReadOnlySpan<byte> bytes = message.GetBuffer().AsSpan(0, (int)message.Length);
        _file.Write(bytes);
        WriteMasked(bytes);
    }

    // Check sums of data that hold check sums would be weak; so they are turned and moved.
    private void WriteMasked(ReadOnlySpan<byte> bytes)
    {
        Span<byte> sum = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(sum, unchecked(BitOperations.RotateRight(CheckSum(bytes), 15) + MaskDelta));
        _file.Write(sum);
    }

    private static void WriteBytes(MemoryStream message, int field, byte[] bytes)
    {
        WriteVarint(message, (ulong)((field << 3) | 2));
        WriteVarint(message, (ulong)bytes.Length);
        message.Write(bytes);
    }

    private static void WriteFixed32(MemoryStream message, int field, float value)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = (byte)((field << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[1..], value);
        message.Write(bytes);
    }

    private static void WriteVarint(MemoryStream message, ulong value)
    {
        for (; value > 127; value >>= 7)
        {
            message.WriteByte((byte)(value | 128));
        }

        message.WriteByte((byte)value);
    }
}
