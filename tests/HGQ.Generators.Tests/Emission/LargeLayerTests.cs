using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using HGQ.Cli.Engines;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.Generators.Tests.Emission;

/// <summary>
/// Layers whose products are cut into tiles of straight-line code, or are loops over packed weights: equal integers in every entry
/// point, and methods of bounded size.
/// </summary>
public class LargeLayerTests
{
    /// <summary>The JIT stops optimising beyond this size.</summary>
    private const int MostIntermediateLanguage = 60_000;

    /// <summary>Two blocks of the widest vectors at once, four narrower ones, and a rest of a few.</summary>
    private const int Samples = 101;

    private static readonly FixedPointFormat Unsigned = new(false, 4, 4);
    private static readonly FixedPointFormat Signed = new(true, 3, 4);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_dense_layer_beyond_the_budget_of_straight_line_code(bool signed)
        => AssertEqual(Chain(signed ? Signed : Unsigned, TensorShape.Of(301), Dense(301, 70, weight: 7), Dense(70, 9, weight: 7)), "MultiplyAddPairs512(", "fours of bytes");

    [Fact]
    public void A_dense_layer_of_many_inputs_of_which_most_have_no_weights()
        => AssertEqual(Chain(Signed, TensorShape.Of(785), Dense(785, 70, weight: 7, density: 0.15)), "MultiplyAddPairs512(", "PairRows0(");

    // Sums of 16 bits, and those of one tile wait in memory for the next.
    [Theory]
    [InlineData(30, "256Part1(")]
    [InlineData(30, "512Part1(")]
    [InlineData(150, "MultiplyAddPairs512(")]
    public void A_dense_layer_of_many_narrow_inputs(int outputs, string form)
        => AssertEqual(Chain(new FixedPointFormat(false, 3, 0), TensorShape.Of(785), Dense(785, outputs, weight: 2, density: 0.35)), form, "16-bit accumulators");

    // Inputs of one bit, or two, as training leaves them: six of them, or four, are an index.
    [Theory]
    [InlineData(false, 1, 785, 30, 3)]
    [InlineData(true, 0, 785, 30, 3)]
    [InlineData(false, 1, 129, 70, 60)]
    [InlineData(true, 1, 200, 70, 20)]
    [InlineData(false, 2, 321, 40, 12)]
    public void A_dense_layer_of_many_inputs_of_few_bits(bool signed, int bits, int inputs, int outputs, int weight)
        => AssertEqual(Chain(new FixedPointFormat(signed, bits, 0), TensorShape.Of(inputs), Dense(inputs, outputs, weight, density: 0.95)), "Lookup512(", "Lookup256(", "Lookup128(", "BitRow0(");

    // So many that offsets of rows of indices need more than 16 bits.
    [Fact]
    public void A_dense_layer_of_tens_of_thousands_of_single_bits()
        => AssertEqual(Chain(new FixedPointFormat(false, 1, 0), TensorShape.Of(33_000), Dense(33_000, 1, weight: 1, density: 0.9)), "Lookup256(");

    [Fact]
    public void A_weight_of_more_than_a_byte_of_an_input_of_one_bit()
        => Assert.DoesNotContain("Lookup", AssertEqual(Chain(new FixedPointFormat(false, 1, 0), TensorShape.Of(200), Dense(200, 30, weight: 500, density: 0.95))));

    // So many weights, nearly all 0, that its multiples are not counted, and have no memory: it must not keep any.
    [Fact]
    public void A_dense_layer_of_more_than_a_million_weights_of_which_few_are_not_zero()
        => Assert.DoesNotContain("512Part0(", AssertEqual(Chain(new FixedPointFormat(false, 1, 0), TensorShape.Of(2600), Dense(2600, 600, weight: 3, density: 0.007)), "16-bit accumulators"));

