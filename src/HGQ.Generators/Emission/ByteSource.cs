using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>A buffer whose elements all fit a byte: unsigned as they are, signed ones moved up by 128 (and biases down by it).</summary>
/// <param name="Signed">Whether there are negative elements.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Largest">Largest byte.</param>
internal sealed record ByteSource(bool Signed, int Length, int Largest)
{
    /// <summary>Two products of a byte and a weight of at most this size are together exact in 16 bits.</summary>
    public const int LargestWeight = 64;

    private const int Offset = 128;

    /// <summary>The buffer as bytes, or null where they don't hold it.</summary>
    public static ByteSource? Of(IntegerProgram program, int number)
    {
        var buffer = program.Buffers[number];
        bool signed = buffer.Intervals.Any(interval => interval.Low.Sign < 0);
        int offset = signed ? Offset : 0;
        return buffer.Intervals.All(interval => interval.Low + offset >= 0 && interval.High + offset <= byte.MaxValue)
            ? new ByteSource(signed, buffer.Length, (int)buffer.Intervals.Max(interval => interval.High) + offset)
            : null;
    }

    /// <summary>Whether the weights of a product are small enough, and no source element counts twice in a sum.</summary>
    public static bool TakesWeights(ConstantProductInstruction product)
        => Array.TrueForAll(product.Weights.ToArray(), weight => weight is >= -LargestWeight and <= LargestWeight)
            && Enumerable.Range(0, product.Groups).All(g => product.TapOffsets.Skip(g * product.Taps).Take(product.Taps).Distinct().Count() == product.Taps);

    /// <summary>Bias of each result of a product of the bytes.</summary>
    public IEnumerable<BigInteger> Bias(ConstantProductPlan plan)
        => Enumerable.Range(0, plan.Outputs).Select(j => (BigInteger)plan.Product.Bias[j] - (Signed ? Offset * plan.SumOfWeights(j) : 0));

    /// <summary>Two vectors of 16-bit elements as one vector of the bytes of both, the first in the low ones.</summary>
    public string Pair(string vector, string first, string second) => Signed
        ? $"(({first} & {vector}.Create((short)255)) | ({second} << 8)) ^ {vector}.Create(unchecked((short)0x8080))"
        : $"{first} | ({second} << 8)";

    /// <summary>Writes the conversion of one sample, <c>ref byte packed</c>.</summary>
    public void WritePacking(Kernel kernel, ConstantProductPlan plan, KernelShape shape)
    {
        var writer = kernel.Writer;
        string vector = shape.Vector, source = "b" + Literal.Of(plan.Product.Source);
        int step = shape.VectorBits / 8;
        writer.Line($"ref byte packed = ref Unsafe.Add(ref scratch, {Literal.Of(kernel.Storage.PackedOffset(plan.Destination))});");

        // The last step may read and write beyond the end, where there is padding.
        writer.Open($"for (int e = 0; e < {Literal.Of(Length)}; e += {Literal.Of(step)})");
        string Load(int n) => $"{vector}.LoadUnsafe(ref {source}, (nuint){(n == 0 ? "e" : $"(e + {Literal.Of(n)})")})";
        string bytes = $"{vector}.AsByte({vector}.Narrow({Load(0)}, {Load(step / 2)}))";
        writer.Line($"{vector}.StoreUnsafe({bytes}{(Signed ? $" ^ {vector}.Create((byte){Literal.Of(Offset)})" : string.Empty)}, ref packed, (nuint)e);");
        writer.Close();
        writer.Line();
    }
}
