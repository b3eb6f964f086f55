using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Randomness;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>Steps through TorchSharp: samples as resident tensors, a gradient graph for each batch.</summary>
internal sealed class TorchTrainingStep : ITrainingStep
{
    private const int EvaluationBatch = 8192;
    private readonly ITrainableNetwork _network;
    private readonly IOptimizer _optimizer;
    private readonly TrainerOptions _options;
    private readonly SampleSet _validation;
    private readonly torch.Tensor _features;
    private readonly torch.Tensor _targets;
    private readonly torch.Tensor _validationFeatures;

    public TorchTrainingStep(
        ITrainableNetwork network, IOptimizer optimizer, SampleSet training, SampleSet validation, TrainerOptions options, string reason)
    {
        (_network, _optimizer, _options, _validation) = (network, optimizer, options, validation);
        (_features, _targets) = Batches.Resident(training);
        (_validationFeatures, torch.Tensor targets) = Batches.Resident(validation);
        targets.Dispose();
        Description = reason.Length == 0 ? "TorchSharp" : $"TorchSharp, because {reason}";
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public bool HasExactFigures => false;

    /// <inheritdoc/>
    /// <remarks>Only quantizers with random rounding draw from torch's generator; seeded here, they repeat in a resumed run too.</remarks>
    public void BeginEpoch(int epoch) =>
        torch.manual_seed(unchecked((long)new DeterministicRandom(_options.Seed, stream: ~(ulong)epoch).NextUInt64()));

    /// <inheritdoc/>
    public double Run(ReadOnlySpan<int> rows, double rate)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor index = NewTensor.Of(Array.ConvertAll(rows.ToArray(), static row => (long)row));
        torch.Tensor features = _features.IndexSelect(0, index), targets = _targets.IndexSelect(0, index);
        _optimizer.ZeroGradients();
        torch.Tensor task = _options.Loss.Of(_network.Train(features), targets);
        double value = task.Item<float>();
        if (double.IsFinite(value))
        {
            torch.Tensor loss = task.Add(_network.Cost());
            loss.Backward();
            _optimizer.Step(rate);
        }

        return value;
    }

    /// <inheritdoc/>
    public double RunningScore()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        var outputs = new List<float>();
        for (int first = 0; first < _validation.Count; first += EvaluationBatch)
        {
            torch.Tensor batch = _validationFeatures.Narrow(0, first, Math.Min(EvaluationBatch, _validation.Count - first));
            outputs.AddRange(_network.Infer(batch).Contiguous().Elements<float>());
        }

        return _options.Score.Of<float>(CollectionsMarshal.AsSpan(outputs), _validation);
    }

    /// <inheritdoc/>
    public ExactFigures? Exact() => null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _features.Dispose();
        _targets.Dispose();
        _validationFeatures.Dispose();
    }
}
