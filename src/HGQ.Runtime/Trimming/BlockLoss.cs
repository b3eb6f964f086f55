using System;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Trimming;

/// <summary>The sum of a loss over the rows of a block.</summary>
internal abstract class BlockLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected BlockLoss(SampleSet samples) => Weights = BlockRows.Weights<T>(samples.Count);

    /// <summary>1 for rows that count.</summary>
    protected T[] Weights { get; }

    /// <summary>The loss that fits the samples: cross entropy for classes, else the square of the differences.</summary>
    /// <param name="samples">The rows.</param>
    /// <param name="outputs">Outputs of the model.</param>
    public static BlockLoss<T> Of(SampleSet samples, int outputs) =>
        samples.Targets.Length == 0 ? new BlockCrossEntropy<T>(samples) : new BlockSquares<T>(samples, outputs);

    /// <summary>Sums up.</summary>
    /// <param name="block">Which block.</param>
    /// <param name="columns">The array that holds each output.</param>
    /// <param name="offsets">Where in it.</param>
    public abstract double Of(int block, ReadOnlySpan<T[]> columns, ReadOnlySpan<int> offsets);

    /// <summary>Part of a column.</summary>
    protected static Vector512<T> Load(T[] column, int offset) =>
        Vector512.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(column), (nuint)offset);
}

/// <summary>Cross entropy from logits.</summary>
internal sealed class BlockCrossEntropy<T>(SampleSet samples) : BlockLoss<T>(samples)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Smaller terms change no sum.
    private const double SmallestExponent = -60;

    private readonly T[] _labels = BlockRows.Labels<T>(samples);

    /// <inheritdoc/>
    public override double Of(int block, ReadOnlySpan<T[]> columns, ReadOnlySpan<int> offsets)
    {
        Vector512<T> sum = Vector512<T>.Zero, floor = Vector512.Create(T.CreateTruncating(SmallestExponent));
        for (int r = 0; r < BlockRows.Size; r += Vector512<T>.Count)
        {
            int row = (block * BlockRows.Size) + r;
            Vector512<T> largest = Load(columns[0], offsets[0] + r), label = Load(_labels, row);
            for (int o = 1; o < columns.Length; o++)
            {
                largest = Vector512.Max(largest, Load(columns[o], offsets[o] + r));
            }

            Vector512<T> total = Vector512<T>.Zero, own = Vector512<T>.Zero;
            for (int o = 0; o < columns.Length; o++)
            {
                Vector512<T> logit = Load(columns[o], offsets[o] + r) - largest;
                total += Exp(Vector512.Max(logit, floor));
                own += logit & Vector512.Equals(label, Vector512.Create(T.CreateTruncating(o)));
            }

            sum += (Log(total) - own) * Load(Weights, row);
        }

        return double.CreateTruncating(Vector512.Sum(sum));
    }

    private static Vector512<T> Exp(Vector512<T> x) =>
        typeof(T) == typeof(float) ? Vector512.Exp(x.AsSingle()).As<float, T>() : Vector512.Exp(x.AsDouble()).As<double, T>();

    private static Vector512<T> Log(Vector512<T> x) =>
        typeof(T) == typeof(float) ? Vector512.Log(x.AsSingle()).As<float, T>() : Vector512.Log(x.AsDouble()).As<double, T>();
}

/// <summary>Squares of the differences, their mean over the outputs.</summary>
internal sealed class BlockSquares<T>(SampleSet samples, int outputs) : BlockLoss<T>(samples)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _targets = BlockRows.Columns<T>(samples.Targets, samples.Count, outputs);

    /// <inheritdoc/>
    public override double Of(int block, ReadOnlySpan<T[]> columns, ReadOnlySpan<int> offsets)
    {
        Vector512<T> sum = Vector512<T>.Zero;
        for (int o = 0; o < columns.Length; o++)
        {
            int target = ((block * columns.Length) + o) * BlockRows.Size;
            for (int r = 0; r < BlockRows.Size; r += Vector512<T>.Count)
            {
                Vector512<T> difference = Load(columns[o], offsets[o] + r) - Load(_targets, target + r);
                sum += difference * difference * Load(Weights, (block * BlockRows.Size) + r);
            }
        }

        return double.CreateTruncating(Vector512.Sum(sum)) / columns.Length;
    }
}
