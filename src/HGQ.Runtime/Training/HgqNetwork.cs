using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>Lets the trainer train a model of quantized layers.</summary>
public sealed class HgqNetwork : ITrainableNetwork
{
    private readonly HgqModel _model;
    private readonly SamplePorts _ports;
    private readonly HgqQuantizer[] _recording;

    /// <summary>Wraps a model, which stays the caller's.</summary>
    /// <exception cref="ArgumentException">A layer with a cost reads an input port that is not quantized.</exception>
    public HgqNetwork(HgqModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        RequireQuantizedInputs(model);
        _model = model;
        _ports = new SamplePorts(model);
        _recording = [.. model.Quantizers.OfType<HgqQuantizer>().Where(static q => q.MinmaxRecord)];
    }

    /// <summary>The model.</summary>
    internal HgqModel Model => _model;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, torch.Tensor Tensor)> State =>
        [.. _model.state_dict().OrderBy(static e => e.Key, StringComparer.Ordinal).Select(static e => (e.Key, e.Value))];

    /// <inheritdoc/>
    public IReadOnlyList<string> CostLayers => [.. Multiplying().Select(static l => l.Name).Distinct()];

    /// <inheritdoc/>
    public NetworkSize Size => new(
        _model.InputPorts.Sum(static port => FixedPointBits.Size(port.OutputShape)),
        _model.Outputs.Sum(static output => FixedPointBits.Size(output.OutputShape)),
        TorchThreads.Multiplications(_model),
        _model.parameters().Select(static p => p.DataType).FirstOrDefault(torch.ScalarType.Float32));

    /// <inheritdoc/>
    public torch.Tensor Train(torch.Tensor samples)
    {
        if (!_model.training)
        {
            _model.train();
        }

        IReadOnlyList<torch.Tensor> outputs = _model.Forward(_ports.Split(samples));
        return outputs.Count == 1 ? Rows(outputs[0]) : NewTensor.Concatenate([.. outputs.Select(Rows)], 1);
    }

    /// <inheritdoc/>
    public torch.Tensor Infer(torch.Tensor samples)
    {
        _model.eval();
        Record(false);
        try
        {
            return Rows(_model.Forward(_ports.Split(samples))[0]);
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
            foreach ((_, HLayer part) in Multiplying().Where(part => part.Name == layer))
            {
                part.Beta = beta;
            }
        }
    }

    /// <inheritdoc/>
    public void ResetRanges() => _model.ResetMinmax();

    private static void RequireQuantizedInputs(HgqModel model)
    {
        foreach (HLayer layer in model.Layers)
        {
            if (layer is not (HQuantize or Signature or PassiveLayer) && layer.Inputs.FirstOrDefault(IsReal) is { } real)
            {
                string name = real is HInput ? $"input {real.Name}" : $"layer {real.Name}, which nothing has quantized";
                throw new ArgumentException(
                    $"The layer {layer.Name} reads the real numbers of the {name}: put an HQuantize or a Signature between them.",
                    nameof(model));
            }
        }
    }

    // Layers that only move elements leave real numbers real.
    private static bool IsReal(HLayer layer) => layer is HInput || (layer is PassiveLayer && layer.Inputs.Any(IsReal));

    // Every layer that multiplies under its own name, and under those of the blocks it is a part of.
    private IEnumerable<(string Name, HLayer Layer)> Multiplying()
    {
        foreach (HLayer layer in _model.Layers.Where(static l => l.HasEbops))
        {
            yield return (layer.Name, layer);
            for (HBlock? owner = layer.Owner; owner is not null; owner = owner.Owner)
            {
                if (owner.Name.Length > 0 && owner.Name != layer.Name)
                {
                    yield return (owner.Name, layer);
                }
            }
        }
    }

    private static torch.Tensor Rows(torch.Tensor output) => output.Rank == 2 ? output : output.Reshape(output.Shape[0], -1);

    // Inference must not widen the ranges that training recorded.
    private void Record(bool record)
    {
        foreach (HgqQuantizer quantizer in _recording)
        {
            quantizer.MinmaxRecord = record;
        }
    }
}
