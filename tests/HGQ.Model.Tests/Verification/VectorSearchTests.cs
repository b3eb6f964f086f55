using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Model.Tests.Verification;

public sealed class VectorSearchTests
{
    // Chance does not find the ends of a sum of 24 terms: 2 of 2^96 samples.
    [Fact]
    public void A_sum_in_the_middle_of_a_first_layer_is_driven_to_both_ends()
    {
        var program = Lowerer.Lower(Dense(24, n => (n % 2 == 0 ? 3 : -5) + (n % 5)));
        var product = program.Instructions.OfType<ConstantProductInstruction>().Single();
        var terms = Enumerable.Range(3, 20).Select(e => new WireTerm(product.Source, e, product.Weights[e])).ToArray();
        long low = -terms.Sum(term => term.Weight > 0 ? 8 * term.Weight : -7 * term.Weight), high = terms.Sum(term => term.Weight > 0 ? 7 * term.Weight : -8 * term.Weight);
        var interval = new RawInterval(low, high);
        var wire = new AdderWire("dense", true, interval.SignedBits, interval, new[] { new WirePlace(terms, 0, new[] { new WireReader(product.Destination, 0, 1) }) });
        var found = VectorSearch.Find(program, new CornerOptions(Random: 100), [wire]);
        var sums = found.Vectors.Select(vector => terms.Sum(term => term.Weight * vector.Codes[term.Element])).ToArray();
        Assert.Equal(low, sums.Min());
        Assert.Equal(high, sums.Max());
        var layer = found.Coverage.Layers.Single(l => l.Layer == "dense");
        Assert.Equal((1, 1), (layer.Wires, layer.WiresAtBothEnds));
        Assert.Equal((2, 2), (layer.Narrowings, layer.NarrowingsSeen));
        Assert.Equal(layer.Elements, layer.ElementsAtBothEnds);
    }

    [Fact]
    public void Ends_that_no_input_reaches_are_not_counted()
    {
        var program = Lowerer.Lower(Dense(2, _ => 1));
        var product = program.Instructions.OfType<ConstantProductInstruction>().Single();

        // x0 − (x0 + x1): its operands depend on each other, it is never more than 8.
        WireTerm[] terms = [new(product.Source, 0, 1), new(product.Destination, 0, -1)];
        var wire = new AdderWire("dense", true, 6, new RawInterval(-22, 23), new[] { new WirePlace(terms, 0, new[] { new WireReader(product.Destination, 0, 1) }) });
        var layer = VectorSearch.Find(program, CornerOptions.Default, [wire]).Coverage.Layers.Single(l => l.Layer == "dense");
        Assert.Equal((1, 0), (layer.Wires, layer.WiresAtBothEnds));
        Assert.Equal((2, 0), (layer.Narrowings, layer.NarrowingsSeen));
    }

    [Fact]
    public void Every_entry_of_a_table_and_every_border_of_a_rounding_is_met()
    {
        var index = new FixedPointFormat(true, 4, 5);
        var table = new LookupTable(index, new FixedPointFormat(true, 1, 3), Enumerable.Range(0, 1024).Select(n => (long)((n * 5 % 16) - 8)).ToArray());
        var layers = new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(2)),
            new QuantizeLayer("q", "x", Quantizer([2], new FixedPointFormat(true, 5, 8), OverflowMode.Saturate)),
            new QuantizeLayer("index", "q", Quantizer([2], index, OverflowMode.SaturateSymmetric)),
            new TableLayer("table", "index", new[] { table }, new[] { 0 }, null),
        };
        var program = Lowerer.Lower(new ModelGraph("table", layers, new[] { new ModelOutput("y", "table") }, ModelMetadata.Empty));
        var coverage = VectorSearch.Find(program, new CornerOptions(Random: 100), []).Coverage;

        // The code that stands for −16 is never given: the limits are symmetric.
        Assert.Equal((1023, 1023), (coverage.TableEntries, coverage.TableEntriesRead));
        Assert.InRange(coverage.Total.Borders, 20, 200);
        Assert.Equal(coverage.Total.Borders, coverage.Total.BordersSeen);
    }

    [Fact]
    public void The_same_options_give_the_same_vectors_and_all_of_them_run()
    {
        var program = Lowerer.Lower(Dense(9, n => n - 4));
        var first = VectorSearch.Find(program, new CornerOptions(Seed: 3), []).Vectors;
        Assert.Equal(first, VectorSearch.Find(program, new CornerOptions(Seed: 3), []).Vectors);
        Assert.NotEqual(first, VectorSearch.Find(program, new CornerOptions(Seed: 4), []).Vectors);
        var interpreter = new ReferenceInterpreter(program);
        Assert.All(first, vector => interpreter.Run(vector.Codes.ToArray(), new long[program.OutputSize]));
    }

    private static ModelGraph Dense(int inputs, Func<int, int> weight)
    {
        var weights = new IntegerTensor(
            TensorFormat.Uniform(TensorShape.Of(inputs, 1), new FixedPointFormat(true, 5, 0)), Enumerable.Range(0, inputs).Select(n => (long)weight(n)).ToArray());
        var layers = new LayerNode[]
        {
            new InputLayer("x", TensorShape.Of(inputs)),
            new QuantizeLayer("q", "x", Quantizer([inputs], new FixedPointFormat(true, 3, 0), OverflowMode.Wrap)),
            new DenseLayer("dense", "q", weights, null, ActivationKind.Linear, null),
        };
        return new ModelGraph("dense", layers, new[] { new ModelOutput("y", "dense") }, ModelMetadata.Empty);
    }

    private static QuantizerSpec Quantizer(int[] shape, FixedPointFormat format, OverflowMode overflow)
        => new(TensorFormat.Uniform(TensorShape.Of(shape), format), RoundingMode.RoundHalfUp, overflow);
}