    [Fact]
    public void An_infinity_among_many_inputs_saturates_and_what_is_no_number_is_named()
    {
        var program = Lowerer.Lower(Chain(Signed, TensorShape.Of(301), Dense(301, 40, weight: 7)));
        using var model = GeneratedModel.Compile(program);
        const int count = 128 + 64 + 5;
        float[] inputs = Enumerable.Range(0, count * 301).Select(n => (n % 37) - 18.5F).ToArray(), limited = inputs.ToArray();
        const int place = (40 * 301) + 250;
        inputs[place] = float.NegativeInfinity;
        limited[place] = -8;
        Assert.Equal(limited.Chunk(301).SelectMany(sample => model.Predict(sample)), model.PredictBatch(inputs, count));
        double[] doubles = Array.ConvertAll(inputs, x => (double)x);
        Assert.Equal(limited.Chunk(301).SelectMany(sample => model.Predict(Array.ConvertAll(sample, x => (double)x))), model.PredictBatch(doubles, count));

        inputs[place] = float.NaN;
        var error = Assert.Throws<ArgumentException>(() => model.PredictBatch(inputs, count));
        Assert.Contains($"Element {place} is", error.Message, StringComparison.Ordinal);
        doubles[place] = double.NaN;
        error = Assert.Throws<ArgumentException>(() => model.PredictBatch(doubles, count));
        Assert.Contains($"Element {place} is", error.Message, StringComparison.Ordinal);
    }

    // Large weights that still are bytes, all of one sign: every 16-bit sum is as large as it can be.
    [Theory]
    [InlineData(63)]
    [InlineData(-63)]
    public void Extreme_weights_fill_the_16_bit_sums(int weight)
        => AssertEqual(Chain(Unsigned, TensorShape.Of(250), Dense(250, 80, weight, always: true)), "MultiplyAddPairs256(");

    [Fact]
    public void A_weight_of_more_than_a_byte_takes_the_general_loop()
    {
        string source = AssertEqual(Chain(Unsigned, TensorShape.Of(200), Dense(200, 80, weight: 300)));
        Assert.DoesNotContain("MultiplyAddPairs", source);
    }

    [Fact]
    public void A_convolution_whose_sums_need_32_bits()
        => AssertEqual(Chain(Unsigned, TensorShape.Of(9, 8, 16), Conv(3, 16, 24), Pool()), "MultiplyAddPairs128(", "fours of bytes", "Vector128.Max");

    [Fact]
    public void A_convolution_with_an_odd_number_of_channels_and_its_pool()
        => AssertEqual(Chain(Signed, TensorShape.Of(12, 12, 3), Conv(3, 3, 11), Pool()), "fours of bytes", "int c = global::System.Math.Min(n, ");

    [Fact]
    public void Methods_of_a_large_model_keep_below_the_size_that_the_JIT_optimises()
    {
        var program = Lowerer.Lower(Chain(Unsigned, TensorShape.Of(14, 14, 8), Conv(3, 8, 32), Pool(), Flatten(6 * 6 * 32), Dense(1152, 128, weight: 7), Dense(128, 64, weight: 1), Dense(64, 10, weight: 1)));
        using var model = GeneratedModel.Compile(program);
        const BindingFlags all = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        var sizes = model.Type.GetMethods(all)
            .Where(method => method.DeclaringType == model.Type)
            .Select(method => (method.Name, Size: method.GetMethodBody()?.GetILAsByteArray()?.Length ?? 0))
            .OrderByDescending(method => method.Size)
            .ToArray();

        Assert.Contains(sizes, method => method.Size > 1_000);
        Assert.Contains(sizes, method => method.Name.EndsWith("512Part0", StringComparison.Ordinal));
        Assert.True(sizes[0].Size < MostIntermediateLanguage, $"{sizes[0].Name} has {sizes[0].Size} bytes of IL");
    }

