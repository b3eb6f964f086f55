using System;
using System.IO;
using HGQ.Cli.Engines;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Generators.Tests.Emission;

public class AllocationTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void The_entry_points_of_generated_code_allocate_nothing(int count)
    {
        string path = RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "jets.hgq.json");
        using var model = GeneratedModel.Compile(Lowerer.Lower(ModelReader.Read(File.ReadAllText(path))));
        int size = model.Program.InputSize, outputs = model.Program.OutputSize;
        float[] inputs = new float[count * size], results = new float[count * outputs];
        int[] codes = new int[count * size], raw = new int[count * outputs];
        var predict = model.Bind<GeneratedModel.SampleMethod<float>>("Predict", typeof(ReadOnlySpan<float>), typeof(Span<float>));
        var predictRaw = model.Bind<GeneratedModel.SampleMethod<int>>("PredictRaw", typeof(ReadOnlySpan<int>), typeof(Span<int>));
        var batch = model.Bind<GeneratedModel.BatchMethod<float>>("PredictBatch", typeof(ReadOnlySpan<float>), typeof(Span<float>), typeof(int));
        var batchRaw = model.Bind<GeneratedModel.BatchMethod<int>>("PredictBatch", typeof(ReadOnlySpan<int>), typeof(Span<int>), typeof(int));
        var split = model.Bind<SplitMethod>("PredictBatch", typeof(ReadOnlyMemory<float>), typeof(Memory<float>), typeof(int), typeof(int));
        var classify = model.Bind<GeneratedModel.ClassMethod<float>>("Classify", typeof(ReadOnlySpan<float>));
        long before = 0, after = 0;

        // Rounds before the last one compile, and build what the runtime keeps for each call.
        for (var round = 0; round < 50; round++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            predict(inputs.AsSpan(0, size), results.AsSpan(0, outputs));
            predictRaw(codes.AsSpan(0, size), raw.AsSpan(0, outputs));
            batch(inputs, results, count);
            batchRaw(codes, raw, count);
            split(inputs, results, count, 2);
            classify(inputs.AsSpan(0, size));
            after = GC.GetAllocatedBytesForCurrentThread();
        }

        Assert.Equal(before, after);
    }

    private delegate void SplitMethod(ReadOnlyMemory<float> inputs, Memory<float> results, int count, int maxDegreeOfParallelism);
}
