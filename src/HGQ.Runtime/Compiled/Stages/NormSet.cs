using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Runtime.Compiled;

/// <summary>The batch norm of a dense layer: statistics of its products, factor and offset, and their gradients.</summary>
internal sealed unsafe class NormSet<T, TVector, TLanes>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private readonly BatchNormFold _norm;
    private readonly ActivationStage<T, TVector, TLanes> _input;
    private readonly ActivationStage<T, TVector, TLanes> _output;
    private readonly ParameterBlock<T> _gamma;
    private readonly ParameterBlock<T> _beta;
    private readonly TensorPointer<T> _movingMean;
    private readonly TensorPointer<T> _movingVariance;
    private readonly TensorPointer<T>? _bias;
    private readonly T*[] _means;
    private readonly T*[] _squares;
    private readonly int[] _counts;
    private readonly T* _scale;
    private readonly T* _inverse;
    private readonly T* _factor;
    private readonly T* _constant;
    private T* _plain;

    /// <summary>Allocates.</summary>
    public NormSet(
        BatchNormFold norm,
        torch.Tensor? bias,
        ActivationStage<T, TVector, TLanes> input,
        ActivationStage<T, TVector, TLanes> output,
        bool isFirst,
        int lanes,
        AlignedMemory memory)
    {
        (_norm, _input, _output) = (norm, input, output);
        (_gamma, _beta) = (
            new ParameterBlock<T>(norm.Gamma, 1, output.Padded, memory), new ParameterBlock<T>(norm.Beta, 1, output.Padded, memory));
        (_movingMean, _movingVariance) = (new TensorPointer<T>(norm.MovingMean), new TensorPointer<T>(norm.MovingVariance));
        _bias = bias is null ? null : new TensorPointer<T>(bias);
        T* Row() => memory.Allocate<T>(output.Padded);
        _scale = Row();
        _inverse = Row();
        _factor = Row();
        _constant = Row();
        Offset = Row();
        int size = input.Columns * output.Padded;
        Folded = memory.Allocate<T>(size);
        FoldedGradient = memory.Allocate<T>(size);
        Transposed = isFirst ? null : memory.Allocate<T>((long)output.Columns * input.Padded);
        (_means, _squares, Slopes) = (new T*[lanes], new T*[lanes], new T*[lanes]);
        _counts = new int[lanes];
        InputSlopes = isFirst ? new T*[lanes] : null;
        for (int lane = 0; lane < lanes; lane++)
        {
            _means[lane] = Row();
            _squares[lane] = Row();
            Slopes[lane] = memory.Allocate<T>(size);
            if (InputSlopes is not null)
            {
                InputSlopes[lane] = memory.Allocate<T>(size);
            }
        }
    }

    /// <summary>What is added to the products in place of a bias.</summary>
    public T* Offset { get; }

    /// <summary>Weights times factors.</summary>
    public T* Folded { get; }

    /// <summary>Their gradient.</summary>
    public T* FoldedGradient { get; }

    /// <summary>The weights, transposed; null for the first layer.</summary>
    public T* Transposed { get; }

    /// <summary>Gradient of the weights through the statistics, for each lane.</summary>
    public T*[] Slopes { get; }

    /// <summary>Errors of the samples times the gradient through the statistics, for each lane; null but for the first layer.</summary>
    public T*[]? InputSlopes { get; }

    /// <summary>The parameters.</summary>
    public IEnumerable<ParameterBlock<T>> Parameters => [_gamma, _beta];

    public void Refresh()
    {
        _gamma.Refresh();
        _beta.Refresh();
        _movingMean.Refresh();
        _movingVariance.Refresh();
        _bias?.Refresh();
    }

    public void KeepAlive()
    {
        _gamma.KeepAlive();
        _beta.KeepAlive();
        _movingMean.KeepAlive();
        _movingVariance.KeepAlive();
        _bias?.KeepAlive();
    }

    /// <summary>Before a step.</summary>
    /// <param name="plain">The weights.</param>
    public void Prepare(T* plain)
    {
        _plain = plain;
        _gamma.Load();
        _beta.Load();
        int size = _input.Columns * _output.Padded;
        Array.Clear(_counts);
        for (int lane = 0; lane < _means.Length; lane++)
        {
            new Span<T>(_means[lane], _output.Padded).Clear();
            new Span<T>(_squares[lane], _output.Padded).Clear();
            new Span<T>(Slopes[lane], size).Clear();
            if (InputSlopes is not null)
            {
                new Span<T>(InputSlopes[lane], size).Clear();
            }
        }
    }

    /// <summary>Products of a block of rows, and their statistics.</summary>
    public void Product(int rows, int lane, T* input, T* product)
    {
        MatrixProduct<T, TVector, TLanes>.Multiply(
            rows, _output.Padded, _input.Columns, LeftOperand<T>.Rows(input, _input.Padded), _plain, _output.Padded, product,
                _output.Padded, add: false);
        NormPass<T, TVector, TLanes>.Gather(_counts[lane], rows, _output.Padded, product, _means[lane], _squares[lane]);
        _counts[lane] += rows;
    }

    /// <summary>All rows are counted: moving statistics, factors and offsets, and the weights times the factors.</summary>
    public void Fold(T* plain, int batch)
    {
        BatchNormOptions options = _norm.Options;
        T keep = T.CreateTruncating(options.Momentum), take = T.CreateTruncating(1 - options.Momentum);
        Merge(batch);
        Span<T> means = _movingMean.Span, variances = _movingVariance.Span;
        for (int c = 0; c < _output.Columns; c++)
        {
            T variance = _squares[0][c] / T.CreateTruncating(batch);
            T mean = _means[0][c] + (_bias is null ? T.Zero : _bias.Span[c]);
            means[c] = (means[c] * keep) + (mean * take);
            variances[c] = (variances[c] * keep) + (variance * take);
            T shifted = variance + T.CreateTruncating(options.Epsilon), root = T.Sqrt(shifted);
            _scale[c] = _gamma.Values[c] / root;

            // The bias in front of the norm is part of the mean and falls out.
            Offset[c] = _beta.Values[c] - (_means[0][c] * _scale[c]);
            _inverse[c] = T.One / root;
        }

        NormPass<T, TVector, TLanes>.Scale(_input.Columns, _output.Padded, plain, _scale, Folded);
    }

    /// <summary>Prepares <see cref="Transposed"/>.</summary>
    public void Transpose() =>
        WeightSet<T, TVector, TLanes>.Transpose(_plain, _input.Columns, _output.Columns, _output.Padded, Transposed, _input.Padded);

    /// <summary>Gradients of factor, offset and weights; what <see cref="Differentiate"/> needs.</summary>
    /// <param name="plain">The weights.</param>
    /// <param name="plainGradient">Where their gradient goes, without the statistics' part.</param>
    /// <param name="offsetGradient">Gradient of the offsets.</param>
    /// <param name="batch">Rows of the batch.</param>
    public void Backward(T* plain, T* plainGradient, T* offsetGradient, int batch)
    {
        NormPass<T, TVector, TLanes>.ColumnProducts(_input.Columns, _output.Padded, FoldedGradient, plain, _factor);
        NormPass<T, TVector, TLanes>.Scale(_input.Columns, _output.Padded, FoldedGradient, _scale, plainGradient);
        T share = T.One / T.CreateTruncating(batch), half = T.CreateTruncating(-0.5);
        for (int c = 0; c < _output.Columns; c++)
        {
            T factor = _factor[c] - (_means[0][c] * offsetGradient[c]), inverse = _inverse[c];
            _gamma.Gradient[c] = factor * inverse;
            _beta.Gradient[c] = offsetGradient[c];
            T variance = factor * _gamma.Values[c] * inverse * inverse * inverse * half;
            _factor[c] = (variance + variance) * share;
            _constant[c] = -offsetGradient[c] * _scale[c] * share;
        }
    }

    /// <summary>Products → their gradient through the statistics.</summary>
    public void Differentiate(int rows, T* product) =>
        NormPass<T, TVector, TLanes>.Differentiate(rows, _output.Padded, product, _means[0], _factor, _constant);

    // The statistics of two lanes together, in the first.
    private void Merge(int batch)
    {
        for (int lane = 1; lane < _means.Length; lane++)
        {
            T weight = T.CreateTruncating(_counts[lane]) / T.CreateTruncating(batch), old = T.CreateTruncating(_counts[0]);
            for (int c = 0; c < _output.Padded; c++)
            {
                T apart = _means[lane][c] - _means[0][c], moved = apart * weight;
                _means[0][c] += moved;
                _squares[0][c] += _squares[lane][c] + (apart * moved * old);
            }
        }
    }
}
