using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Benchmarks.Inference.Floats;
using HGQ.Benchmarks.Inference.Onnx;
using Microsoft.ML.OnnxRuntime;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>ONNX Runtime on a model written from the same weights.</summary>
internal sealed class OnnxEngine : IInferenceEngine
{
    private readonly InferenceCase _work;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly float[] _results;
    private readonly string[] _outputNames;
    private readonly double _similarity;

    private OnnxEngine(InferenceCase work, FloatNetwork network, byte[] model, double similarity)
    {
        _work = work;
        _similarity = similarity;
        using var options = new SessionOptions { IntraOpNumThreads = work.Threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(model, options);
        _outputNames = [.. _session.OutputNames];
        _results = new float[work.ResultCount];
        _input = OrtValue.CreateTensorValueFromMemory(work.Inputs, [work.Batch, .. network.InputShape.Select(n => (long)n)]);
        _output = OrtValue.CreateTensorValueFromMemory(_results, [work.Batch, work.Program.OutputSize]);
    }

    public static OnnxEngine Float32(InferenceCase work)
    {
        var network = FloatNetwork.Of(work.Graph);
        return new OnnxEngine(work, network, OnnxFloat.Write(network), similarity: 0.99999);
    }

    public static OnnxEngine Int8Dynamic(InferenceCase work)
    {
        var network = FloatNetwork.Of(work.Graph);
        return new OnnxEngine(work, network, OnnxDynamic.Write(network), similarity: 0.99);
    }

    /// <summary>Ranges are those of the first samples.</summary>
    public static OnnxEngine Int8Static(InferenceCase work)
    {
        var network = FloatNetwork.Of(work.Graph);
        using var torch = new TorchNetwork(network);
        int samples = Math.Max(1, Math.Min(work.Batch, 64));
        using var input = TorchEngine.Input(work, network, samples);
        float[] seen = work.Inputs[..(samples * work.Program.InputSize)];
        return new OnnxEngine(work, network, OnnxStatic.Write(network, (seen.Min(), seen.Max()), torch.Ranges(input)), similarity: 0.97);
    }

    public void Run() => _session.Run(_options, ["x"], [_input], _outputNames, [_output]);

    public void Check()
    {
        using var torch = new TorchEngine(_work);
        torch.Run();
        double found = Similarity(_results, torch.Results);
        if (!(found >= _similarity))
        {
            throw new InvalidOperationException(FormattableString.Invariant($"{_work.Model.Name}: the results have similarity {found:G4} to the float network's, {_similarity} is wanted."));
        }
    }

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _options.Dispose();
        _session.Dispose();
    }

    // Cosine of the angle between the results.
    private static double Similarity(IReadOnlyList<float> left, IReadOnlyList<float> right)
    {
        double product = 0, squares = 0, others = 0;
        for (var n = 0; n < left.Count; n++)
        {
            product += (double)left[n] * right[n];
            squares += (double)left[n] * left[n];
            others += (double)right[n] * right[n];
        }

        return product / Math.Sqrt(squares * others);
    }
}
