using System;
using System.Runtime.InteropServices;
using HGQ.Benchmarks.Inference.Native;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>Code that gcc compiled, called with 16-bit codes.</summary>
internal sealed class NativeEngine : IInferenceEngine
{
    private readonly InferenceCase _work;
    private readonly nint _library;
    private readonly BatchFunction _predict;
    private readonly short[] _codes;
    private readonly int[] _results;

    private NativeEngine(InferenceCase work, string library)
    {
        _work = work;
        _codes = Array.ConvertAll(work.Codes, code => (short)code);
        _results = new int[work.ResultCount];
        _library = NativeLibrary.Load(library);
        _predict = Marshal.GetDelegateForFunctionPointer<BatchFunction>(NativeLibrary.GetExport(_library, "predict"));
    }

    private unsafe delegate void BatchFunction(short* codes, int* results, int count);

    /// <summary>Plain loops.</summary>
    public static NativeEngine Loops(InferenceCase work) => new(work, NativeBuild.Compile("gcc", LoopSource.Write(work.Program), ".c"));

    /// <summary>The emitted HLS kernels.</summary>
    public static NativeEngine Hls(InferenceCase work) => new(work, NativeBuild.Compile("g++", HlsSource.Write(work.Program), ".cpp"));

    public unsafe void Run()
    {
        fixed (short* codes = _codes)
        fixed (int* results = _results)
        {
            _predict(codes, results, _work.Batch);
        }
    }

    public void Check() => _work.RequireEqual(_results);

    public void Dispose() => NativeLibrary.Free(_library);
}
