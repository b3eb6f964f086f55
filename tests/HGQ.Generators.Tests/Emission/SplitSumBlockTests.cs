using System;
using System.Linq;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.Generators.Tests.Emission;

/// <summary>Sums of more than 16 bits in a high and a low part: equal integers at every width of vectors.</summary>
public class SplitSumBlockTests
{
    private const string Comment = "high and low parts of 16 bits";
    private static readonly FixedPointFormat Input = new(true, 3, 3);

    // Kernels whose weights have fraction bits of their own, as training leaves them: large ones are multiples of powers of two.
    [Theory]
    [InlineData(1, RoundingMode.Truncate, OverflowMode.Wrap, ActivationKind.Relu)]
    [InlineData(2, RoundingMode.Truncate, OverflowMode.Saturate, ActivationKind.Linear)]
    [InlineData(0, RoundingMode.RoundHalfUp, OverflowMode.Wrap, ActivationKind.Relu)]
    [InlineData(1, RoundingMode.RoundHalfUp, OverflowMode.Saturate, ActivationKind.Relu)]
    [InlineData(2, RoundingMode.RoundHalfUp, OverflowMode.Saturate, ActivationKind.Relu)]
    [InlineData(2, RoundingMode.RoundHalfUp, OverflowMode.SaturateSymmetric, ActivationKind.Linear)]
    [InlineData(1, RoundingMode.RoundHalfDown, OverflowMode.Saturate, ActivationKind.Linear)]
    public void Roundings_and_overflows(int fraction, RoundingMode rounding, OverflowMode overflow, ActivationKind activation)
        => Assert.Contains(Comment, AssertEqual(
            Dense(30, 26, coarse: true), new FixedPointFormat(true, 5, fraction), rounding, overflow, activation));

    // No weight is a multiple of anything: those that are too large for the low part are split in two.
    [Theory]
    [InlineData(40, 90)]
    [InlineData(20, 700)]
    [InlineData(4, 5_000)]
    public void Weights_that_are_split_in_two(int inputs, int most)
    {
        var random = new Random(most);
        long[] weights = [.. Enumerable.Range(0, inputs * 7).Select(_ => (random.Next(-most, most) * 2L) + 1)];
        string source = AssertEqual(
            Of(inputs, 7, weights), new FixedPointFormat(false, 4, 1), RoundingMode.RoundHalfUp, OverflowMode.Wrap, ActivationKind.Relu);
        Assert.Contains(Comment, source);
    }

    // Half to even looks at what a shift drops in another way.
    [Theory]
    [InlineData(RoundingMode.RoundHalfEven)]
    [InlineData(RoundingMode.TruncateToZero)]
    public void Other_roundings_take_wider_lanes(RoundingMode rounding)
        => Assert.DoesNotContain(Comment, AssertEqual(
            Dense(30, 26, coarse: true), new FixedPointFormat(true, 3, 2), rounding, OverflowMode.Saturate, ActivationKind.Linear));

    // A result that keeps all bits of its sum has none that a low part could hold.
    [Fact]
    public void A_result_of_more_than_16_bits_takes_wider_lanes()
        => Assert.DoesNotContain(Comment, AssertEqual(
            Dense(30, 26, coarse: false),
            new FixedPointFormat(true, 14, 10),
            RoundingMode.Truncate,
            OverflowMode.Saturate,
            ActivationKind.Linear));

    // More multiples than are kept: none is, and no sum is shared.
    [Fact]
    public void Many_different_weights()
    {
        var random = new Random(9);
        long[] weights = [.. Enumerable.Range(0, 34 * 70).Select(_ => random.NextInt64(-75, 75))];
        string source = AssertEqual(
            Of(34, 70, weights), new FixedPointFormat(true, 5, 0), RoundingMode.RoundHalfUp, OverflowMode.Saturate, ActivationKind.Relu);
        Assert.Contains(Comment, source);
        Assert.DoesNotContain("ref short m", source);
    }

    [Fact]
    public void A_convolution()
    {
        int[] ones = [1, 1];
        TensorShape kernel = TensorShape.Of(3, 3, 3, 16), shape = TensorShape.Of(5, 4, 16);
        LayerNode conv = new ConvLayer("conv", "q", Kernel(kernel, Coarse(kernel.Size)), null, ones, ones, PaddingKind.Valid, 1,
            ActivationKind.Relu, Quantizer(shape, new FixedPointFormat(false, 4, 2), RoundingMode.RoundHalfUp, OverflowMode.Wrap), 1);
        Assert.Contains(Comment, AssertEqual(TensorShape.Of(7, 6, 3), conv));
    }

    private static (int Inputs, int Outputs, long[] Weights) Dense(int inputs, int outputs, bool coarse)
    {
        var random = new Random(7);
        long[] fine = [.. Enumerable.Range(0, inputs * outputs).Select(_ => random.NextInt64(-900, 900))];
        return Of(inputs, outputs, coarse ? Coarse(inputs * outputs) : fine);
    }

    private static (int Inputs, int Outputs, long[] Weights) Of(int inputs, int outputs, long[] weights) => (inputs, outputs, weights);

    private static long[] Coarse(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ => (long)random.Next(-9, 10) << random.Next(0, 9))];
    }

    private static string AssertEqual(
        (int Inputs, int Outputs, long[] Weights) product,
        FixedPointFormat result,
        RoundingMode rounding,
        OverflowMode overflow,
        ActivationKind activation)
    {
        var random = new Random(3);
        var bias = new IntegerTensor(TensorFormat.Uniform(TensorShape.Of(product.Outputs), new FixedPointFormat(true, 6, 5)),
            new EquatableArray<long>([.. Enumerable.Range(0, product.Outputs).Select(_ => (long)random.Next(-1000, 1000))]));
        return AssertEqual(TensorShape.Of(product.Inputs), new DenseLayer("dense", "q",
            Kernel(TensorShape.Of(product.Inputs, product.Outputs), product.Weights), bias, activation,
            Quantizer(TensorShape.Of(product.Outputs), result, rounding, overflow)));
    }

    private static string AssertEqual(TensorShape inputs, LayerNode layer)
    {
        LayerNode[] layers =
        [
            new InputLayer("x", inputs),
            new QuantizeLayer("q", "x", Quantizer(inputs, Input, RoundingMode.RoundHalfUp, OverflowMode.Saturate)),
            layer,
        ];
        var program = Lowerer.Lower(new ModelGraph("split", layers, new[] { new ModelOutput("y", layer.Name) }, ModelMetadata.Empty));
        var random = new Random(5);
        const int samples = 75;

        // Samples at the ends of the range first, where sums are as large as they can be.
        double[] reals = [.. Enumerable.Range(0, samples * inputs.Size)
            .Select(n => n < inputs.Size ? 99 : n < 2 * inputs.Size ? -99 : random.Next(-80, 80) / 8.0)];
        EngineComparison.AssertEqual(program, reals, layer.Name);
        return CSharpEmitter.Emit(program, new CSharpOptions("N", "M"));
    }

    private static IntegerTensor Kernel(TensorShape shape, long[] raw)
        => new(TensorFormat.Uniform(shape, new FixedPointFormat(true, 11, 5)), raw);

    private static QuantizerSpec Quantizer(TensorShape shape, FixedPointFormat format, RoundingMode rounding, OverflowMode overflow)
        => new(TensorFormat.Uniform(shape, format), rounding, overflow);
}
