using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

namespace HGQ.Generators.Tests.Emission;

/// <summary>Straight-line code of products that the optimiser of .NET 10 once compiled to other integers.</summary>
public class UnrolledBlockTests
{
    // −3x + 3y + 6z from an accumulator of 0: the constant 3 was used for y before it was loaded for x.
    [Theory]
    [InlineData(-3, 3, 6)]
    [InlineData(-6, 6, 3)]
    [InlineData(-3, -3, 6)]
    [InlineData(-1, 1, -1)]
    [InlineData(-3, -3, -3)]
    public void A_sum_that_begins_with_what_is_subtracted(int first, int second, int third)
    {
        TensorShape inputs = TensorShape.Of(60), shape = TensorShape.Of(3), one = TensorShape.Of(3, 1);
        var random = new Random(3);
        var narrow = new FixedPointFormat(true, 4, 0);
        QuantizerSpec Narrow(TensorShape of) => new(TensorFormat.Uniform(of, narrow), RoundingMode.RoundHalfUp, OverflowMode.Saturate);
        IntegerTensor Kernel(TensorShape of, params long[] raw) => new(TensorFormat.Uniform(of, narrow), raw);
        var output = new QuantizerSpec(TensorFormat.Uniform(TensorShape.Of(1), new FixedPointFormat(true, 8, -6)),
            RoundingMode.RoundHalfEven, OverflowMode.Saturate);
        LayerNode[] layers =
        [
            new InputLayer("x", inputs),
            new QuantizeLayer("q", "x", Narrow(inputs)),
            new DenseLayer("first", "q",
                Kernel(TensorShape.Of(60, 3), [.. Enumerable.Range(0, 180).Select(_ => (long)random.Next(-1, 2))]), null,
                    ActivationKind.Linear, Narrow(shape)),
            new DenseLayer("second", "first", Kernel(one, first, second, third), null, ActivationKind.Linear, output),
        ];
        var program = Lowerer.Lower(new ModelGraph("straight", layers, new[] { new ModelOutput("y", "second") }, ModelMetadata.Empty));
        EngineComparison.AssertEqual(program, [.. Enumerable.Range(0, 80 * 60).Select(_ => (double)random.Next(-16, 16))],
            $"{first}, {second}, {third}");
    }
}
