using System;
using System.IO;
using System.Linq;
using HGQ.Cli.Engines;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Generators.Tests.Emission;

/// <summary>Batches that are split over threads, and those that end within a block.</summary>
public sealed class ThreadTests : IDisposable
{
    private readonly GeneratedModel _model = GeneratedModel.Compile(Lowerer.Lower(ModelReader.Read(
        File.ReadAllText(RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "jets.hgq.json")))));

    private delegate void SplitMethod(ReadOnlyMemory<float> inputs, Memory<float> results, int count, int maxDegreeOfParallelism);

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(511, 2)]
    [InlineData(1000, 2)]
    [InlineData(1000, 3)]
    [InlineData(2083, 64)]
    public void Threads_give_what_one_sample_after_the_other_gives(int count, int threads)
    {
        float[] inputs = Inputs(count), results = new float[count * _model.Program.OutputSize];
        Split()(inputs, results, count, threads);
        Assert.Equal(inputs.Chunk(_model.Program.InputSize).SelectMany(sample => _model.Predict(sample)), results);
    }

    [Fact]
    public void Every_small_batch_gives_what_one_sample_after_the_other_gives()
    {
        int size = _model.Program.InputSize, outputs = _model.Program.OutputSize;
        float[] inputs = Inputs(70);
        float[] expected = inputs.Chunk(size).SelectMany(sample => _model.Predict(sample)).ToArray();
        for (var count = 0; count <= 70; count++)
        {
            Assert.Equal(expected.Take(count * outputs), _model.PredictBatch(inputs[..(count * size)], count));
        }
    }

    [Fact]
    public void What_has_no_code_is_named_by_its_place_in_the_whole_batch()
    {
        const int count = 1024;
        float[] inputs = Inputs(count);
        int place = (900 * _model.Program.InputSize) + 3;
        inputs[place] = float.NaN;
        var error = Assert.Throws<ArgumentException>(() => Split()(inputs, new float[count * _model.Program.OutputSize], count, 2));
        Assert.Contains($"Element {place} is", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Less_than_one_thread_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Split()(default, default, 0, 0));

    private SplitMethod Split()
        => _model.Bind<SplitMethod>("PredictBatch", typeof(ReadOnlyMemory<float>), typeof(Memory<float>), typeof(int), typeof(int));

    // Beyond the range of the codes too, which saturates.
    private float[] Inputs(int count)
    {
        var random = new Random(count);
        return Enumerable.Range(0, count * _model.Program.InputSize).Select(_ => (float)((random.NextDouble() - 0.5) * 20)).ToArray();
    }
}
