using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>Lets the trainer train a model of quantized layers.</summary>
public sealed class HgqNetwork : ITrainableNetwork
{
    private readonly HgqModel _model;
    private readonly HgqQuantizer[] _recording;

    /// <summary>Wraps a model, which stays the caller's.</summary>
    public HgqNetwork(HgqModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        _recording = [.. model.Quantizers.OfType<HgqQuantizer>().Where(static q => q.MinmaxRecord)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, torch.Tensor Tensor)> State =>
        [.. _model.state_dict().OrderBy(static e => e.Key, StringComparer.Ordinal).Select(static e => (e.Key, e.Value))];

    /// <inheritdoc/>
    public IReadOnlyList<string> CostLayers => [.. _model.Layers.OfType<KernelLayer>().Select(static l => l.Name)];

    /// <inheritdoc/>
    public torch.Tensor Train(torch.Tensor samples)
    {
        if (!_model.training)
        {
            _model.train();
        }

        return _model.forward(samples);
    }

    /// <inheritdoc/>
    public torch.Tensor Infer(torch.Tensor samples)
    {
        _model.eval();
        Record(false);
        try
        {
            return _model.forward(samples);
        }
        finally
        {
            Record(true);
        }
    }

    /// <inheritdoc/>
    public torch.Tensor Cost() => _model.EbopsLoss();

    /// <inheritdoc/>
    public double RunningEbops() => _model.Ebops;

    /// <inheritdoc/>
    public void SetBeta(string? layer, double beta)
    {
        if (layer is null)
        {
            _model.SetBeta(beta);
        }
        else
        {
            _model[layer].Beta = beta;
        }
    }

    /// <inheritdoc/>
    public void ResetRanges() => _model.ResetMinmax();

    // Inference must not widen the ranges that training recorded.
    private void Record(bool record)
    {
        foreach (HgqQuantizer quantizer in _recording)
        {
            quantizer.MinmaxRecord = record;
        }
    }
}
