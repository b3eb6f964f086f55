using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.HlsEmit.Tests;

/// <summary>Code grows with the kernel, not with the image (docs/hls.md 3.3).</summary>
public sealed class CodeSizeTests
{
    [Theory]
    [InlineData(PaddingKind.Valid)]
    [InlineData(PaddingKind.Same)]
    public void A_convolution_has_the_same_code_for_every_image(PaddingKind padding)
    {
        int small = Statements(6, padding), large = Statements(24, padding);
        Assert.Equal(small, large);
        Assert.InRange(small, 40, 400);
    }

    // Convolution, relu, pooling and a quantizer: everything that a layer of an image network is made of.
    private static int Statements(int size, PaddingKind padding)
    {
        const int window = 3;
        int positions = padding == PaddingKind.Same ? size : size - window + 1;
        int[] output = [positions, positions, 4], pooled = [positions / 2, positions / 2, 4];
        long[] weights = [.. Enumerable.Range(0, window * window * 2 * 4).Select(n => (n * 7 % 15) - 7L)];
        var format = new FixedPointFormat(false, 2, 4);
        var program = Lowerer.Lower(AnyModel.Graph(
            "small",
            [
                new InputLayer("x", TensorShape.Of(size, size, 2)),
                new QuantizeLayer("q", "x", SmallPrograms.To([size, size, 2], format, OverflowMode.Saturate)),
                new ConvLayer(
                    "conv", "q", SmallPrograms.Constants([window, window, 2, 4], weights), null, new[] { 1, 1 }, new[] { 1, 1 }, padding, 1, ActivationKind.Relu,
                    SmallPrograms.To(output, format, OverflowMode.Wrap), 1),
                new PoolLayer("pool", "conv", PoolKind.Max, new[] { 2, 2 }, new[] { 2, 2 }, PaddingKind.Valid, SmallPrograms.To(pooled, new FixedPointFormat(false, 2, 3), OverflowMode.Saturate)),
            ],
            "pool"));
        var files = HlsEmitter.Emit(program, new HlsOptions()).Files;
        return files.Where(file => file.Key.StartsWith("firmware/layers/", StringComparison.Ordinal) && file.Key.EndsWith(".cpp", StringComparison.Ordinal))
            .Sum(file => file.Value.Split('\n').Length);
    }
}
