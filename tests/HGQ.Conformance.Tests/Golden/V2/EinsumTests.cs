using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;

namespace HGQ.Conformance.Tests.Golden.V2;

/// <summary>The reader's products along labelled axes against the sum that the equation means.</summary>
public sealed class EinsumTests
{
    private static readonly Dictionary<char, int> Sizes = new() { ['a'] = 1, ['b'] = 1, ['c'] = 2, ['d'] = 3, ['e'] = 4, ['f'] = 2, ['n'] = 3 };

    [Theory]
    [InlineData("bc,cd->bd", "")]
    [InlineData("bc,cd->bd", "d")]
    [InlineData("bec,cd->bed", "d")]
    [InlineData("bec,cd->bed", "ed")]
    [InlineData("bce,cd->bed", "1d")]
    [InlineData("bec,cdf->bdef", "d1f")]
    [InlineData("becd,cdf->bfe", "f1")]
    [InlineData("bnc,ncd->bnd", "nd")]
    [InlineData("bnce,cd->bdne", "")]
    [InlineData("b...c,cd->b...d", "d")]
    public void A_constant_kernel(string equation, string bias)
    {
        var written = equation.Replace("...", "e", StringComparison.Ordinal);
        var parts = written.Split(',', '>');
        string weights = parts[1].TrimEnd('-'), result = parts[2];
        var text = $$"""
            {"name":"y","op":"einsum_dense","equation":"{{equation}}","inputs":["q0"],"shape":{{List(Shape(result).Skip(1))}},
             "kernel":{{Constants(Shape(weights), 3)}}{{(bias.Length == 0 ? "" : ",\"bias\":" + Constants(Shape(bias), 5))}}}
            """;
        var graph = new GraphUnderConstruction();
        Input(graph, 0, parts[0]);
        new EinsumDense(graph, "y", JsonDocument.Parse(text).RootElement).Add("q0");
        var expected = Sum(result, [parts[0], weights], at => Value(parts[0], at, 0) * Weight(weights, at, 3));
        AssertEqual(graph, [parts[0]], expected.Select((value, e) => value + (bias.Length == 0 ? 0 : BiasOf(bias, result, e))));
    }

    [Theory]
    [InlineData("bcd,bed->bce")]
    [InlineData("bde,bef->bdf")]
    [InlineData("aecd,ancd->acne")]
    [InlineData("acne,aecd->ancd")]
    [InlineData("bcd,bcd->bcd")]
    [InlineData("bcn,bde->becd")]
    [InlineData("bc,bd->bcd")]
    [InlineData("bcd,bde,bef->bcf")]
    [InlineData("bcd->bdc")]
    [InlineData("bcde->bec")]
    public void Activations(string equation)
    {
        var sides = equation.Split("->");
        var operands = sides[0].Split(',');
        var graph = new GraphUnderConstruction();
        for (var n = 0; n < operands.Length; n++)
        {
            Input(graph, n, operands[n]);
        }

        new EinsumProduct(graph, "y", equation).Add([.. operands.Select((_, n) => $"q{n}")]);
        var expected = Sum(sides[1], operands, at => operands.Select((labels, n) => Value(labels, at, n)).Aggregate(1L, (product, value) => product * value));
        AssertEqual(graph, operands, expected);
    }

    private static void AssertEqual(GraphUnderConstruction graph, string[] operands, IEnumerable<long> expected)
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(graph.Finish("einsum", ["y"])));
        double[] sample = [.. operands.SelectMany((labels, n) => Enumerable.Range(0, Size(labels)).Select(e => (double)Number(e, n)))];
        Assert.Equal(expected.Select(value => (double)value), interpreter.Decode(interpreter.Predict(sample)));
    }

    // Results in row-major order; labels that are not among them are summed.
    private static IEnumerable<long> Sum(string result, string[] operands, Func<IReadOnlyDictionary<char, int>, long> term)
    {
        var sizes = new SortedDictionary<char, int>(string.Concat(operands).Distinct().ToDictionary(label => label, label => Sizes[label]));
        var sums = new long[Size(result)];
        foreach (var at in LabelledIndex.Combinations(sizes))
        {
            sums[Index(result, at)] += term(at);
        }

        return sums;
    }

    private static long Value(string labels, IReadOnlyDictionary<char, int> at, int operand) => Number(Index(labels, at), operand);

    private static long Weight(string labels, IReadOnlyDictionary<char, int> at, int salt) => Number(Index(labels, at), salt);

    private static long BiasOf(string bias, string result, int element)
    {
        int index = 0, step = 1;
        for (var axis = result.Length - 1; axis >= result.Length - bias.Length; axis--)
        {
            var label = bias[axis - result.Length + bias.Length];
            index += label == '1' ? 0 : element % Sizes[result[axis]] * step;
            step *= label == '1' ? 1 : Sizes[label];
            element /= Sizes[result[axis]];
        }

        return Number(index, 5);
    }

    private static int Index(string labels, IReadOnlyDictionary<char, int> at) =>
        labels.Aggregate(0, (index, label) => (index * Sizes[label]) + at[label]);

    private static int Number(int element, int salt) => ((element * 7) + (salt * 3) + (element * element % 5)) % 15 - 7;

    private static int Size(string labels) => Shape(labels).Aggregate(1, (product, size) => product * size);

    private static IEnumerable<int> Shape(string labels) => labels.Select(label => label == '1' ? 1 : Sizes[label]);

    private static void Input(GraphUnderConstruction graph, int number, string labels)
    {
        var shape = new TensorShape(Shape(labels).Skip(1).ToArray());
        graph.Add(new InputLayer($"x{number}", shape), shape);
        var format = TensorFormat.Uniform(shape, new FixedPointFormat(true, 4, 0));
        graph.Add(new QuantizeLayer($"q{number}", $"x{number}", new(format, RoundingMode.Truncate, OverflowMode.Wrap)), shape);
    }

    private static string Constants(IEnumerable<int> shape, int salt)
    {
        var sizes = shape.ToArray();
        var raw = Enumerable.Range(0, sizes.Aggregate(1, (product, size) => product * size)).Select(e => Number(e, salt));
        return $$"""{"raw":{"shape":{{List(sizes)}},"data":{{List(raw)}}},"k":1,"i":4,"f":0}""";
    }

    private static string List(IEnumerable<int> numbers) => JsonSerializer.Serialize(numbers);
}
