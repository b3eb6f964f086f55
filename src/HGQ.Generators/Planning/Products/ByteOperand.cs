using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Products;

/// <summary>A buffer whose elements all fit a byte: unsigned as they are, signed ones moved up by 128 (and biases down by it).</summary>
/// <param name="Signed">Whether there are negative elements.</param>
/// <param name="Length">Number of elements.</param>
/// <param name="Largest">Largest byte.</param>
internal sealed record ByteOperand(bool Signed, int Length, int Largest)
{
    /// <summary>Two products of a byte and a weight of at most this size are together exact in 16 bits.</summary>
    public const int LargestWeight = 64;

    /// <summary>What signed elements are moved up by.</summary>
    public const int Offset = 128;

    /// <summary>The buffer as bytes, or null where they don't hold it.</summary>
    public static ByteOperand? Of(IntegerProgram program, int number)
    {
        var buffer = program.Buffers[number];
        bool signed = buffer.Intervals.Any(interval => interval.Low.Sign < 0);
        int offset = signed ? Offset : 0;
        return buffer.Intervals.All(interval => interval.Low + offset >= 0 && interval.High + offset <= byte.MaxValue)
            ? new ByteOperand(signed, buffer.Length, (int)buffer.Intervals.Max(interval => interval.High) + offset)
            : null;
    }

    /// <summary>Whether the weights of a product are small enough, and no source element counts twice in a sum.</summary>
    public static bool TakesWeights(ConstantProductInstruction product)
        => Array.TrueForAll(product.Weights.ToArray(), weight => weight is >= -LargestWeight and <= LargestWeight)
            && Enumerable.Range(0, product.Groups).All(g => product.TapOffsets.Skip(g * product.Taps).Take(product.Taps).Distinct().Count() == product.Taps);

    /// <summary>Bias of each result of a product of the bytes.</summary>
    public IEnumerable<BigInteger> Bias(ConstantProductPlan plan)
        => Enumerable.Range(0, plan.Outputs).Select(j => (BigInteger)plan.Product.Bias[j] - (Signed ? Offset * plan.SumOfWeights(j) : 0));

    /// <summary>What is added to a single element so that it is a byte; null where none of its 8-bit ranges holds it.</summary>
    public static int? OffsetOf(RawInterval interval)
        => interval.Low >= 0 && interval.High <= byte.MaxValue ? 0
            : interval.Low >= -Offset && interval.High < Offset ? Offset
            : null;
}
