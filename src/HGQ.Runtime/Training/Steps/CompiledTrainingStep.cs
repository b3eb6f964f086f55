using System;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Optimization;
using TorchSharp;

namespace HGQ.Runtime.Training;

/// <summary>Compiled steps, and evaluations in memory.</summary>
internal sealed class CompiledTrainingStep : ITrainingStep
{
    private readonly CompiledStep _step;
    private readonly CompiledEvaluator _evaluator;
    private readonly HgqAdam _optimizer;
    private readonly SampleSet _training;
    private readonly SampleSet _validation;
    private readonly TrainerOptions _options;

    private CompiledTrainingStep(
        CompiledStep step, CompiledEvaluator evaluator, HgqAdam optimizer, SampleSet training, SampleSet validation, TrainerOptions options)
    {
        (_step, _evaluator, _optimizer, _training, _validation, _options) = (step, evaluator, optimizer, training, validation, options);
        string threads = step.Threads == 1 ? "one thread" : "two threads";
        Description = FormattableString.Invariant($"compiled, vectors of {step.VectorBits} bits, {threads}");
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public bool HasExactFigures => true;

    /// <summary>Chooses the steps of a training.</summary>
    /// <exception cref="ArgumentException">Compiled steps are asked for, and the network can't be compiled.</exception>
    public static ITrainingStep Choose(
        ITrainableNetwork network, IOptimizer optimizer, SampleSet training, SampleSet validation, TrainerOptions options)
    {
        string reason = "";
        if (options.Step != StepChoice.TorchSharp
            && TryCreate(network, optimizer, training, validation, options, out reason) is { } compiled)
        {
            return compiled;
        }

        return options.Step != StepChoice.Compiled
            ? new TorchTrainingStep(network, optimizer, training, validation, options, reason)
            : throw new ArgumentException(
                $"The steps can't be compiled: {reason}. Choose {nameof(StepChoice)}.{nameof(StepChoice.Automatic)}.", nameof(options));
    }

    /// <inheritdoc/>
    public void BeginEpoch(int epoch) => _step.Refresh();

    /// <inheritdoc/>
    public double Run(ReadOnlySpan<int> rows, double rate)
    {
        double loss = _step.Differentiate(_training, rows);
        if (double.IsFinite(loss))
        {
            _optimizer.LearningRate = rate;
            _step.Update();
        }

        return loss;
    }

    /// <inheritdoc/>
    public double RunningScore() => _evaluator.RunningScore(_validation, _options.Score);

    /// <inheritdoc/>
    public ExactFigures? Exact() => _evaluator.Evaluate(_training, _validation, _options.Score);

    /// <inheritdoc/>
    public void Dispose()
    {
        _step.Dispose();
        _evaluator.Dispose();
    }

    private static CompiledTrainingStep? TryCreate(
        ITrainableNetwork network, IOptimizer optimizer, SampleSet training, SampleSet validation, TrainerOptions options,
            out string reason)
    {
        if (network is not HgqNetwork hgq || optimizer is not AdamOptimizer adam)
        {
            reason = $"{network.GetType().Name} and {optimizer.GetType().Name} are not {nameof(HgqNetwork)} and {nameof(AdamOptimizer)}";
            return null;
        }

        int threads = Math.Clamp(options.Threads ?? torch.get_num_threads(), 1, 2);
        var stepOptions = new CompiledStepOptions { Batch = Math.Clamp(training.Count, 1, options.BatchSize), Threads = threads };
        CompiledStep? step = CompiledStep.TryCreate(hgq.Model, adam.Adam, options.Loss, training, stepOptions, out reason);
        CompiledEvaluator? evaluator = step is null ? null : CompiledEvaluator.TryCreate(hgq.Model, out reason);
        return evaluator is null ? null : new CompiledTrainingStep(step!, evaluator, adam.Adam, training, validation, options);
    }
}
