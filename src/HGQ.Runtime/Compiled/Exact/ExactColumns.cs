using System;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Compiled;

/// <summary>The quantizer of inputs or outputs as the export has it: formats that follow from the range over all rows.</summary>
internal sealed unsafe class ExactColumns<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly ChainActivation _activation;
    private readonly Parameter _parameter;
    private readonly BitRange _limits;
    private readonly T* _widths;
    private readonly T* _scale;
    private readonly T* _step;
    private readonly T* _zeroBias;
    private readonly T* _low;
    private readonly T* _high;
    private readonly bool _relu;
    private readonly int[] _integers;
    private readonly int[] _signs;

    public ExactColumns(ChainActivation activation, bool relu, int padded, AlignedMemory memory)
    {
        (_activation, _relu, Padded) = (activation, relu, padded);
        (_parameter, _limits) = activation.Quantizer switch
        {
            HgqQuantizer hgq => (hgq.Fbw, hgq.BwClip),
            FixedPointQuantizer fixedPoint => (fixedPoint.FractionBits, fixedPoint.Config.FractionLimits),
            _ => throw new ArgumentException($"{activation.Quantizer.Name} is of no known family.", nameof(activation)),
        };
        T* Row() => memory.Allocate<T>(padded);
        _widths = Row();
        _scale = Row();
        _step = Row();
        _zeroBias = Row();
        _low = Row();
        _high = Row();
        Fractions = new int[(int)_parameter.Count];
        Widths = new int[Fractions.Length];
        (_integers, _signs) = (new int[Fractions.Length], new int[Fractions.Length]);
    }

    /// <summary>Columns with padding.</summary>
    public int Padded { get; }

    /// <summary>Relu and rounding.</summary>
    public ColumnMode Mode => new(_relu, _activation.Down);

    /// <summary>Fraction bits of each column.</summary>
    public int[] Fractions { get; }

    /// <summary>k + i + f of each column, at least 0. Valid after <see cref="TryFix"/>.</summary>
    public int[] Widths { get; }

    /// <summary>Numbers of the columns as a pass wants them.</summary>
    public ColumnNumbers<T> Numbers(T* bias) => new(_scale, _step, bias == null ? _zeroBias : bias, _low, _high);

    /// <summary>Largest magnitude that a column has had.</summary>
    public double Magnitude(int column) => Math.Max(
        _relu ? 0 : -double.CreateTruncating(_low[column]), Math.Max(double.CreateTruncating(_high[column]), 0));

    /// <summary>Takes the widths as they are now and forgets the range.</summary>
    public void Load()
    {
        double[] widths = ExactWeights.Numbers(_parameter);
        for (int c = 0; c < Fractions.Length; c++)
        {
            Fractions[c] = (int)Math.Round(Math.Clamp(widths[c], _limits.Min, _limits.Max), MidpointRounding.ToEven);
            _widths[c] = T.CreateTruncating(Fractions[c]);
        }

        ColumnPass<T, TVector, TLanes>.Scales(Padded, _widths, _scale, _step);
        new Span<T>(_low, Padded).Fill(T.PositiveInfinity);
        new Span<T>(_high, Padded).Fill(T.NegativeInfinity);
    }

    /// <summary>Fixes the formats.</summary>
    /// <returns>Whether they hold every value of the range, so that nothing wraps.</returns>
    public bool TryFix()
    {
        for (int c = 0; c < Fractions.Length; c++)
        {
            double low = double.CreateTruncating(_low[c]), high = double.CreateTruncating(_high[c]);
            if (!double.IsFinite(low) || !double.IsFinite(high))
            {
                return false;
            }

            int? width = _activation.Quantizer is HgqQuantizer ? Open(low, high, Fractions[c]) : Wrapping(c, low, high, Fractions[c]);
            if (width is null)
            {
                return false;
            }

            Widths[c] = width.Value;
        }

        return true;
    }

    /// <summary>
    /// Gives the quantizer the ranges and formats that were found, as tracing the same rows does, and holds its widths within limits.
    /// </summary>
    public void Store()
    {
        int count = Fractions.Length;
        Write(_parameter, Array.ConvertAll(ExactWeights.Numbers(_parameter), width => Math.Clamp(width, _limits.Min, _limits.Max)));
        switch (_activation.Quantizer)
        {
            case HgqQuantizer hgq:
                Write(hgq.Min, [.. Enumerable.Range(0, count).Select(c => double.CreateTruncating(_low[c]))]);
                Write(hgq.Max, [.. Enumerable.Range(0, count).Select(c => double.CreateTruncating(_high[c]))]);
                break;
            case FixedPointQuantizer fixedPoint:
                Write(fixedPoint.IntegerBits, Array.ConvertAll(_integers, static i => (double)i));
                Write(fixedPoint.KeepNegative, Array.ConvertAll(_signs, static k => (double)k));
                break;
        }
    }

    private static void Write(torch.Tensor tensor, double[] numbers)
    {
        if (tensor.DataType == torch.ScalarType.Float64)
        {
            using TensorView<double> view = tensor.View<double>();
            numbers.CopyTo(view.Span);
            return;
        }

        using TensorView<float> single = tensor.View<float>();
        for (int e = 0; e < numbers.Length; e++)
        {
            single[e] = (float)numbers[e];
        }
    }

    private int Open(double low, double high, int f)
    {
        (int k, int i, int fraction) = HgqQuantizer.RangeFormat(low, high, f, _relu, mostIntegerBits: 1024);
        return Math.Max(k + i + fraction, 0);
    }

    private int? Wrapping(int column, double low, double high, int f)
    {
        FixedPointQuantizerConfig config = ((FixedPointQuantizer)_activation.Quantizer).Config;
        (double least, double most) = (_relu ? 0 : Math.Min(low, 0), Math.Max(high, 0));
        int k = config.KeepNegative ?? least < 0 ? 1 : 0;
        double need = FixedPointElements.NeedOfRange(least, most, k, f);
        int i = (int)Math.Round(Math.Clamp(need, config.IntegerLimits.Min, config.IntegerLimits.Max), MidpointRounding.ToEven);
        (_integers[column], _signs[column]) = (i, k);
        return i >= need && (k == 1 || least == 0) ? Math.Max((_relu ? 0 : k) + i + f, 0) : null;
    }
}
