using System.Collections.Generic;
using System.Numerics;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>The weights of a dense layer with their trained numbers and what they become.</summary>
internal sealed unsafe class WeightSet<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly ChainWeights _weights;
    private readonly ParameterBlock<T> _values;
    private readonly ParameterBlock<T> _widths;
    private readonly ParameterBlock<T>? _integers;
    private readonly BitLimits<T> _widthLimits;
    private readonly BitLimits<T> _integerLimits;
    private readonly T* _rowCosts;
    private readonly int _rows;
    private readonly int _columns;

    public WeightSet(ChainWeights weights, torch.Tensor kernel, int rows, int columns, AlignedMemory memory)
    {
        (_weights, _rows, _columns) = (weights, rows, columns);
        _values = new ParameterBlock<T>(kernel, rows, columns, memory);
        _widths = new ParameterBlock<T>(weights.Widths, rows, columns, memory);
        _integers = weights.Integers is { } integers ? new ParameterBlock<T>(integers, rows, columns, memory) : null;
        (_widthLimits, _integerLimits) = (BitLimits<T>.Of(weights.WidthLimits), BitLimits<T>.Of(weights.IntegerLimits));
        Quantized = memory.Allocate<T>((long)rows * columns);
        RowBits = memory.Allocate<T>(rows);
        _rowCosts = memory.Allocate<T>(rows);
    }

    /// <summary>The parameters.</summary>
    public IEnumerable<ParameterBlock<T>> Parameters => _integers is null ? [_values, _widths] : [_values, _widths, _integers];

    /// <summary>The weights themselves.</summary>
    public T* Plain => _values.Values;

    /// <summary>Their gradient.</summary>
    public T* PlainGradient => _values.Gradient;

    /// <summary>The quantized weights.</summary>
    public T* Quantized { get; }

    /// <summary>Significant bits of the weights that an input is multiplied by.</summary>
    public T* RowBits { get; }

    public void Refresh()
    {
        foreach (ParameterBlock<T> parameter in Parameters)
        {
            parameter.Refresh();
        }
    }

    public void KeepAlive()
    {
        _values.KeepAlive();
        _widths.KeepAlive();
        _integers?.KeepAlive();
    }

    /// <summary>Before a step: limits of the trained numbers, padding.</summary>
    public void Load()
    {
        _widths.Clamp(_widthLimits);
        _integers?.Clamp(_integerLimits);
        _values.Load();
        _widths.Load();
        _integers?.Load();
    }

    /// <summary>Quantizes the weights, or what a batch norm made of them.</summary>
    public void Quantize(T* values) =>
        WeightPass<T, TVector, TLanes>.Forward(_rows, _columns, With(values), _weights.Mode, Quantized, RowBits);

    /// <summary>Gradients of the weights, or of what a batch norm made of them, and of the trained numbers.</summary>
    /// <param name="values">What was quantized.</param>
    /// <param name="slopes">Gradient of the results.</param>
    /// <param name="inputBits">Widths of the inputs.</param>
    /// <param name="beta">What one bit operation costs.</param>
    /// <param name="valueGradient">Where the gradient of the values goes.</param>
    public void Backward(T* values, T* slopes, T* inputBits, double beta, T* valueGradient)
    {
        for (int r = 0; r < _rows; r++)
        {
            _rowCosts[r] = T.CreateTruncating(beta) * inputBits[r];
        }

        var gradients = new Weights<T>(valueGradient, _widths.Gradient, _integers is null ? null : _integers.Gradient);
        WeightPass<T, TVector, TLanes>.Backward(
            _rows, _columns, With(values), _weights.Mode, slopes, _rowCosts, T.CreateTruncating(_weights.Penalty), gradients);
    }

    /// <summary>target += source.</summary>
    public static void Add(int count, T* source, T* target)
    {
        for (int e = 0; e < count; e += TLanes.Count)
        {
            TLanes.Store(TLanes.Add(TLanes.Load(target + e), TLanes.Load(source + e)), target + e);
        }
    }

    /// <summary>sums[r] += Σ a[r, c]·b[r, c].</summary>
    public static void RowProducts(int rows, int columns, T* a, T* b, T* sums)
    {
        for (int r = 0; r < rows; r++)
        {
            TVector sum = TLanes.Zero;
            for (int c = 0; c < columns; c += TLanes.Count, a += TLanes.Count, b += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(a), TLanes.Load(b), sum);
            }

            sums[r] += TLanes.Sum(sum);
        }
    }

    /// <summary>The transpose of a matrix.</summary>
    public static void Transpose(T* matrix, int rows, int columns, int stride, T* transposed, int transposedStride)
    {
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                transposed[(c * transposedStride) + r] = matrix[(r * stride) + c];
            }
        }
    }

    private Weights<T> With(T* values) => new(values, _widths.Values, _integers is null ? null : _integers.Values);
}
