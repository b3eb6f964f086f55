using System;
using System.Collections.Generic;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Cli.Engines;

/// <summary>The generated C#, compiled in memory: every entry point, and blocks of every vector width.</summary>
internal sealed class CSharpEngine(IntegerProgram program) : IInferenceEngine
{
    private GeneratedModel? _model;

    /// <inheritdoc/>
    public string Name => "csharp";

    /// <inheritdoc/>
    public void Prepare() => _model = GeneratedModel.Compile(program);

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        GeneratedModel model = _model ?? throw new InvalidOperationException("The engine is not prepared.");
        var entryPoints = new List<EntryPointResults> { new("PredictBatch", model.PredictBatch(vectors.Codes, vectors.Count)) };
        foreach (int lanes in GeneratedModel.BlockSizes)
        {
            entryPoints.Add(new(FormattableString.Invariant($"PredictBatch{lanes}"), model.PredictBlocks(vectors.Codes, vectors.Count, lanes)));
        }

        if (vectors.Inputs is { } inputs)
        {
            entryPoints.Add(new("Predict", Samples<double, double>("Predict", inputs, program.InputSize, vectors.Count)));
            entryPoints.Add(new("PredictBatch(reals)", model.PredictBatch(inputs, vectors.Count)));
        }

        return new EngineResults(PredictRaw(model, vectors)) { EntryPoints = entryPoints };
    }

    /// <inheritdoc/>
    public void Dispose() => _model?.Dispose();

    private long[] PredictRaw(GeneratedModel model, VerificationVectors vectors) => model.CodesAre32Bits
        ? Array.ConvertAll(
            Samples<int, int>("PredictRaw", Array.ConvertAll(vectors.Codes, static code => checked((int)code)), program.InputCodeSize, vectors.Count),
            static raw => (long)raw)
        : Samples<long, long>("PredictRaw", vectors.Codes, program.InputCodeSize, vectors.Count);

    private TOut[] Samples<TIn, TOut>(string method, TIn[] inputs, int size, int count)
    {
        var predict = _model!.Bind<PredictSample<TIn, TOut>>(method, typeof(ReadOnlySpan<TIn>), typeof(Span<TOut>));
        int outputs = program.OutputSize;
        var results = new TOut[count * outputs];
        for (int n = 0; n < count; n++)
        {
            predict(inputs.AsSpan(n * size, size), results.AsSpan(n * outputs, outputs));
        }

        return results;
    }

    private delegate void PredictSample<TIn, TOut>(ReadOnlySpan<TIn> inputs, Span<TOut> results);
}
