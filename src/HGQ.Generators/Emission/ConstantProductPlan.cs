using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>A constant product with what is done to its sums before they are stored.</summary>
internal sealed class ConstantProductPlan
{
    public ConstantProductPlan(Kernel kernel, ProgramStep step)
    {
        Product = (ConstantProductInstruction)step.Instruction;
        Destination = step.Destination;
        Layer = step.Layer;
        Outputs = Product.Groups * Product.Outputs;
        var sums = kernel.Program.Buffers[Product.Destination];
        Finish = step.Requantize is null
            ? SumWrap.Of(sums, Outputs, true)
            : Enumerable.Range(0, Outputs).Select(j => RequantizeElement.Of(kernel.Program, step.Requantize, j)).ToArray();
        WrapSums = step.Requantize is not null && Enumerable.Range(0, Outputs).Any(j => !LowBitsSuffice(sums, j));
        Sums = SumWrap.Of(sums, Outputs, WrapSums);
        int bits = Finish.Concat(Sums).Max(element => element.Bits);
        Lane = LaneType.Wider(LaneType.For(bits), kernel.Storage.TypeOf(Destination));
        KeepsMultiples = kernel.Shape.IsVector
            && Lane == LaneType.Int16
            && kernel.Storage.TypeOf(Product.Source) == LaneType.Int16
            && KeptMultiples.CountIn(Product) is > 0 and <= KeptMultiples.Most;
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

    /// <summary>Whether multiples of the sources may be kept in memory while the product is computed (<see cref="KeptMultiples"/>).</summary>
    public bool KeepsMultiples { get; }

    /// <summary>The terms of result j that are not 0: index relative to the position, weight.</summary>
    public IEnumerable<(int Offset, long Weight)> Terms(int j)
    {
        int group = j / Product.Outputs, o = j % Product.Outputs;
        for (var t = 0; t < Product.Taps; t++)
        {
            int gt = (group * Product.Taps) + t;
            long weight = Product.Weights[(gt * Product.Outputs) + o];
            if (weight != 0)
            {
                yield return (Product.TapOffsets[gt], weight);
            }
        }
    }

    /// <summary>Number of weights that are not 0.</summary>
    public int CountTerms() => Product.Weights.Count(weight => weight != 0);

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
