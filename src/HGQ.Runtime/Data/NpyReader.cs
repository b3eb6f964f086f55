using System;
using System.Linq;

namespace HGQ.Runtime.Data;

/// <summary>Reads NumPy's <c>.npy</c> format (versions 1 to 3): numbers in C or Fortran order; as labels also texts.</summary>
public static class NpyReader
{
    /// <summary>Reads an array of numbers.</summary>
    /// <exception cref="DataFormatException">The file can't be read, is no NPY file, holds another type, or has another length than its header says.</exception>
    public static NumericArray Read(string path) => Parse(DataFile.NameOf(path), DataFile.ReadAllBytes(path));

    /// <summary>Whether bytes begin like an NPY file.</summary>
    internal static bool IsNpy(ReadOnlySpan<byte> bytes) => NpyHeader.Begins(bytes);

    internal static NumericArray Parse(string file, ReadOnlySpan<byte> bytes)
    {
        var header = NpyHeader.Parse(file, bytes);
        int size = NpyTypes.NumberSize(header.Type);
        if (size == 0)
        {
            throw WrongType(file, header, "numbers");
        }

        ReadOnlySpan<byte> data = Data(file, header, size, bytes);
        Array elements = NpyTypes.Numbers(header.Type, data);
        return new NumericArray(header.Fortran ? ToRowMajor(elements, header.Shape) : elements, header.Shape);
    }

    /// <summary>Reads labels: texts as they are, numbers with all their digits.</summary>
    internal static TargetCells ParseLabels(string file, ReadOnlySpan<byte> bytes, string name)
    {
        var header = NpyHeader.Parse(file, bytes);
        if (NpyTypes.TextSize(header.Type) is not { } size)
        {
            return NpyTypes.NumberSize(header.Type) > 0
                ? DatasetLoader.Labels(file, Parse(file, bytes), name)
                : throw WrongType(file, header, "numbers or texts as labels");
        }

        ReadOnlySpan<byte> data = Data(file, header, size, bytes);
        var texts = new string[header.Shape.Aggregate(1, static (product, d) => product * d)];
        for (int row = 0; row < texts.Length; row++)
        {
            texts[row] = NpyTypes.Text(header.Type, data.Slice(row * size, size)) is { Length: > 0 } text
                ? text
                : throw new DataFormatException(
                    file, FormattableString.Invariant($"an empty label, or one that is no text, in row {row} (from 0)"), "a label", "Correct or remove the row.");
        }

        return new TargetCells(file, texts, [], 0, name, null);
    }

    private static DataFormatException WrongType(string file, NpyHeader header, string expected) => new(
        file, $"elements of type '{header.Type}'", expected,
        header.Type.Contains('O', StringComparison.Ordinal)
            ? "These are Python objects: convert with array.astype('float32'), or array.astype(str) for labels."
            : NpyTypes.TextSize(header.Type) is not null
                ? "Encode texts as numbers; an array of texts can be the target only."
                : "Convert with array.astype('float32').");

    // The type is judged before: only a type that can be read has a size that says something.
    private static ReadOnlySpan<byte> Data(string file, NpyHeader header, int size, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> data = bytes[header.DataStart..];
        long expected = header.Shape.Aggregate((long)size, static (product, d) => Math.Min(product * d, long.MaxValue >> 32));
        return data.Length == expected ? data : throw NpyHeader.Truncated(file, data.Length, expected);
    }

    private static Array ToRowMajor(Array source, int[] shape)
    {
        Array target = (Array)source.Clone();
        var index = new int[shape.Length];
        for (int to = 0; to < target.Length; to++)
        {
            int from = 0;
            for (int d = shape.Length - 1; d >= 0; d--)
            {
                from = (from * shape[d]) + index[d];
            }

            Array.Copy(source, from, target, to, 1);
            for (int d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
            {
                index[d] = 0;
            }
        }

        return target;
    }
}
