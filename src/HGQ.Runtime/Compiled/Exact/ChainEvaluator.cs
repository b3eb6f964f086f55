using System;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Data;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// Runs the network that an export would make of the parameters at hand over training and validation rows: one pass finds the ranges, and
/// with them formats, EBOPs and, because nothing leaves its range on these rows, the outputs with real wrap-around.
/// </summary>
internal abstract class ChainEvaluator
{
    /// <summary>Evaluates.</summary>
    /// <param name="training">Rows whose ranges count; null: only the outputs are wanted.</param>
    /// <param name="validation">Rows whose ranges count and whose outputs are wanted.</param>
    /// <param name="score">Judges them.</param>
    /// <returns>EBOPs and score; null where a sum may have been rounded, or a value leaves every format.</returns>
    public abstract (double Ebops, double Score)? Evaluate(SampleSet? training, SampleSet validation, Training.Scores.Score score);

    /// <summary>Gives the quantizers the formats that the last evaluation has found.</summary>
    public abstract void StoreFormats();
}

/// <summary>The evaluator for one type of numbers and one width of vectors.</summary>
internal sealed unsafe class ChainEvaluator<T, TVector, TLanes> : ChainEvaluator
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const int Block = 256;

    // Whole vectors of every width and type.
    private const int Alignment = 16;
    private readonly ExactColumns<T, TVector, TLanes>[] _columns;
    private readonly ExactWeights[] _weights;
    private readonly T*[] _kernels;
    private readonly T*[] _biases;
    private readonly T*[] _outputs;
    private readonly T* _error;
    private readonly T* _scratch;
    private int[] _rows = [];
    private T[] _results = [];

    public ChainEvaluator(Chain chain, AlignedMemory memory)
    {
        int count = chain.Layers.Count;
        (_columns, _weights) = (new ExactColumns<T, TVector, TLanes>[count + 1], new ExactWeights[count]);
        (_kernels, _biases, _outputs) = (new T*[count], new T*[count], new T*[count + 1]);
        int[] widths = [chain.Features, .. chain.Layers.Select(static l => (int)l.Layer.Units)];
        int[] padded = [.. widths.Select(static n => (n + Alignment - 1) / Alignment * Alignment)];
        for (int s = 0; s <= count; s++)
        {
            _columns[s] = new ExactColumns<T, TVector, TLanes>(
                s == 0 ? chain.Input : chain.Layers[s - 1].Output, s > 0 && chain.Layers[s - 1].Relu, padded[s], memory);
            _outputs[s] = memory.Allocate<T>((long)Block * padded[s]);
        }

        for (int l = 0; l < count; l++)
        {
            _weights[l] = new ExactWeights(chain.Layers[l], widths[l], padded[l + 1], memory);
            _kernels[l] = memory.Allocate<T>((long)widths[l] * padded[l + 1]);
            _biases[l] = memory.Allocate<T>(padded[l + 1]);
        }

        _error = memory.Allocate<T>((long)Block * padded.Max());
        _scratch = memory.Allocate<T>((long)InputPass<T, TVector, TLanes>.RowsTogether * padded[0]);
    }

    private static T ExactLimit => T.CreateTruncating(typeof(T) == typeof(float) ? 16777216.0 : 9007199254740992.0);

    /// <inheritdoc/>
    public override (double Ebops, double Score)? Evaluate(SampleSet? training, SampleSet validation, Training.Scores.Score score)
    {
        if (!TryLoad() && training is not null)
        {
            return null;
        }

        int outputs = _columns[^1].Fractions.Length;
        if (_results.Length != validation.Count * outputs)
        {
            _results = new T[validation.Count * outputs];
        }

        if (training is not null)
        {
            Run(training, []);
        }

        Run(validation, _results);
        if (training is not null && !(IsExact() && Array.TrueForAll(_columns, static c => c.TryFix())))
        {
            return null;
        }

        return (training is null ? double.NaN : Ebops(), score.Of<T>(_results, validation));
    }

    /// <inheritdoc/>
    public override void StoreFormats() => Array.ForEach(_columns, static c => c.Store());

    private double Ebops()
    {
        double sum = 0;
        for (int l = 0; l < _weights.Length; l++)
        {
            for (int i = 0; i < _weights[l].RowBits.Length; i++)
            {
                sum += _columns[l].Widths[i] * (double)_weights[l].RowBits[i];
            }
        }

        return sum;
    }

    private bool TryLoad()
    {
        bool exact = true;
        foreach (ExactColumns<T, TVector, TLanes> columns in _columns)
        {
            columns.Load();
        }

        for (int l = 0; l < _weights.Length; l++)
        {
            _weights[l].Load(_columns[l + 1].Fractions);
            exact &= TryConvert(_weights[l].Kernel, _weights[l].RowBits.Length * _columns[l + 1].Padded, _kernels[l]);
            exact &= TryConvert(_weights[l].Bias, _columns[l + 1].Padded, _biases[l]);
        }

        return exact;
    }

    private static bool TryConvert(double* from, int count, T* to)
    {
        bool exact = true;
        for (int e = 0; e < count; e++)
        {
            to[e] = T.CreateTruncating(from[e]);
            exact &= double.CreateTruncating(to[e]) == from[e];
        }

        return exact;
    }

    // Every partial sum is a multiple of the finest grid among the products and no larger than the sum of their magnitudes.
    private bool IsExact()
    {
        for (int l = 0; l < _weights.Length; l++)
        {
            int rows = _weights[l].RowBits.Length, columns = _columns[l + 1].Fractions.Length, stride = _columns[l + 1].Padded;
            double[] magnitudes = [.. Enumerable.Range(0, rows).Select(_columns[l].Magnitude)];
            for (int c = 0; c < columns; c++)
            {
                double bias = _weights[l].Bias[c], sum = Math.Abs(bias);
                int finest = bias == 0 ? -1000 : ExactWeights.FractionBits(bias);
                for (int r = 0; r < rows; r++)
                {
                    double weight = _weights[l].Kernel[(r * stride) + c];
                    if (weight != 0 && magnitudes[r] != 0)
                    {
                        sum += Math.Abs(weight) * magnitudes[r];
                        finest = Math.Max(finest, ExactWeights.FractionBits(weight) + _columns[l].Fractions[r]);
                    }
                }

                if (!(Math.ScaleB(sum, finest) <= double.CreateTruncating(ExactLimit)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private void Run(SampleSet samples, Span<T> results)
    {
        if (_rows.Length < samples.Count)
        {
            _rows = [.. Enumerable.Range(0, samples.Count)];
        }

        int outputs = _columns[^1].Fractions.Length;
        fixed (float* features = samples.Features)
        {
            for (int first = 0; first < samples.Count; first += Block)
            {
                int count = Math.Min(Block, samples.Count - first);
                RunBlock(features, samples.SampleSize, _rows.AsSpan(first, count));
                for (int r = 0; r < count && !results.IsEmpty; r++)
                {
                    new ReadOnlySpan<T>(_outputs[^1] + (r * _columns[^1].Padded), outputs).CopyTo(results[((first + r) * outputs)..]);
                }
            }
        }
    }

    private void RunBlock(float* features, int size, ReadOnlySpan<int> rows)
    {
        InputPass<T, TVector, TLanes>.Forward(
            features, size, rows, _columns[0].Padded, _outputs[0], _error, _columns[0].Numbers(null), _columns[0].Mode.Down, _scratch);
        for (int l = 0; l < _weights.Length; l++)
        {
            ExactColumns<T, TVector, TLanes> output = _columns[l + 1];
            MatrixProduct<T, TVector, TLanes>.Multiply(
                rows.Length, output.Padded, _weights[l].RowBits.Length, LeftOperand<T>.Rows(_outputs[l], _columns[l].Padded),
                _kernels[l], output.Padded, _error, output.Padded, add: false);
            ColumnPass<T, TVector,
                TLanes>.Forward(rows.Length, output.Padded, _error, _outputs[l + 1], output.Numbers(_biases[l]), output.Mode);
        }
    }
}
