using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Microsoft.ML.OnnxRuntime;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// The reference model in batches of 1024 and one sample at a time: generated code, ONNX Runtime float32 on one thread, and gcc's
/// loops. <c>dotnet run -c Release -- --filter *Inference*</c>
/// </summary>
[MemoryDiagnoser]
public class InferenceBenchmarks : IDisposable
{
    private const int Count = 1024;
    private readonly float[] _inputs = new float[Count * Jets.InputSize];
    private readonly float[] _results = new float[Count * Jets.OutputSize];
    private readonly int[] _codes = new int[Count * Jets.InputCodeSize];
    private readonly int[] _raw = new int[Count * Jets.OutputSize];
    private readonly short[] _shortCodes = new short[Count * Jets.InputCodeSize];
    private InferenceSession _session = null!;
    private OrtValue _batch = null!;
    private OrtValue _one = null!;
    private RunOptions _options = null!;
    private GccLoops? _gcc;

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(3);
        for (var n = 0; n < _codes.Length; n++)
        {
            _codes[n] = random.Next(-128, 128);
            _shortCodes[n] = (short)_codes[n];
            _inputs[n] = _codes[n] / 16F;
        }

        var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        _session = new InferenceSession(OnnxNetwork.Write(JetsModel.Create()), options);
        _options = new RunOptions();
        _batch = OrtValue.CreateTensorValueFromMemory(_inputs, [Count, Jets.InputSize]);
        _one = OrtValue.CreateTensorValueFromMemory(_inputs[..Jets.InputSize], [1, Jets.InputSize]);
        _gcc = GccLoops.TryCompile(JetsModel.Create());
        RequireEqual();
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _gcc?.Dispose();
        _batch.Dispose();
        _one.Dispose();
        _options.Dispose();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchGenerated() => Jets.PredictBatch(_inputs, _results, Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchGeneratedCodes() => Jets.PredictBatch(_codes, _raw, Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void BatchOnnxRuntime() => _session.Run(_options, ["x"], [_batch], _session.OutputNames).Dispose();

    [Benchmark(OperationsPerInvoke = Count)]
    public unsafe void BatchGccLoops()
    {
        fixed (short* codes = _shortCodes)
        fixed (int* results = _raw)
        {
            _gcc!.Run(codes, results, Count);
        }
    }

    [Benchmark]
    public void OneGeneratedRaw() => Jets.PredictRaw(_codes.AsSpan(0, Jets.InputCodeSize), _raw.AsSpan(0, Jets.OutputSize));

    [Benchmark]
    public void OneGenerated() => Jets.Predict(_inputs.AsSpan(0, Jets.InputSize), _results.AsSpan(0, Jets.OutputSize));

    [Benchmark]
    public void OneOnnxRuntime() => _session.Run(_options, ["x"], [_one], _session.OutputNames).Dispose();

    // A batch of one: the loops' own call costs a few nanoseconds of it.
    [Benchmark]
    public unsafe void OneGccLoops()
    {
        fixed (short* codes = _shortCodes)
        fixed (int* results = _raw)
        {
            _gcc!.Run(codes, results, 1);
        }
    }

    // A fast wrong answer is none.
    private unsafe void RequireEqual()
    {
        Jets.PredictBatch(_codes, _raw, Count);
        if (_gcc is null)
        {
            return;
        }

        var found = new int[_raw.Length];
        fixed (short* codes = _shortCodes)
        fixed (int* results = found)
        {
            _gcc.Run(codes, results, Count);
        }

        if (!found.SequenceEqual(_raw))
        {
            throw new InvalidOperationException("gcc's loops and the generated code differ.");
        }
    }
}
