using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference;

/// <summary>A model of the figures with its generated class.</summary>
/// <param name="Name">Name for tables and filters.</param>
/// <param name="Create">Makes the model.</param>
/// <param name="Generate">Gives the entry points of its generated class.</param>
internal sealed record InferenceModel(string Name, Func<ModelGraph> Create, Func<IntegerProgram, GeneratedMethods> Generate)
{
    /// <summary>All models, the smallest first.</summary>
    public static readonly InferenceModel[] All =
    [
        new("jets", JetsModel.Create, _ => new(Jets.Predict, Jets.PredictRaw, Jets.PredictBatch, Jets.PredictBatch, Jets.PredictBatch, Jets.PredictBatch)),
        new("pendigits_short", LargeModels.PendigitsShort, _ => new(
            PendigitsShort.Predict,
            PendigitsShort.PredictRaw,
            PendigitsShort.PredictBatch,
            PendigitsShort.PredictBatch,
            PendigitsShort.PredictBatch,
            PendigitsShort.PredictBatch)),
        new("mnist_mlp", LargeModels.MnistMlp, _ => new(MnistMlp.Predict, MnistMlp.PredictRaw, MnistMlp.PredictBatch, MnistMlp.PredictBatch, MnistMlp.PredictBatch, MnistMlp.PredictBatch)),
        new("mnist_trained", LargeModels.MnistTrained, _ => new(MnistTrained.Predict, MnistTrained.PredictRaw, MnistTrained.PredictBatch, MnistTrained.PredictBatch, MnistTrained.PredictBatch, MnistTrained.PredictBatch)),
        new("mnist_cnn", LargeModels.MnistCnn, _ => new(MnistCnn.Predict, MnistCnn.PredictRaw, MnistCnn.PredictBatch, MnistCnn.PredictBatch, MnistCnn.PredictBatch, MnistCnn.PredictBatch)),
        new("dense1024", LargeModels.Dense1024, CompiledModel.Compile),
    ];

    public static InferenceModel Find(string name) => All.Single(model => model.Name == name);

    /// <summary>Exact program of the model.</summary>
    public IntegerProgram Lower() => Lowerer.Lower(Create());
}

/// <summary>Entry points of a generated class that takes 32-bit codes.</summary>
internal sealed record GeneratedMethods(
    One<float> Predict, One<int> PredictRaw, Many<float> Batch, Many<int> BatchRaw, Split<float> SplitBatch, Split<int> SplitBatchRaw);

internal delegate void One<T>(ReadOnlySpan<T> inputs, Span<T> results);

internal delegate void Many<T>(ReadOnlySpan<T> inputs, Span<T> results, int count);

internal delegate void Split<T>(ReadOnlyMemory<T> inputs, Memory<T> results, int count, int maxDegreeOfParallelism);
