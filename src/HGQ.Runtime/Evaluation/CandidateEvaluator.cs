using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Simulation;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tensors;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Scores;
using TorchSharp;

namespace HGQ.Runtime.Evaluation;

/// <summary>
/// Turns candidates into points that can be reported: ranges traced anew in float64, formats fixed, exported, and judged by the
/// exported integers with real wrap-around.
/// </summary>
public sealed class CandidateEvaluator : IDisposable
{
    private readonly HgqModel _model;
    private readonly IReadOnlyList<(string Name, torch.Tensor Tensor)> _trained;
    private readonly SampleSet _validation;
    private readonly SampleSet? _test;
    private readonly SampleSet _training;
    private readonly CompiledEvaluator? _compiled;
    private readonly Lazy<torch.Tensor> _traced;
    private readonly SamplePorts _ports;
    private readonly Score _score;
    private readonly ExportOptions _options;
    private readonly double _coverFactor;

    /// <summary>Prepares the data.</summary>
    /// <param name="model">A float64 model of the same layers, whose state is overwritten.</param>
    /// <param name="trained">State of the float32 model that the candidates were taken from, likewise.</param>
    /// <param name="training">Training rows: their ranges count.</param>
    /// <param name="validation">Validation rows: their ranges count, and they choose.</param>
    /// <param name="test">Test rows, only reported; or null.</param>
    /// <param name="score">What points are judged by.</param>
    /// <param name="options">How they are exported.</param>
    /// <param name="coverFactor">Widening of the traced ranges.</param>
    public CandidateEvaluator(
        HgqModel model,
        IReadOnlyList<(string Name, torch.Tensor Tensor)> trained,
        SampleSet training,
        SampleSet validation,
        SampleSet? test,
        Score score,
        ExportOptions options,
        double coverFactor = 1)
    {
        ArgumentNullException.ThrowIfNull(training);
        (_model, _trained, _validation, _test, _score, _options, _coverFactor) =
            (model, trained, validation, test, score, options, coverFactor);
        _ports = new SamplePorts(model);
        _training = training;
        _compiled = coverFactor == 1 ? CompiledEvaluator.TryCreate(model, out _) : null;
        _traced = new Lazy<torch.Tensor>(() => Resident(training.Concat(validation)));
    }

    /// <summary>Evaluates one candidate on the validation rows.</summary>
    public FrontPoint Evaluate(Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        candidate.State.Restore(_trained);
        CopyState();
        double ebops = Calibrate();
        ExportedModel exported = ModelExporter.ExportLowered(_model, _options);
        double validation = Judge(exported, _validation, _score);
        return new FrontPoint(candidate.Epoch, exported.Graph, (long)ebops, validation, null, NonZero(exported.Graph));
    }

    /// <summary>The point with its score on the test rows, where there are any.</summary>
    public FrontPoint WithTest(FrontPoint point)
    {
        ArgumentNullException.ThrowIfNull(point);
        return _test is null ? point : point with { Test = Judge(point.Graph, _test, _score) };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _compiled?.Dispose();
        if (_traced.IsValueCreated)
        {
            _traced.Value.Dispose();
        }
    }

    // In memory where the network is a chain, which gives the same formats and EBOPs sooner.
    private double Calibrate()
    {
        if (_compiled?.Evaluate(_training, _validation, _score) is { } figures)
        {
            _compiled.StoreFormats();
            return figures.Ebops;
        }

        return MinmaxTracer.TraceMinmax(_model, _ports.Split(_traced.Value), coverFactor: _coverFactor).Ebops;
    }

    private static torch.Tensor Resident(SampleSet samples)
    {
        (torch.Tensor features, torch.Tensor targets) = Batches.Resident(samples);
        targets.Dispose();
        return features;
    }

    /// <summary>Score of a model on some rows, by its exact integers; of several outputs the first one counts.</summary>
    internal static double Judge(ModelGraph graph, SampleSet samples, Score score) =>
        Judge(graph, GraphOutputs.Of(graph, samples.Features), samples, score);

    /// <summary>The same of a model that was lowered already.</summary>
    internal static double Judge(ExportedModel model, SampleSet samples, Score score) =>
        Judge(model.Graph, GraphOutputs.Of(model, samples.Features), samples, score);

    private static double Judge(ModelGraph graph, double[] outputs, SampleSet samples, Score score)
    {
        int heads = graph.Outputs.Length, width = samples.Count == 0 ? 0 : outputs.Length / samples.Count;
        return score.Of<double>(
            heads == 1 ? outputs : [.. outputs.Where((_, e) => e % width < width / heads)], samples);
    }

    /// <summary>Weights of a model that are not 0.</summary>
    internal static int NonZero(ModelGraph graph) =>
        graph.Layers.OfType<DenseLayer>().Select(static l => l.Kernel)
            .Concat(graph.Layers.OfType<ConvLayer>().Select(static l => l.Kernel))
            .Sum(static k => k.Raw.Count(static w => w != 0));

    // float32 → float64, exactly.
    private void CopyState()
    {
        using IDisposable noGradient = torch.no_grad();
        Dictionary<string, torch.Tensor> state = _model.state_dict();
        foreach ((string name, torch.Tensor tensor) in _trained)
        {
            state[name].CopyFrom(tensor);
        }
    }
}
