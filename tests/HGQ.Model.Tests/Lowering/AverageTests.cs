using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing.Graphs;
using static HGQ.Model.Tests.Lowering.SmallGraphs;

namespace HGQ.Model.Tests.Lowering;

/// <summary>Averages: exact for every sum that can occur, or refused.</summary>
public sealed class AverageTests
{
    public static TheoryData<RoundingMode, int, int> EveryRounding()
    {
        var data = new TheoryData<RoundingMode, int, int>();
        foreach (var rounding in Enum.GetValues<RoundingMode>().Where(rounding => rounding != RoundingMode.RoundHalfEven))
        {
            foreach (int window in new[] { 3, 5, 6, 7, 12 })
            {
                for (var resultBits = -3; resultBits <= 5; resultBits++)
                {
                    data.Add(rounding, window, resultBits);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryRounding))]
    public void Every_sum_is_divided_exactly(RoundingMode rounding, int window, int resultBits) =>
        AssertEverySum(rounding, window, resultBits);

    // 2^−(f+1) is finer than any quotient that is no whole multiple of a third: ties do not occur.
    [Theory]
    [InlineData(3, 2)]
    [InlineData(3, 5)]
    [InlineData(6, 3)]
    public void Ties_to_even_are_possible_where_there_are_no_ties(int window, int resultBits) =>
        AssertEverySum(RoundingMode.RoundHalfEven, window, resultBits);

    [Theory]
    [InlineData(3, 1)]
    [InlineData(6, 2)]
    [InlineData(12, 0)]
    public void Ties_to_even_are_refused_where_there_are_ties(int window, int resultBits)
    {
        var graph = Graph(window, Quantizer(RoundingMode.RoundHalfEven, resultBits), window, PaddingKind.Valid);
        Assert.Equal(GraphErrorCodes.InexactAverage, Assert.Throws<ModelGraphException>(() => Lowerer.Lower(graph)).Code);
    }

    [Fact]
    public void A_third_without_a_quantizer_is_refused_by_name()
    {
        var error = Assert.Throws<ModelGraphException>(() => Lowerer.Lower(Graph(3, null, 3, PaddingKind.Valid)));
        Assert.Equal((GraphErrorCodes.InexactAverage, "pool"), (error.Code, error.Layer));
        Assert.Contains("divides by 3", error.Message, StringComparison.Ordinal);
    }

    // Windows of two with padding behind the last element divide by 2, 2 and 1.
    [Fact]
    public void Padding_takes_no_part_in_an_average()
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(Graph(5, null, 2, PaddingKind.Same)));
        Assert.Equal([1.25, -2.0, 3.25], interpreter.Decode(interpreter.Predict([1, 1.5, -3, -1, 3.25])));
    }

    [Theory]
    [InlineData(RoundingMode.Truncate)]
    [InlineData(RoundingMode.RoundHalfDown)]
    [InlineData(RoundingMode.RoundHalfAway)]
    public void Windows_of_three_at_the_border_divide_by_what_is_inside(RoundingMode rounding)
    {
        var shape = TensorShape.Of(5, 1);
        var spec = new QuantizerSpec(TensorFormat.Uniform(shape, S(3, 1)), rounding, OverflowMode.Wrap);
        var graph = Of([
            .. Input([.. Enumerable.Repeat(S(2, 2), 5)]),
            new ReshapeLayer("rows", "q", shape),
            new PoolLayer("pool", "rows", PoolKind.Average, new[] { 3 }, new[] { 1 }, PaddingKind.Same, spec)]);
        AssertEqual(graph, RandomGraphs.Samples(graph, 5, 200));
    }

    private static void AssertEverySum(RoundingMode rounding, int window, int resultBits)
    {
        var graph = Graph(window, Quantizer(rounding, resultBits), window, PaddingKind.Valid);
        var samples = new List<double[]>();
        for (var sum = -8 * window; sum <= 7 * window; sum++)
        {
            var rest = sum + (8 * window);
            samples.Add([.. Enumerable.Range(0, window).Select(n => (((rest + n) / window) - 8) / 4.0)]);
        }

        AssertEqual(graph, samples);
    }

    private static void AssertEqual(ModelGraph graph, IEnumerable<double[]> samples)
    {
        foreach (var options in new[] { LoweringOptions.Default, LoweringOptions.Plain })
        {
            var interpreter = new ReferenceInterpreter(Lowerer.Lower(graph, options));
            foreach (var sample in samples)
            {
                var expected = ExactEvaluator.Evaluate(graph, sample)["pool"];
                var found = interpreter.Decode(interpreter.Predict(sample));
                Assert.Equal(expected.Select(value => FixedPointArithmetic.ToDouble((long)value.Raw, new(true, 40, value.FractionBits))), found);
            }
        }
    }

    private static QuantizerSpec Quantizer(RoundingMode rounding, int resultBits) =>
        new(TensorFormat.Uniform(TensorShape.Of(1, 1), S(6, resultBits)), rounding, OverflowMode.Saturate);

    // Inputs of one channel in quarters from −2 to 1.75 (four bits).
    private static ModelGraph Graph(int inputs, QuantizerSpec? quantizer, int window, PaddingKind padding) => Of([
        .. Input([.. Enumerable.Repeat(S(padding == PaddingKind.Valid ? 1 : 2, 2), inputs)]),
        new ReshapeLayer("rows", "q", TensorShape.Of(inputs, 1)),
        new PoolLayer("pool", "rows", PoolKind.Average, new[] { window }, new[] { window }, padding, quantizer)]);
}
