using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>All engines by name, and which of them can do what.</summary>
internal static class InferenceEngines
{
    /// <summary>What all others are compared with.</summary>
    public const string Reference = "onnx-float32";

    // Nothing of these runs on two threads by itself.
    private static readonly string[] OneThread = ["gcc-loops", "gcc-hls"];

    private static readonly Dictionary<string, Func<InferenceCase, IInferenceEngine>> Engines = new()
    {
        ["csharp"] = work => new GeneratedEngine(work),
        ["csharp-codes"] = work => new GeneratedCodesEngine(work),
        [Reference] = OnnxEngine.Float32,
        ["onnx-int8-static"] = OnnxEngine.Int8Static,
        ["onnx-int8-dynamic"] = OnnxEngine.Int8Dynamic,
        ["torchsharp"] = work => new TorchEngine(work),
        ["gcc-loops"] = NativeEngine.Loops,
        ["gcc-hls"] = NativeEngine.Hls,
    };

    public static IEnumerable<string> Names => Engines.Keys;

    public static IInferenceEngine Create(string name, InferenceCase work) => Engines[name](work);

    /// <summary>Whether a measurement makes sense and ends.</summary>
    /// <param name="engine">Name of the engine.</param>
    /// <param name="model">Name of the model.</param>
    /// <param name="batch">Samples of one run.</param>
    /// <param name="threads">Threads that may be used.</param>
    public static bool Applies(string engine, string model, int batch, int threads)
    {
        // One sample is never split; straight-line C++ of half a million weights takes a compiler hours; a batch of 65,536
        // takes loops over images more than a minute.
        bool splits = threads == 1 || (batch > 1 && !OneThread.Contains(engine));
        bool compiles = engine != "gcc-hls" || model != "dense1024";
        bool ends = batch < 65536 || model is "jets" or "mnist_mlp" || !engine.StartsWith("gcc", StringComparison.Ordinal);
        return splits && compiles && ends;
    }
}
