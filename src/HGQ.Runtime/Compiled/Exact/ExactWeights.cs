using System;
using System.Numerics;
using System.Runtime.Intrinsics;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// The weights and biases of a dense layer as the export has them: batch norms folded with the moving statistics in float64, quantized as
/// inference does, and the significant bits of each.
/// </summary>
internal sealed unsafe class ExactWeights
{
    private readonly ChainDense _dense;
    private readonly int _rows;
    private readonly int _columns;
    private readonly int _padded;
    private readonly double* _values;
    private readonly double* _widths;
    private readonly double* _integers;
    private readonly double* _scratch;
    private readonly double* _bias;

    public ExactWeights(ChainDense dense, int rows, int padded, AlignedMemory memory)
    {
        (_dense, _rows, _columns, _padded) = (dense, rows, (int)dense.Layer.Units, padded);
        long size = (long)rows * padded;
        _values = memory.Allocate<double>(size);
        _widths = memory.Allocate<double>(size);
        _integers = memory.Allocate<double>(size);
        _scratch = memory.Allocate<double>(rows);
        _bias = memory.Allocate<double>(padded);
        Kernel = memory.Allocate<double>(size);
        Bias = memory.Allocate<double>(padded);
        RowBits = new long[rows];
    }

    /// <summary>Quantized weights, padded rows.</summary>
    public double* Kernel { get; }

    /// <summary>Quantized biases.</summary>
    public double* Bias { get; }

    /// <summary>Significant bits of the weights that each input is multiplied by.</summary>
    public long[] RowBits { get; }

    /// <summary>Takes the parameters as they are now.</summary>
    /// <param name="outputFractions">Fraction bits of the outputs, whose grid the bias is on where it has none of its own.</param>
    public void Load(ReadOnlySpan<int> outputFractions)
    {
        Read(_dense.Layer.Kernel, _rows, _values);
        Fold();
        Quantize(_dense.Kernel, _rows, _values, Kernel);
        QuantizeBias(outputFractions);
        for (int r = 0; r < _rows; r++)
        {
            long bits = 0;
            for (int c = 0; c < _columns; c++)
            {
                bits += SignificantBits(Kernel[(r * _padded) + c]);
            }

            RowBits[r] = bits;
        }
    }

    /// <summary>Bits from the highest to the lowest set bit.</summary>
    public static int SignificantBits(double value)
    {
        ulong mantissa = BitConverter.DoubleToUInt64Bits(value) & ((1UL << 52) - 1);
        return value == 0 ? 0 : mantissa == 0 ? 1 : 53 - BitOperations.TrailingZeroCount(mantissa);
    }

    /// <summary>Position of the lowest set bit behind the point, as a number of fraction bits.</summary>
    public static int FractionBits(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = ((int)(bits >> 52) & 0x7FF) - 1023;
        return SignificantBits(value) - 1 - exponent;
    }

    // The arithmetic of BatchNormFold, number by number.
    private void Fold()
    {
        bool hasBias = _dense.Layer.Bias is not null;
        new Span<double>(_bias, _padded).Clear();
        if (hasBias)
        {
            Read(_dense.Layer.Bias!, 1, _bias);
        }

        if (_dense.Layer.BatchNorm is not { } norm)
        {
            return;
        }

        double[] gamma = Numbers(norm.Gamma), beta = Numbers(norm.Beta);
        double[] means = Numbers(norm.MovingMean), variances = Numbers(norm.MovingVariance);
        for (int c = 0; c < _columns; c++)
        {
            double scale = gamma[c] / Math.Sqrt(variances[c] + norm.Options.Epsilon), offset = beta[c] - (means[c] * scale);
            _bias[c] = hasBias ? (_bias[c] * scale) + offset : offset;
            for (int r = 0; r < _rows; r++)
            {
                _values[(r * _padded) + c] *= scale;
            }
        }
    }

    private void QuantizeBias(ReadOnlySpan<int> outputFractions)
    {
        if (_dense.Bias is { } own)
        {
            Quantize(own, 1, _bias, Bias);
            return;
        }

        for (int c = 0; c < _columns; c++)
        {
            double scaled = Math.ScaleB(_bias[c], outputFractions[c]), floor = Math.Floor(scaled);
            Bias[c] = Math.ScaleB(floor + (!_dense.Output.Down && scaled - floor >= 0.5 ? 1 : 0), -outputFractions[c]);
        }
    }

    private void Quantize(ChainWeights weights, int rows, double* values, double* quantized)
    {
        int size = rows * _padded;
        Read(weights.Widths, rows, _widths);
        Clamp(_widths, size, weights.WidthLimits);
        if (weights.Integers is not null)
        {
            Read(weights.Integers, rows, _integers);
            Clamp(_integers, size, weights.IntegerLimits);
        }

        WeightPass<double, Vector256<double>, Lanes256<double>>.Forward(
            rows, _padded, new Weights<double>(values, _widths, _integers), weights.Mode, quantized, _scratch);
        if (weights.Mode.Format != WeightFormat.Open)
        {
            ZeroWithoutWidth(size, weights.Mode.Format == WeightFormat.Kbi, quantized);
        }
    }

    // Inference makes 0 of a format without width; a sign bit counts.
    private void ZeroWithoutWidth(int size, bool isKbi, double* quantized)
    {
        for (int e = 0; e < size; e++)
        {
            double width = Math.Round(_widths[e]) + (isKbi ? 0 : Math.Round(_integers[e]));
            quantized[e] = width < 0 ? 0 : quantized[e];
        }
    }

    private static void Clamp(double* values, int size, Quantizers.BitRange limits)
    {
        for (int e = 0; e < size; e++)
        {
            values[e] = Math.Clamp(values[e], limits.Min, limits.Max);
        }
    }

    /// <summary>All elements, widened; without a tensor of its own.</summary>
    public static double[] Numbers(torch.Tensor tensor)
    {
        if (tensor.DataType == torch.ScalarType.Float64)
        {
            using TensorView<double> view = tensor.View<double>();
            return view.Span.ToArray();
        }

        using TensorView<float> single = tensor.View<float>();
        var numbers = new double[single.Length];
        for (int e = 0; e < numbers.Length; e++)
        {
            numbers[e] = single[e];
        }

        return numbers;
    }

    private void Read(torch.Tensor tensor, int rows, double* target)
    {
        double[] numbers = Numbers(tensor);
        int columns = numbers.Length / rows;
        for (int r = 0; r < rows; r++)
        {
            numbers.AsSpan(r * columns, columns).CopyTo(new Span<double>(target + (r * _padded), columns));
        }
    }
}
