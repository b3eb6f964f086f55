using System;
using System.Linq;
using HGQ.Benchmarks.Inference.Floats;
using static TorchSharp.torch;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>TorchSharp on the float network, without gradients.</summary>
internal sealed class TorchEngine : IInferenceEngine
{
    private readonly TorchNetwork _network;
    private readonly Tensor _input;
    private Tensor? _output;

    public TorchEngine(InferenceCase work)
    {
        set_num_threads(work.Threads);
        var network = FloatNetwork.Of(work.Graph);
        _network = new TorchNetwork(network);
        _input = Input(work, network, work.Batch);
    }

    /// <summary>Results of the last run.</summary>
    public float[] Results => _output!.data<float>().ToArray();

    public static Tensor Input(InferenceCase work, FloatNetwork network, int samples)
        => tensor(work.Inputs[..(samples * work.Program.InputSize)], [samples, .. network.InputShape.Select(n => (long)n)]);

    public void Run()
    {
        _output?.Dispose();
        using var scope = NewDisposeScope();
        using var noGradient = inference_mode();
        _output = _network.Forward(_input).DetachFromDisposeScope();
    }

    public void Check()
    {
        if (_output is null || !_output.isfinite().all().item<bool>())
        {
            throw new InvalidOperationException("TorchSharp gives no finite results.");
        }
    }

    public void Dispose()
    {
        _output?.Dispose();
        _input.Dispose();
        _network.Dispose();
    }
}
