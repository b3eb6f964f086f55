using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Compiled;
using HGQ.Runtime.Data;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Quantizers;
using static TorchSharp.torch;

namespace HGQ.Benchmarks.Training;

/// <summary>Training steps of one network in the ways that are compared, on the same random data; a way is made when it is asked for.</summary>
internal sealed class TrainingCase : IDisposable
{
    private static readonly CrossEntropyLoss Loss = new();
    private readonly TrainingNetwork _network;
    private readonly Tensor _x;
    private readonly Tensor _target;
    private readonly List<IDisposable> _owned = [];

    public TrainingCase(string name)
    {
        random.manual_seed(1);
        _network = TrainingNetwork.Of(name);
        _x = randn([_network.Batch, .. _network.Shape]);
        _target = randint(0, _network.Classes, _network.Batch, int64);
    }

    /// <summary>Names of the ways.</summary>
    public static IReadOnlyList<string> Ways { get; } =
        ["plain", "fused", "fixed-point", "compiled", "compiled-fp", "compiled-bn", "compiled-fp-bn", "operators"];

    /// <summary>The ways that a network can be trained in: images are not compiled.</summary>
    public static IEnumerable<string> WaysOf(string network) =>
        Ways.Where(way => !way.StartsWith("compiled", StringComparison.Ordinal) || TrainingNetwork.Of(network).Shape.Length == 1);

    /// <summary>The step of a way.</summary>
    public Action Step(string way) => way switch
    {
        "plain" => Plain(),
        "fused" => Fused(Quantized()),
        "fixed-point" => Fused(FixedPoint()),
        "compiled" => Compiled(Quantized()),
        "compiled-fp" => Compiled(FixedPoint()),
        "compiled-bn" => Compiled(Quantized(normalized: true)),
        "compiled-fp-bn" => Compiled(FixedPoint(normalized: true)),
        "operators" => Operators(Quantized()),
        _ => throw new ArgumentException($"\"{way}\" is none of {string.Join(", ", Ways)}.", nameof(way)),
    };

    public void Dispose()
    {
        _owned.Reverse();
        _owned.ForEach(owned => owned.Dispose());
        _x.Dispose();
        _target.Dispose();
    }

    private Action Plain()
    {
        var model = Kept(_network.Plain());
        var x = _x.dim() == 4 ? _x.permute(0, 3, 1, 2).contiguous() : _x;
        var adam = optim.Adam(model.parameters(), lr: 1e-3);
        return () =>
        {
            using var scope = NewDisposeScope();
            var loss = nn.functional.cross_entropy(model.call(x), _target);
            adam.zero_grad();
            loss.backward();
            adam.step();
        };
    }

    private Action Fused(HgqModel model)
    {
        var adam = new HgqAdam(model.parameters(), 1e-3);
        return () =>
        {
            using var scope = NewDisposeScope();
            var loss = Loss.Of(model.forward(_x), _target) + model.EbopsLoss();
            adam.ZeroGradients();
            loss.backward();
            adam.Step();
        };
    }

    private Action Compiled(HgqModel model)
    {
        long size = _x.numel() / _network.Batch;
        var samples = new SampleSet(_x.data<float>().ToArray(), [(int)size], _target.data<long>().ToArray(), []);
        int[] rows = [.. Enumerable.Range(0, _network.Batch)];
        var options = new CompiledStepOptions { Batch = _network.Batch, Threads = get_num_threads() };
        var step = CompiledStep.TryCreate(model, new HgqAdam(model.parameters(), 1e-3), Loss, samples, options, out string reason);
        if (step is null)
        {
            throw new InvalidOperationException($"{_network} can't be compiled: {reason}.");
        }

        _owned.Add(step);
        return () =>
        {
            step.Differentiate(samples, rows);
            step.Update();
        };
    }

    private Action Operators(HgqModel model)
    {
        model.UseFusedPasses = false;
        var adam = optim.Adam(model.parameters(), lr: 1e-3);
        return () =>
        {
            using var scope = NewDisposeScope();
            var loss = nn.functional.cross_entropy(model.forward(_x), _target) + model.EbopsLoss();
            adam.zero_grad();
            loss.backward();
            adam.step();
        };
    }

    private HgqSequential Quantized(bool normalized = false) =>
        Kept(new HgqSequential(_network.Shape, [new HQuantize(), .. _network.Layers(normalized)]));

    // The defaults of HGQ2: KBI weights that saturate, KIF activations whose integer bits follow the data.
    private HgqSequential FixedPoint(bool normalized = false)
    {
        using var defaults = QuantizerDefaults.Scope(FixedPointQuantizerConfig.DefaultKernel, FixedPointQuantizerConfig.DefaultActivation);
        return Quantized(normalized);
    }

    private T Kept<T>(T model)
        where T : nn.Module
    {
        _owned.Add(model);
        return model;
    }
}
