using System;
using System.Numerics;

namespace HGQ.Runtime.Compiled;

/// <summary>
/// A dense layer of the chain: its products forward and backward, block of rows by block, and the gradients of its parameters.
/// </summary>
internal sealed unsafe partial class DenseStage<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly ChainDense _dense;
    private readonly WeightSet<T, TVector, TLanes> _kernel;
    private readonly BiasSet<T, TVector, TLanes> _bias;
    private readonly NormSet<T, TVector, TLanes>? _norm;
    private readonly T*[] _slopes;
    private readonly T*[]? _inputSlopes;
    private readonly T* _transposed;
    private readonly SparseScratch<T>[]? _sparse;
    private readonly T* _turned;
    private readonly int _size;

    /// <summary>Allocates.</summary>
    /// <param name="dense">The layer.</param>
    /// <param name="input">Quantizer of what it reads.</param>
    /// <param name="output">Quantizer of what it makes.</param>
    /// <param name="isFirst">Whether it reads the samples, whose gradient only the widths ask for.</param>
    /// <param name="lanes">Lanes that sum on their own.</param>
    /// <param name="memory">Owns what is allocated.</param>
    public DenseStage(
        ChainDense dense, ActivationStage<T, TVector, TLanes> input, ActivationStage<T, TVector, TLanes> output, bool isFirst, int lanes,
            AlignedMemory memory)
    {
        _dense = dense;
        (Input, Output) = (input, output);
        bool isSparse = isFirst && output.Mode.Relu && input.Padded >= SparseProduct<T, TVector, TLanes>.LeastColumns;
        _sparse = isSparse ? new SparseScratch<T>[lanes] : null;
        _size = isSparse ? output.Columns * input.Padded : input.Columns * output.Padded;
        _kernel = new WeightSet<T, TVector, TLanes>(dense.Kernel, dense.Layer.Kernel, input.Columns, output.Padded, memory);
        _norm = dense.Layer.BatchNorm is { } norm ? new NormSet<T, TVector,
            TLanes>(norm, dense.Layer.Bias, input, output, isFirst, lanes, memory) : null;
        _bias = new BiasSet<T, TVector, TLanes>(dense, output, _norm?.Offset, memory);
        _slopes = new T*[lanes];
        _inputSlopes = isFirst ? new T*[lanes] : null;
        for (int lane = 0; lane < lanes; lane++)
        {
            _slopes[lane] = memory.Allocate<T>(_size);
            if (_inputSlopes is not null)
            {
                _inputSlopes[lane] = memory.Allocate<T>(_size);
            }

            if (_sparse is not null)
            {
                _sparse[lane] = new SparseScratch<T>(output.Columns, memory);
            }
        }

        _turned = isSparse ? memory.Allocate<T>((long)input.Columns * output.Padded) : null;
        _transposed = isFirst ? null : memory.Allocate<T>((long)output.Columns * input.Padded);
    }

    /// <summary>Quantizer of what it reads.</summary>
    public ActivationStage<T, TVector, TLanes> Input { get; }

    /// <summary>Quantizer of what it makes.</summary>
    public ActivationStage<T, TVector, TLanes> Output { get; }

    /// <summary>The batch norm, or null.</summary>
    public NormSet<T, TVector, TLanes>? Norm => _norm;

    /// <summary>Multiplications for one sample.</summary>
    public long Multiplications => (long)Input.Columns * Output.Columns;

    /// <summary>The parameters, each with its gradient.</summary>
    public System.Collections.Generic.IEnumerable<ParameterBlock<T>> Parameters =>
        [.. _kernel.Parameters, .. _bias.Parameters, .. _norm?.Parameters ?? [], Output.Widths];

    /// <summary>Looks where the modules' memory is now.</summary>
    public void Refresh()
    {
        _kernel.Refresh();
        _bias.Refresh();
        _norm?.Refresh();
        Output.Refresh();
    }

    /// <summary>The tensors outlive this call.</summary>
    public void KeepAlive()
    {
        _kernel.KeepAlive();
        _bias.KeepAlive();
        _norm?.KeepAlive();
        Output.KeepAlive();
    }

    /// <summary>Before a step.</summary>
    public void Prepare()
    {
        for (int lane = 0; lane < _slopes.Length; lane++)
        {
            new Span<T>(_slopes[lane], _size).Clear();
            if (_inputSlopes is not null)
            {
                new Span<T>(_inputSlopes[lane], _size).Clear();
            }
        }

        Output.Prepare();
        _kernel.Load();
        _bias.Load();
        if (_norm is null)
        {
            QuantizeWeights(_kernel.Plain);
        }
        else
        {
            _norm.Prepare(_kernel.Plain);
        }
    }

    /// <summary>The batch norm has its statistics: folds it into weights and offsets, and quantizes these.</summary>
    public void FoldNorm(int batch)
    {
        _norm!.Fold(_kernel.Plain, batch);
        QuantizeWeights(_norm.Folded);
    }

    /// <summary>Outputs of a block of rows, quantized.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="lane">Whose sums count them.</param>
    /// <param name="input">Quantized inputs.</param>
    /// <param name="error">What rounding takes away from the outputs.</param>
    /// <param name="output">Quantized outputs.</param>
    public void Forward(int rows, int lane, T* input, T* error, T* output)
    {
        MatrixProduct<T, TVector, TLanes>.Multiply(
            rows, Output.Padded, Input.Columns, LeftOperand<T>.Rows(input, Input.Padded), _kernel.Quantized, Output.Padded, error,
                Output.Padded, add: false);
        ColumnPass<T, TVector, TLanes>.Forward(rows, Output.Padded, error, output, Output.Numbers(lane, _bias.Quantized), Output.Mode);
    }

    /// <summary>Takes the gradient of a block of outputs back to the products, and sums that of the weights.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="lane">Whose sums count them.</param>
    /// <param name="input">Quantized inputs.</param>
    /// <param name="inputError">What rounding took away from the samples; read by the first layer.</param>
    /// <param name="error">What rounding took away from the outputs.</param>
    /// <param name="output">Quantized outputs.</param>
    /// <param name="gradient">Gradient of the outputs; of the products afterwards.</param>
    public void BackwardOutput(int rows, int lane, T* input, T* inputError, T* error, T* output, T* gradient)
    {
        ColumnPass<T, TVector, TLanes>.Backward(
            rows, Output.Padded, output, error, gradient, Output.Errors[lane], Output.Sums[lane], Output.Mode.Relu);
        if (_sparse is not null)
        {
            SparseProduct<T, TVector, TLanes>.Add(
                rows, Output.Columns, Output.Padded, gradient, Input.Padded, input, inputError, _slopes[lane], _inputSlopes![lane],
                    _sparse[lane]);
            return;
        }

        AddTransposed(rows, input, gradient, _slopes[lane]);
        if (_inputSlopes is not null)
        {
            AddTransposed(rows, inputError, gradient, _inputSlopes[lane]);
        }
    }

    /// <summary>The gradient of a block of inputs.</summary>
    public void BackwardInput(int rows, T* gradient, T* inputGradient) => MatrixProduct<T, TVector, TLanes>.Multiply(
        rows, Input.Padded, Output.Columns, LeftOperand<T>.Rows(gradient, Output.Padded), _transposed, Input.Padded, inputGradient,
            Input.Padded, add: false);

    /// <summary>Prepares what <see cref="BackwardInput"/> reads.</summary>
    public void Transpose()
    {
        if (_transposed != null)
        {
            WeightSet<T, TVector,
                TLanes>.Transpose(_kernel.Quantized, Input.Columns, Output.Columns, Output.Padded, _transposed, Input.Padded);
            _norm?.Transpose();
        }
    }

    /// <summary>Behind the last row of a step: EBOPs of the layer.</summary>
    public void CountBits()
    {
        double bits = 0;
        for (int i = 0; i < Input.Columns; i++)
        {
            bits += double.CreateTruncating(Input.Bits[i] * _kernel.RowBits[i]);
        }

        _dense.Layer.Ebops = bits;
    }

    /// <summary>Behind the last block: gradients of weights, biases and their trained numbers.</summary>
    public void FinishBackward(int batch)
    {
        for (int lane = 1; lane < _slopes.Length; lane++)
        {
            WeightSet<T, TVector, TLanes>.Add(_size, _slopes[lane], _slopes[0]);
            if (_inputSlopes is not null)
            {
                WeightSet<T, TVector, TLanes>.Add(_size, _inputSlopes[lane], _inputSlopes[0]);
            }
        }

        Output.Reduce();
        if (_inputSlopes is not null)
        {
            // Σ over the rows of error · (gradient · Wᵀ) = Σ over the outputs of (errorᵀ · gradient) · W.
            WeightSet<T, TVector, TLanes>.RowProducts(
                Input.Columns, Output.Padded, ByInputs(_inputSlopes[0]), _kernel.Quantized, Input.Errors[0]);
        }

        T* folded = _norm is null ? _kernel.Plain : _norm.Folded;
        _kernel.Backward(
            folded, ByInputs(_slopes[0]), Input.Bits, _dense.Layer.Beta, _norm is null ? _kernel.PlainGradient : _norm.FoldedGradient);
        _bias.Backward();
        _norm?.Backward(_kernel.Plain, _kernel.PlainGradient, _bias.Gradient, batch);
    }

    /// <summary>Bits of the weights that an input is multiplied by.</summary>
    public T* RowBits => _kernel.RowBits;

    /// <summary>What one bit operation of this layer costs.</summary>
    public double Beta => _dense.Layer.Beta;

    // The sums, an input a row.
    private T* ByInputs(T* slopes)
    {
        if (_sparse is null)
        {
            return slopes;
        }

        for (int i = 0; i < Input.Columns; i++)
        {
            for (int u = 0; u < Output.Columns; u++)
            {
                _turned[(i * Output.Padded) + u] = slopes[(u * Input.Padded) + i];
            }
        }

        return _turned;
    }

    private void QuantizeWeights(T* weights)
    {
        _kernel.Quantize(weights);
        _bias.Quantize();
    }

    // target += xᵀ · gradient
    private void AddTransposed(int rows, T* x, T* gradient, T* target) => MatrixProduct<T, TVector, TLanes>.Multiply(
        Input.Columns, Output.Padded, rows, LeftOperand<T>.Transposed(x, Input.Padded), gradient, Output.Padded, target, Output.Padded,
            add: true);
}
