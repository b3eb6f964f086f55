using System;
using System.Numerics;
using HGQ.Runtime.Tensors;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// The quantizer of the inputs, or of a dense layer's outputs: prepares its columns' numbers, follows their ranges, and finds the
/// gradients.
/// </summary>
internal abstract unsafe class ActivationStage<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private static readonly double Ln2 = Math.Log(2);
    private readonly T* _scale;
    private readonly T* _step;
    private readonly T* _zeroBias;
    private readonly T*[] _low;
    private readonly T*[] _high;
    private readonly double _penalty;

    /// <summary>Allocates the columns' numbers.</summary>
    protected ActivationStage(
        ChainActivation activation, TorchSharp.Modules.Parameter widths, bool relu, BitLimits<T> limits, int lanes, AlignedMemory memory)
    {
        Columns = (int)widths.Count;
        Padded = (Columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count;
        Mode = new ColumnMode(relu, activation.Down);
        Limits = limits;
        _penalty = activation.Penalty;
        Widths = new ParameterBlock<T>(widths, 1, Padded, memory);
        T* Row() => memory.Allocate<T>(Padded);
        _scale = Row();
        _step = Row();
        _zeroBias = Row();
        Bits = Row();
        Counts = Row();
        (_low, _high, Errors, Sums) = (new T*[lanes], new T*[lanes], new T*[lanes], new T*[lanes]);
        for (int lane = 0; lane < lanes; lane++)
        {
            _low[lane] = Row();
            _high[lane] = Row();
            Errors[lane] = Row();
            Sums[lane] = Row();
        }
    }

    /// <summary>Columns without padding.</summary>
    public int Columns { get; }

    /// <summary>Columns with padding.</summary>
    public int Padded { get; }

    /// <summary>Relu and rounding.</summary>
    public ColumnMode Mode { get; }

    /// <summary>The trained fraction bits.</summary>
    public ParameterBlock<T> Widths { get; }

    /// <summary>Whole widths of the columns, the sign counted, as the cost takes them. Valid after <see cref="FinishForward"/>.</summary>
    public T* Bits { get; }

    /// <summary>Σ gradient·rounding error, a row for each lane.</summary>
    public T*[] Errors { get; }

    /// <summary>Σ gradient, a row for each lane.</summary>
    public T*[] Sums { get; }

    /// <summary>1 where a width's gradient is its cost, 0 where there is no bit.</summary>
    protected T* Counts { get; }

    protected BitLimits<T> Limits { get; }

    /// <summary>Looks where the modules' memory is now.</summary>
    public virtual void Refresh() => Widths.Refresh();

    /// <summary>The tensors outlive this call.</summary>
    public virtual void KeepAlive() => Widths.KeepAlive();

    /// <summary>Numbers of the columns as a pass wants them.</summary>
    /// <param name="lane">Whose range is recorded.</param>
    /// <param name="bias">Added first; null: nothing.</param>
    public ColumnNumbers<T> Numbers(int lane, T* bias) => new(_scale, _step, bias == null ? _zeroBias : bias, _low[lane], _high[lane]);

    /// <summary>Before a step: limits of the widths, scales, empty sums and ranges.</summary>
    public virtual void Prepare()
    {
        Widths.Clamp(Limits);
        Widths.Load();
        ColumnPass<T, TVector, TLanes>.Scales(Padded, Widths.Values, _scale, _step);
        for (int lane = 0; lane < Errors.Length; lane++)
        {
            new Span<T>(Errors[lane], Padded).Clear();
            new Span<T>(Sums[lane], Padded).Clear();
            new Span<T>(_low[lane], Padded).Fill(T.PositiveInfinity);
            new Span<T>(_high[lane], Padded).Fill(T.NegativeInfinity);
        }
    }

    /// <summary>Quantizes a bias on the grid of these outputs.</summary>
    public virtual void QuantizeBias(T* bias, T* quantized) =>
        ColumnPass<T, TVector, TLanes>.QuantizeRow(Padded, bias, _scale, _step, Mode.Down, quantized);

    /// <summary>Behind the last row of a step: the range decides what the columns cost.</summary>
    public void FinishForward()
    {
        for (int lane = 1; lane < _low.Length; lane++)
        {
            for (int c = 0; c < Columns; c++)
            {
                _low[0][c] = T.MinNative(_low[0][c], _low[lane][c]);
                _high[0][c] = T.MaxNative(_high[0][c], _high[lane][c]);
            }
        }

        Follow(new ReadOnlySpan<T>(_low[0], Columns), new ReadOnlySpan<T>(_high[0], Columns));
    }

    /// <summary>Adds the lanes' sums together in the first.</summary>
    public void Reduce()
    {
        for (int lane = 1; lane < Errors.Length; lane++)
        {
            for (int c = 0; c < Columns; c++)
            {
                Errors[0][c] += Errors[lane][c];
                Sums[0][c] += Sums[lane][c];
            }
        }
    }

    /// <summary>The widths' gradient.</summary>
    /// <param name="rowBits">Bits of the weights that a column is multiplied by; null: nothing is.</param>
    /// <param name="beta">What one bit operation costs.</param>
    public void FinishBackward(T* rowBits, double beta)
    {
        for (int c = 0; c < Columns; c++)
        {
            double cost = rowBits == null ? 0 : double.CreateTruncating(Counts[c]) * beta * double.CreateTruncating(rowBits[c]);
            Widths.Gradient[c] = T.CreateTruncating((Ln2 * double.CreateTruncating(Errors[0][c])) + cost + _penalty);
        }
    }

    /// <summary>Takes the range of a step over and sets <see cref="Bits"/> and <see cref="Counts"/>.</summary>
    /// <param name="low">Least quantized value of each column, in front of the relu.</param>
    /// <param name="high">Largest one.</param>
    protected abstract void Follow(ReadOnlySpan<T> low, ReadOnlySpan<T> high);
}
