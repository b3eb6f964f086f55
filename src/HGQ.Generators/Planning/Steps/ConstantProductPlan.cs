using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>A constant product with what is done to its sums before they are stored.</summary>
internal sealed class ConstantProductPlan
{
    private readonly (int Offset, long Weight)[][] _terms;
    private readonly BigInteger[] _sums;

    /// <summary>Plans a step.</summary>
    public ConstantProductPlan(IntegerProgram program, BufferTypes types, ProgramStep step)
    {
        Product = (ConstantProductInstruction)step.Instruction;
        Destination = step.Destination;
        Layer = step.Layer;
        Outputs = Product.Groups * Product.Outputs;
        var sums = program.Buffers[Product.Destination];
        Finish = step.Requantize is null
            ? SumWrap.Of(sums, Outputs, true)
            : Enumerable.Range(0, Outputs).Select(j => RequantizeElement.Of(program, step.Requantize, j)).ToArray();
        WrapSums = step.Requantize is not null && Enumerable.Range(0, Outputs).Any(j => !LowBitsSuffice(sums, j));
        Sums = SumWrap.Of(sums, Outputs, WrapSums);
        int bits = Finish.Concat(Sums).Max(element => element.Bits);
        Lane = LaneType.Wider(LaneType.For(bits), types[Destination]);
        _terms = Sort();
        _sums = Array.ConvertAll(_terms, Sum);
        HasEqualTaps = Product.Groups > 1 || Product.TapOffsets.Distinct().Count() < Product.TapOffsets.Length;
        KeepsMultiples = Lane == LaneType.Int16
            && types[Product.Source] == LaneType.Int16
            && MultipleCount.In(Product) is > 0 and <= CostModel.MostMultiples;
    }

    public ConstantProductInstruction Product { get; }

    /// <summary>Buffer of the final results.</summary>
    public int Destination { get; }

    public string Layer { get; }

    /// <summary>Results of one position.</summary>
    public int Outputs { get; }

    /// <summary>Reduction of the sums, where the requantize that follows does not do it.</summary>
    public RequantizeElement[] Sums { get; }

    public bool WrapSums { get; }

    /// <summary>What is done to the sums of one position; the same at every position.</summary>
    public RequantizeElement[] Finish { get; }

    /// <summary>Type that sums are formed in, modulo 2^Bits.</summary>
    public LaneType Lane { get; }

    /// <summary>Whether multiples of the sources may be kept in memory while the product is computed.</summary>
    public bool KeepsMultiples { get; }

    /// <summary>Whether taps may read the same source element.</summary>
    public bool HasEqualTaps { get; }

    /// <summary>The terms of result j that are not 0: index relative to the position, weight.</summary>
    public IReadOnlyList<(int Offset, long Weight)> Terms(int j) => _terms[j];

    /// <summary>Sum of the weights of result j.</summary>
    public BigInteger SumOfWeights(int j) => _sums[j];

    /// <summary>Number of weights that are not 0.</summary>
    public int CountTerms() => _terms.Sum(terms => terms.Length);

    private static BigInteger Sum((int Offset, long Weight)[] terms)
    {
        BigInteger sum = BigInteger.Zero;
        long part = 0;
        foreach (var (_, weight) in terms)
        {
            // Sums of small weights, nearly all there are, need no large numbers.
            if (weight is > int.MaxValue or < int.MinValue || part is > int.MaxValue or < int.MinValue)
            {
                sum += part;
                part = 0;
            }

            part += weight;
        }

        return sum + part;
    }

    // Weights lie tap by tap; results are looked at one by one, many times.
    private (int Offset, long Weight)[][] Sort()
    {
        long[] weights = Product.Weights.ToArray();
        var counts = new int[Outputs];
        for (var n = 0; n < weights.Length; n++)
        {
            counts[Result(n)] += weights[n] == 0 ? 0 : 1;
        }

        var terms = Array.ConvertAll(counts, count => new (int, long)[count]);
        for (int n = weights.Length - 1; n >= 0; n--)
        {
            if (weights[n] != 0)
            {
                terms[Result(n)][--counts[Result(n)]] = (Product.TapOffsets[n / Product.Outputs], weights[n]);
            }
        }

        return terms;

        int Result(int n) => (n / (Product.Taps * Product.Outputs) * Product.Outputs) + (n % Product.Outputs);
    }

    // Whether the reader of a reduced sum takes no more than its low bits.
    private bool LowBitsSuffice(ProgramBuffer sums, int j)
    {
        var finish = Finish[j];
        if (finish.Known is not null || sums.Intervals[j] != sums.Formats[j].RawInterval)
        {
            return true;
        }

        bool wraps = finish.WrapMask != BigInteger.MinusOne;
        var needed = finish.WrapMask << finish.Right;
        return wraps && !finish.Relu && finish.SignMask.IsZero && needed < BigInteger.One << sums.Formats[j].Width;
    }
}
