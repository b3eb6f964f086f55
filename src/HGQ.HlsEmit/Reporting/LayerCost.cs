using System;
using System.Collections.Generic;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Reporting;

/// <summary>Hardware that the emitted code of a layer asks for.</summary>
internal sealed class LayerCost
{
    private const int LutInputs = 4;
    private const int SliceInputs = 16;
    private const int LutPhases = 32;

    /// <summary>Adders by the bits in which their operands overlap.</summary>
    public SortedDictionary<int, int> Adders { get; } = [];

    /// <summary>Multiplications of two varying operands by their widths, the wider one first.</summary>
    public SortedDictionary<(int Wide, int Narrow), int> Multipliers { get; } = [];

    /// <summary>Products with constants that DSPs compute, by the widths of both, the wider one first.</summary>
    public SortedDictionary<(int Wide, int Narrow), int> DspProducts { get; } = [];

    /// <summary>Bits of all look-up tables, each as often as it is read.</summary>
    public long TableBits { get; private set; }

    /// <summary>Bits of comparators and selectors.</summary>
    public long SelectorBits { get; private set; }

    /// <summary>LUTs of the multiplexers that choose elements of arrays by the turn of a loop.</summary>
    public long MultiplexerLuts { get; private set; }

    /// <summary>Adders on the longest way through the layer's sums.</summary>
    public int Depth { get; private set; }

    /// <summary>Wires between the levels of its sums.</summary>
    public LiveBits Live { get; } = new();

    /// <summary>Notes that an adder reads a wire.</summary>
    public void Read(Operand operand, int from, int to)
    {
        if (!operand.IsConstant)
        {
            Live.Read(operand.Text, (long)operand.Type.Width * Copies, from, to);
        }
    }

    /// <summary>How often everything that is counted now stands in the hardware: the positions of a loop.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>
    /// Counts an adder by the bits in which its operands overlap: those of the wider one, without the lowest ones that only one of
    /// them has. The highest bit of the sum is a carry, which costs no LUT.
    /// </summary>
    public void CountAdder(RawInterval left, RawInterval right, int distance, WireType sum) =>
        CountAdder(Math.Max(1, Math.Min(WireType.For(left.Union(right)).Width, sum.Width) - distance));

    /// <summary>Counts a rounding, or an adder of so many bits.</summary>
    public void CountAdder(int bits) => Adders[bits] = Adders.GetValueOrDefault(bits) + Copies;

    /// <summary>Counts a multiplication.</summary>
    public void CountMultiplier(int left, int right)
    {
        var key = (Math.Max(left, right), Math.Min(left, right));
        Multipliers[key] = Multipliers.GetValueOrDefault(key) + Copies;
    }

    /// <summary>Counts a product with a constant that a DSP computes.</summary>
    public void CountDsp(int operand, int constant)
    {
        var key = (Math.Max(operand, constant), Math.Min(operand, constant));
        DspProducts[key] = DspProducts.GetValueOrDefault(key) + Copies;
    }

    /// <summary>Products of folded layers that LUTs compute, by the widths of both, the wider one first.</summary>
    public SortedDictionary<(int Wide, int Narrow), int> FoldedProducts { get; } = [];

    /// <summary>Bits of the tables of weights.</summary>
    public long RomBits { get; private set; }

    /// <summary>LUTs of these tables.</summary>
    public long RomLuts { get; private set; }

    /// <summary>Counts a multiplier that a folded product uses in each phase.</summary>
    public void CountFolded(int input, int weight, bool isDsp)
    {
        if (isDsp)
        {
            CountDsp(input, weight);
            return;
        }

        var key = (Math.Max(input, weight), Math.Min(input, weight));
        FoldedProducts[key] = FoldedProducts.GetValueOrDefault(key) + 1;
    }

    /// <summary>Counts tables of so many bits a phase: a LUT holds two bits of 32 phases, or one of 64.</summary>
    public void CountRom(int phases, long bits)
    {
        RomBits += bits * phases;
        RomLuts += phases <= LutPhases ? (bits + 1) / 2 : bits * ((phases + (2 * LutPhases) - 1) / (2 * LutPhases));
    }

    /// <summary>Counts a table.</summary>
    public void CountTable(long bits) => TableBits += bits * Copies;

    /// <summary>Counts a comparison, or a choice between two values.</summary>
    public void CountSelector(int bits) => SelectorBits += (long)bits * Copies;

    /// <summary>Counts the choice of so many bits, each of as many as there are inputs: four inputs a LUT, sixteen in a slice with its
    /// own multiplexers.</summary>
    public void CountMultiplexer(int bits, int inputs)
    {
        for (long rest = inputs; rest > 1; rest = (rest + SliceInputs - 1) / SliceInputs)
        {
            MultiplexerLuts += bits * ((rest + LutInputs - 1) / LutInputs) * Copies;
        }
    }

    /// <summary>Notes the length of a way.</summary>
    public void Reach(int depth) => Depth = Math.Max(Depth, depth);
}
