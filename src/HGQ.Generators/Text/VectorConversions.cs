using System;
using System.Collections.Generic;
using HGQ.Generators.Machines;

namespace HGQ.Generators.Text;

/// <summary>
/// Methods that read or write a vector of one lane type where the buffer holds another. Only those that are used are written;
/// all are made of portable vector operations.
/// </summary>
internal sealed class VectorConversions
{
    private static readonly Machine Narrow = Machine.Narrow;

    private readonly SortedDictionary<string, Action<SourceWriter>> _methods = new(StringComparer.Ordinal);

    /// <summary>Name of the method that reads a vector of <paramref name="to"/> from memory of <paramref name="from"/>.</summary>
    public string Load(KernelShape shape, LaneType from, LaneType to)
    {
        string name = $"Load{Literal.Of(shape.VectorBits)}{to.Name}From{from.Name}";
        _methods[name] = writer =>
        {
            string expression = from.Bits < to.Bits ? Widened(shape, from, to) : Narrowed(shape, from, to);
            Write(writer, $"{shape.Vector}<{to.Keyword}> {name}(ref {from.Keyword} source, nuint offset) => {expression};");
        };
        return name;
    }

    /// <summary>
    /// Name of the method that writes a vector of <paramref name="from"/> to memory of the narrower <paramref name="to"/>.
    /// </summary>
    public string Store(KernelShape shape, LaneType from, LaneType to)
    {
        string name = $"Store{Literal.Of(shape.VectorBits)}{from.Name}As{to.Name}";
        _methods[name] = writer =>
        {
            string statement = NarrowingStore(shape, from, to);
            Write(writer, $"void {name}({shape.Vector}<{from.Keyword}> value, ref {to.Keyword} target, nuint offset) => {statement};");
        };
        return name;
    }

    /// <summary>Asks for another method: its declaration without modifiers, line by line.</summary>
    public void Use(string name, params string[] lines)
        => _methods[name] = writer =>
        {
            Write(writer, lines[0]);
            for (var n = 1; n < lines.Length; n++)
            {
                writer.Line(lines[n]);
            }
        };

    /// <summary>Writes the methods that were asked for.</summary>
    public void Write(SourceWriter writer)
    {
        foreach (var method in _methods.Values)
        {
            method(writer);
        }
    }

    private static void Write(SourceWriter writer, string method)
    {
        writer.Line();
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        writer.Line($"private static {method}");
    }

    // As many narrow lanes as the vector has wide ones are read, then widened once or twice.
    private static string Widened(KernelShape shape, LaneType from, LaneType to)
    {
        int bits = shape.CountOf(to) * from.Bits;
        string value;
        if (bits >= Narrow.Bits)
        {
            value = $"Vector{Literal.Of(bits)}.LoadUnsafe(ref source, offset)";
        }
        else
        {
            string word = bits == 64 ? "long" : "int";
            value = $"{Narrow.Vector}.{(from == LaneType.Int16 ? "AsInt16" : "AsInt32")}({Narrow.Vector}.CreateScalarUnsafe("
                + $"Unsafe.ReadUnaligned<{word}>(ref Unsafe.As<{from.Keyword}, byte>(ref Unsafe.Add(ref source, offset)))))";
        }

        for (int lane = from.Bits; lane < to.Bits; lane *= 2)
        {
            int wider = Math.Max(Narrow.Bits, bits * 2);
            string padded = bits >= Narrow.Bits ? $"Vector{Literal.Of(bits)}.ToVector{Literal.Of(wider)}Unsafe({value})" : value;
            value = $"Vector{Literal.Of(wider)}.WidenLower({padded})";
            bits *= 2;
        }

        return value;
    }

    private static string Narrowed(KernelShape shape, LaneType from, LaneType to)
    {
        int step = shape.CountOf(from);
        string At(int n) => n == 0
            ? $"{shape.Vector}.LoadUnsafe(ref source, offset)"
            : $"{shape.Vector}.LoadUnsafe(ref source, offset + {Literal.Of(n * step)})";
        string Pair(int n) => $"{shape.Vector}.Narrow({At(n)}, {At(n + 1)})";
        return from.Bits == to.Bits * 2 ? Pair(0) : $"{shape.Vector}.Narrow({Pair(0)}, {Pair(2)})";
    }

    private static string NarrowingStore(KernelShape shape, LaneType from, LaneType to)
    {
        var value = "value";
        int bits = shape.VectorBits;
        for (int lane = from.Bits; lane > to.Bits; lane /= 2)
        {
            int half = Math.Max(Narrow.Bits, bits / 2);
            value = bits > Narrow.Bits
                ? $"Vector{Literal.Of(half)}.Narrow(Vector{Literal.Of(bits)}.GetLower({value}), Vector{Literal.Of(bits)}.GetUpper({value}))"
                : $"{Narrow.Vector}.Narrow({value}, {value})";
            bits /= 2;
        }

        if (bits >= Narrow.Bits)
        {
            return $"Vector{Literal.Of(bits)}.StoreUnsafe({value}, ref target, offset)";
        }

        string number = $"{Narrow.Vector}.ToScalar({Narrow.Vector}.AsInt{Literal.Of(bits)}({value}))";
        return $"Unsafe.WriteUnaligned(ref Unsafe.As<{to.Keyword}, byte>(ref Unsafe.Add(ref target, offset)), {number})";
    }
}
