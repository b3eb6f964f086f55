using System;
using System.Linq;
using System.Numerics;
using HGQ.Runtime.Data;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;

namespace HGQ.Runtime.Compiled;

/// <summary>The steps of a batch: which part of the work follows which.</summary>
/// <remarks>
/// A block of rows goes through the network, forward and backward, while it is in the caches. A batch norm needs the statistics of all rows
/// before the first of them goes on, so there a phase ends and the rows wait in buffers of the whole batch. Two lanes sum gradients, each
/// over half of the rows, whether one thread works or two: the results are the same.
/// </remarks>
internal sealed unsafe partial class ChainEngine<T, TVector, TLanes> : ChainEngine, IGradientSource<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : struct, ILanes<TVector, T>
{
    private const int Lanes = 2;
    private readonly AlignedMemory _memory = new();
    private readonly ChainSettings _settings;
    private readonly ActivationStage<T, TVector, TLanes> _input;
    private readonly DenseStage<T, TVector, TLanes>[] _layers;
    private readonly RowBuffers<T>[] _buffers;
    private readonly ParameterBlock<T>?[] _parameters;
    private readonly LanePair _pair;
    private readonly double[] _losses = new double[Lanes];
    private readonly int* _labels;
    private readonly T*[] _targets = new T*[Lanes];
    private readonly T*[] _scratch = new T*[Lanes];
    private readonly T*[] _sums = new T*[Lanes];
    private readonly int _block;
    private readonly bool _hasNorms;
    private SampleSet? _samples;
    private float* _features;
    private int* _rows;
    private int _count;

    /// <summary>Allocates everything a step needs.</summary>
    public ChainEngine(Chain chain, HgqAdam optimizer, ChainSettings settings)
    {
        _settings = settings;
        _input = Stage(chain.Input, relu: false);
        _layers = new DenseStage<T, TVector, TLanes>[chain.Layers.Count];
        ActivationStage<T, TVector, TLanes> previous = _input;
        for (int l = 0; l < _layers.Length; l++)
        {
            ChainDense dense = chain.Layers[l];
            ActivationStage<T, TVector, TLanes> output = Stage(dense.Output, dense.Relu);
            _layers[l] = new DenseStage<T, TVector, TLanes>(dense, previous, output, isFirst: l == 0, Lanes, _memory);
            previous = output;
        }

        _hasNorms = _layers.Any(static l => l.Norm is not null);
        _block = BlockRows(_input.Padded + _layers.Sum(static l => l.Output.Padded));
        int capacity = _hasNorms ? settings.Batch : Lanes * _block;
        _buffers = [
            RowBuffers<T>.Allocate(_memory, capacity, _input.Padded, hasGradient: false, hasProduct: false),
            .. _layers.Select(l => RowBuffers<T>.Allocate(_memory, capacity, l.Output.Padded, hasGradient: true, l.Norm is not null))];
        _labels = _memory.Allocate<int>(settings.Batch);
        for (int lane = 0; lane < Lanes; lane++)
        {
            _sums[lane] = _memory.Allocate<T>(_block);
            _targets[lane] = _memory.Allocate<T>((long)_block * previous.Padded);
            _scratch[lane] = _memory.Allocate<T>((long)InputPass<T, TVector, TLanes>.RowsTogether * _input.Padded);
        }

        ParameterBlock<T>[] known = [_input.Widths, .. _layers.SelectMany(static l => l.Parameters)];
        _parameters = [.. optimizer.Parameters.Select(p => Array.Find(known, k => ReferenceEquals(k.Tensor, p)))];
        long work = settings.Batch * _layers.Sum(static l => l.Multiplications);
        _pair = new LanePair(RunLane, settings.Threads > 1 && work >= LanePair.WorthSharing);
    }

    /// <inheritdoc/>
    public override int VectorBits => TLanes.Count * sizeof(T) * 8;

    /// <inheritdoc/>
    public override int Threads => _pair.Threads;

    /// <inheritdoc/>
    public override void Refresh()
    {
        _input.Refresh();
        foreach (DenseStage<T, TVector, TLanes> layer in _layers)
        {
            layer.Refresh();
        }
    }

    /// <inheritdoc/>
    public override double Differentiate(SampleSet samples, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, _settings.Batch);
        fixed (float* features = samples.Features)
        fixed (int* first = rows)
        {
            (_samples, _count) = (samples, rows.Length);
            _features = features;
            _rows = first;
            if (_settings.IsClassification)
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    _labels[r] = (int)samples.Labels[rows[r]];
                }
            }

            Prepare();
            Array.Clear(_losses);
            RunRows();
            FinishActivations();
            _samples = null;
            _features = null;
            _rows = null;
        }

        KeepAlive();
        return _losses.Sum() / rows.Length / (_settings.IsClassification ? 1 : _layers[^1].Output.Columns);
    }

    /// <inheritdoc/>
    public override void Update(HgqAdam optimizer)
    {
        optimizer.Step(this);
        KeepAlive();
    }

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradient(int parameter, out Span<T> weights)
    {
        ParameterBlock<T>? block = _parameters[parameter];
        weights = block is null ? default : block.Numbers;
        return block is null ? default : block.PlainGradient();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _pair.Dispose();
        _memory.Dispose();
    }

    // A block's rows of all stages stay in the second-level cache.
    private static int BlockRows(int numbersPerRow)
    {
        const int cache = 704 << 10, most = 256, least = 32;
        int rows = cache / (numbersPerRow * 3 * sizeof(T));
        return Math.Clamp(rows / least * least, least, most);
    }

    private ActivationStage<T, TVector, TLanes> Stage(ChainActivation activation, bool relu) => activation.Quantizer switch
    {
        HgqQuantizer hgq => new OpenActivationStage<T, TVector, TLanes>(hgq, activation, relu, Lanes, _memory),
        FixedPointQuantizer fixedPoint => new WrappingActivationStage<T, TVector, TLanes>(fixedPoint, activation, relu, Lanes, _memory),
        _ => throw new ArgumentException($"{activation.Quantizer.Name} is of no known family.", nameof(activation)),
    };

    private void Prepare()
    {
        _input.Prepare();
        foreach (DenseStage<T, TVector, TLanes> layer in _layers)
        {
            layer.Prepare();
            if (layer.Norm is null)
            {
                layer.Transpose();
            }
        }
    }

    private void RunRows()
    {
        _pair.Run(ChainPhase.Start, 0);
        for (int l = 0; l < _layers.Length; l++)
        {
            if (_layers[l].Norm is not null)
            {
                _layers[l].FoldNorm(_count);
                _layers[l].Transpose();
                _pair.Run(ChainPhase.Forward, l);
            }
        }

        FinishForward();
        for (int l = _layers.Length - 1; l >= 0; l--)
        {
            _layers[l].FinishBackward(_count);
            if (_layers[l].Norm is not null)
            {
                _pair.Run(ChainPhase.Backward, l);
                _layers[l].FinishNorm();
            }
        }
    }

    private void FinishForward()
    {
        _input.FinishForward();
        foreach (DenseStage<T, TVector, TLanes> layer in _layers)
        {
            layer.Output.FinishForward();
            layer.CountBits();
        }
    }

    private void FinishActivations()
    {
        for (int l = 0; l < _layers.Length; l++)
        {
            _layers[l].Input.FinishBackward(_layers[l].RowBits, _layers[l].Beta);
        }

        _layers[^1].Output.FinishBackward(null, 0);
    }

    private void KeepAlive()
    {
        _input.KeepAlive();
        foreach (DenseStage<T, TVector, TLanes> layer in _layers)
        {
            layer.KeepAlive();
        }
    }
}