    private static string AssertEqual(ModelGraph graph, params string[] expected)
    {
        var program = Lowerer.Lower(graph);
        string source = CSharpEmitter.Emit(program, new CSharpOptions("N", "M"));
        Assert.All(expected, text => Assert.Contains(text, source));
        var random = new Random(11);
        double[] inputs = Enumerable.Range(0, Samples * program.InputSize).Select(n => n < program.InputSize ? 100
            : n < 2 * program.InputSize ? -100
            : n < 4 * program.InputSize ? random.Next(-400, 400) / 32.0
            : (random.NextDouble() * 18) - 1).ToArray();
        EngineComparison.AssertEqual(program, inputs, graph.Name);
        return source;
    }

    private delegate LayerNode NextLayer(string name, string input, Random random, ref int[] shape);

    private static ModelGraph Chain(FixedPointFormat input, TensorShape shape, params NextLayer[] next)
    {
        var random = new Random(8);
        var layers = new List<LayerNode>
        {
            new InputLayer("x", shape),
            new QuantizeLayer("q", "x", new QuantizerSpec(TensorFormat.Uniform(shape, input), RoundingMode.RoundHalfUp, OverflowMode.Saturate)),
        };
        int[] dimensions = shape.Dimensions.ToArray();
        foreach (var layer in next)
        {
            string name = "layer" + layers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            layers.Add(layer(name, layers[^1].Name, random, ref dimensions));
        }

        return new ModelGraph("large", layers.ToArray(), new[] { new ModelOutput("y", layers[^1].Name) }, ModelMetadata.Empty);
    }

    private static NextLayer Dense(int inputs, int outputs, int weight, bool always = false, double density = 0.5) => (string name, string input, Random random, ref int[] shape) =>
    {
        shape = [outputs];
        return new DenseLayer(name, input, Kernel(TensorShape.Of(inputs, outputs), weight, random, always, density), Bias(outputs, random), ActivationKind.Relu, Quantizer(TensorShape.Of(outputs)));
    };

    private static NextLayer Conv(int window, int channels, int outputs) => (string name, string input, Random random, ref int[] shape) =>
    {
        shape = [shape[0] - window + 1, shape[1] - window + 1, outputs];
        var kernel = Kernel(TensorShape.Of(window, window, channels, outputs), 20, random, always: false);
        int[] ones = [1, 1];
        return new ConvLayer(name, input, kernel, Bias(outputs, random), ones, ones, PaddingKind.Valid, 1, ActivationKind.Relu, Quantizer(TensorShape.Of(shape)), 1);
    };

    private static NextLayer Pool() => (string name, string input, Random random, ref int[] shape) =>
    {
        shape = [shape[0] / 2, shape[1] / 2, shape[2]];
        return new PoolLayer(name, input, PoolKind.Max, new[] { 2, 2 }, new[] { 2, 2 }, PaddingKind.Valid, null);
    };

    private static NextLayer Flatten(int size) => (string name, string input, Random random, ref int[] shape) =>
    {
        shape = [size];
        return new ReshapeLayer(name, input, TensorShape.Of(size));
    };

    private static IntegerTensor Kernel(TensorShape shape, int weight, Random random, bool always, double density = 0.5)
    {
        var raw = Enumerable.Range(0, shape.Size).Select(_ => always ? weight : random.NextDouble() >= density ? 0L : random.Next(-Math.Abs(weight), Math.Abs(weight) + 1)).ToArray();
        return new IntegerTensor(TensorFormat.Uniform(shape, new FixedPointFormat(true, 3, 8)), new EquatableArray<long>(raw));
    }

    private static IntegerTensor Bias(int outputs, Random random) => new(
        TensorFormat.Uniform(TensorShape.Of(outputs), new FixedPointFormat(true, 3, 5)),
        Enumerable.Range(0, outputs).Select(_ => (long)random.Next(-60, 200)).ToArray());

    private static QuantizerSpec Quantizer(TensorShape shape)
        => new(TensorFormat.Uniform(shape, Unsigned), RoundingMode.RoundHalfUp, OverflowMode.Wrap);
}
