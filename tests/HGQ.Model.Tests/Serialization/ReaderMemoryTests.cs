using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using Xunit.Abstractions;

namespace HGQ.Model.Tests.Serialization;

/// <summary>A model of 1 MB is read inside the compiler; how long that takes is measured by <c>GenerationBenchmarks</c>.</summary>
public sealed class ReaderMemoryTests(ITestOutputHelper output)
{
    [Fact]
    public void Reading_allocates_little_beside_the_model()
    {
        string text = ModelWriter.Write(Megabyte());
        Assert.InRange(text.Length, 950_000, 1_300_000);
        ModelReader.Read(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        ModelGraph graph = ModelReader.Read(text);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        int weights = graph.Layers.OfType<DenseLayer>().Sum(layer => layer.Kernel.Raw.Length);
        output.WriteLine($"{text.Length} characters, {weights} weights, {allocated} bytes allocated");

        // A weight is kept as 8 bytes and 12 bytes of format; its fraction bits, written one by one, pass through 4 more twice.
        Assert.True(allocated < weights * 40L, $"{allocated} bytes for {weights} weights");
    }

    // Dense layers of 256 whose weights have fraction bits of their own: two numbers a weight.
    private static ModelGraph Megabyte()
    {
        var random = new Random(1);
        var codes = new FixedPointFormat(false, 2, 6);
        LayerNode[] layers =
        [
            new InputLayer("x", TensorShape.Of(256)),
            new QuantizeLayer("q", "x", Uniform(codes)),
            Dense("a", "q", random, codes),
            Dense("b", "a", random, codes),
            Dense("c", "b", random, codes),
        ];
        return new ModelGraph("megabyte", layers, new ModelOutput[] { new("y", "c") }, ModelMetadata.Empty);
    }

    private static QuantizerSpec Uniform(FixedPointFormat format) =>
        new(TensorFormat.Uniform(TensorShape.Of(256), format), RoundingMode.RoundHalfUp, OverflowMode.Wrap);

    private static DenseLayer Dense(string name, string input, Random random, FixedPointFormat codes)
    {
        TensorShape shape = TensorShape.Of(256, 256);
        FixedPointFormat[] formats = [.. Enumerable.Range(0, shape.Size).Select(_ => new FixedPointFormat(true, 1, random.Next(2, 11)))];
        long[] raw = [.. formats.Select(format => random.Next(2) == 0 ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1))];
        var kernel = new IntegerTensor(new TensorFormat(shape, formats), raw);
        return new DenseLayer(name, input, kernel, null, ActivationKind.Relu, Uniform(codes));
    }
}
