using System;
using System.Buffers.Binary;
using System.Linq;
using System.Numerics;
using Google.Protobuf;
using HGQ.Import.Containers;
using HGQ.Import.Exact;
using Onnx;

namespace HGQ.Import.Onnx;

/// <summary>Reads the container of ONNX and its tensors, with limits.</summary>
internal static class OnnxFile
{
    public const int MostNumbers = 1 << 26;

    public static ModelProto Read(SourceFile file)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(file.Bytes);
            return model.Graph is { Node.Count: > 0 } ? model : throw Wrong(file, "it has no graph");
        }
        catch (InvalidProtocolBufferException fault)
        {
            throw Wrong(file, fault.Message);
        }
    }

    /// <summary>The numbers of a tensor.</summary>
    public static OnnxConstant Tensor(TensorProto tensor)
    {
        string name = tensor.Name.Length == 0 ? "constant" : tensor.Name;
        if (tensor.ExternalData.Count > 0 || tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            throw new ImportException(name, "its numbers lie in another file; save the model with its data in one file");
        }

        if (tensor.Dims.Any(static d => d is < 0 or > MostNumbers))
        {
            throw new ImportException(name, $"its shape [{string.Join(", ", tensor.Dims)}] is none, or too large");
        }

        int[] shape = [.. tensor.Dims.Select(static d => (int)d)];
        int size = OnnxConstant.Size(shape, name);
        Rational[] values = tensor.RawData.Length > 0 ? Raw(tensor, name, size) : Listed(tensor);
        return values.Length == size ? new OnnxConstant(shape, values) { Type = tensor.DataType }
            : throw new ImportException(name, $"it has {values.Length} numbers for the shape [{string.Join(", ", shape)}]");
    }

    private static Rational[] Listed(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float => [.. tensor.FloatData.Select(x => Number(tensor.Name, x))],
        TensorProto.Types.DataType.Double => [.. tensor.DoubleData.Select(x => Number(tensor.Name, x))],
        TensorProto.Types.DataType.Int64 => [.. tensor.Int64Data.Select(static x => (Rational)x)],
        TensorProto.Types.DataType.Uint32 or TensorProto.Types.DataType.Uint64
            => [.. tensor.Uint64Data.Select(static x => (Rational)(BigInteger)x)],
        TensorProto.Types.DataType.Float16
            => [.. tensor.Int32Data.Select(x => Number(tensor.Name, (double)BitConverter.UInt16BitsToHalf((ushort)x)))],
        TensorProto.Types.DataType.Bfloat16
            => [.. tensor.Int32Data.Select(x => Number(tensor.Name, BitConverter.Int32BitsToSingle(x << 16)))],
        _ when tensor.DataType is 21 or 22
            => [.. tensor.Int32Data.SelectMany(static x => new[] { x & 15, (x >> 4) & 15 }).Select(
            x => Nibble(x, tensor.DataType == 22)).Take((int)tensor.Dims.Aggregate(1L, static (a, b) => a * b))],
        _ => [.. tensor.Int32Data.Select(static x => (Rational)x)],
    };

    private static Rational[] Raw(TensorProto tensor, string name, int size)
    {
        ReadOnlyMemory<byte> bytes = tensor.RawData.Memory;
        if (tensor.DataType is 21 or 22)
        {
            return [.. Enumerable.Range(0, Math.Min(size, bytes.Length * 2)).Select(
                n => Nibble((bytes.Span[n / 2] >> (n % 2 * 4)) & 15, tensor.DataType == 22))];
        }

        var type = (TensorProto.Types.DataType)tensor.DataType;
        int width = type switch
        {
            TensorProto.Types.DataType.Int8 or TensorProto.Types.DataType.Uint8 or TensorProto.Types.DataType.Bool => 1,
            TensorProto.Types.DataType.Int16 or TensorProto.Types.DataType.Uint16 => 2,
            TensorProto.Types.DataType.Float16 or TensorProto.Types.DataType.Bfloat16 => 2,
            TensorProto.Types.DataType.Float or TensorProto.Types.DataType.Int32 or TensorProto.Types.DataType.Uint32 => 4,
            TensorProto.Types.DataType.Double or TensorProto.Types.DataType.Int64 or TensorProto.Types.DataType.Uint64 => 8,
            _ => throw new ImportException(name, $"its type {type} is not supported"),
        };
        return bytes.Length != (long)size * width
            ? throw new ImportException(name, $"it has {bytes.Length} bytes; {size} numbers of {width} bytes were expected")
            : [.. Enumerable.Range(0, size).Select(n => Element(bytes.Span[(n * width)..], type, name))];
    }

    private static Rational Element(ReadOnlySpan<byte> bytes, TensorProto.Types.DataType type, string name) => type switch
    {
        TensorProto.Types.DataType.Float => Number(name, BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        TensorProto.Types.DataType.Double => Number(name, BinaryPrimitives.ReadDoubleLittleEndian(bytes)),
        TensorProto.Types.DataType.Float16 => Number(name, (double)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
        TensorProto.Types.DataType.Bfloat16
            => Number(name, BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16)),
        TensorProto.Types.DataType.Int8 => (sbyte)bytes[0],
        TensorProto.Types.DataType.Uint8 or TensorProto.Types.DataType.Bool => bytes[0],
        TensorProto.Types.DataType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        TensorProto.Types.DataType.Uint16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        TensorProto.Types.DataType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        TensorProto.Types.DataType.Uint32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        TensorProto.Types.DataType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ => (Rational)(BigInteger)BinaryPrimitives.ReadUInt64LittleEndian(bytes),
    };

    private static Rational Nibble(int bits, bool signed) => signed && bits > 7 ? bits - 16 : bits;

    private static Rational Number(string name, double value)
        => double.IsFinite(value) ? Rational.Of(value) : throw new ImportException(name, "it holds a number that is not finite");

    private static ImportException Wrong(SourceFile file, string why)
        => new("", $"{file.Path} is no HDF5 file (.h5), no .keras archive, no description in JSON and no ONNX model: {why}");
}
