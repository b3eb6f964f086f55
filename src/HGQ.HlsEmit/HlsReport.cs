using System.Collections.Generic;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit;

/// <summary>What an emitted project costs, layer by layer.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Top">Name of the top function.</param>
/// <param name="Layers">The layers in execution order.</param>
/// <param name="Ebops">Effective bit operations of all layers.</param>
/// <param name="Luts">Estimated look-up tables of the FPGA (LUT); see report.md for the error.</param>
/// <param name="Dsps">Estimated multipliers of the FPGA (DSP).</param>
/// <param name="Depth">Adders and comparators on the longest way, all layers one behind the other.</param>
/// <param name="Vectors">Samples of the test bench that were made for it, beside given ones.</param>
/// <param name="Coverage">What these samples reach.</param>
public sealed record HlsReport(
    string Model,
    string Top,
    IReadOnlyList<HlsLayerReport> Layers,
    double Ebops,
    long Luts,
    long Dsps,
    int Depth,
    int Vectors,
    VectorCoverage Coverage)
{
    /// <summary>Family of parts that the clocks and registers are estimated for.</summary>
    public string PartFamily { get; init; } = "";

    /// <summary>Nanoseconds of a clock that are there for logic, for which they are estimated.</summary>
    public double LogicPeriod { get; init; }

    /// <summary>Estimated registers of all layers.</summary>
    public long Registers { get; init; }

    /// <summary>Estimated clocks from a sample to its results, all layers one behind the other.</summary>
    public long Clocks { get; init; }

    /// <summary>What an engineer should know before synthesis, such as multiplexers that the options ask for.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Estimated look-up tables of the function around the model that ties it to a bus, beside <see cref="Luts"/>; null
    /// without a bus.</summary>
    public long? BusLuts { get; init; }

    /// <summary>Layers that a reuse factor does not fold, and why.</summary>
    public IReadOnlyList<string> NotFolded { get; init; } = [];
}

/// <summary>A dense product that is computed in several clock cycles.</summary>
/// <param name="Phases">Clock cycles of a sample.</param>
/// <param name="Axis">What takes turns.</param>
/// <param name="Multipliers">Multipliers that stand in the hardware.</param>
/// <param name="RomBits">Bits of the tables of weights; they are LUTs, no block RAM.</param>
/// <param name="UnfoldedLuts">Estimated LUT of the layer if it were not folded.</param>
/// <param name="UnfoldedDsps">Estimated DSP of the layer if it were not folded.</param>
public sealed record HlsFoldReport(int Phases, HlsFoldAxis Axis, int Multipliers, long RomBits, long UnfoldedLuts, long UnfoldedDsps);

/// <summary>What a layer costs.</summary>
/// <param name="Layer">Name of the layer in the model.</param>
/// <param name="Unit">Name of its function and files.</param>
/// <param name="Kind">Kind of layer.</param>
/// <param name="Shape">Shape of its output.</param>
/// <param name="InputBits">Bits of all wires that come from other layers or the ports.</param>
/// <param name="OutputBits">Bits of all wires that leave the layer.</param>
/// <param name="Weights">Number of weights.</param>
/// <param name="NonzeroWeights">Weights that are not 0.</param>
/// <param name="Ebops">Effective bit operations.</param>
/// <param name="Adders">Number of adders by width in bits.</param>
/// <param name="Multipliers">Number of multipliers of two varying operands by their widths.</param>
/// <param name="TableBits">Bits of look-up tables.</param>
/// <param name="SelectorBits">Bits of comparators and selectors.</param>
/// <param name="MultiplexerLuts">Estimated LUT of multiplexers that choose elements of arrays by the turn of a loop; part of <paramref
/// name="Luts"/>.</param>
/// <param name="FifoBits">Bits that the streams behind the layer hold.</param>
/// <param name="LineBufferBits">Bits of the positions that the layer's process keeps.</param>
/// <param name="Luts">Estimated LUT.</param>
/// <param name="Dsps">Estimated DSP.</param>
/// <param name="Depth">Adders or comparators on the longest way.</param>
public sealed record HlsLayerReport(
    string Layer,
    string Unit,
    string Kind,
    string Shape,
    int InputBits,
    int OutputBits,
    int Weights,
    int NonzeroWeights,
    double Ebops,
    IReadOnlyDictionary<int, int> Adders,
    IReadOnlyDictionary<(int Left, int Right), int> Multipliers,
    long TableBits,
    long SelectorBits,
    long MultiplexerLuts,
    long FifoBits,
    long LineBufferBits,
    long Luts,
    long Dsps,
    int Depth)
{
    /// <summary>What multiplies by constants in this layer.</summary>
    public HlsStrategy Strategy { get; init; }

    /// <summary>Estimated clocks from the layer's input to its output: the stages of its adders, and the turns of its loop.</summary>
    public long Clocks { get; init; }

    /// <summary>Estimated registers: behind the layer and between its stages.</summary>
    public long Registers { get; init; }

    /// <summary>How the layer's product is folded; null where it is not.</summary>
    public HlsFoldReport? Fold { get; init; }

    /// <summary>Products with constants that DSPs compute; of a folded layer its multipliers that are DSPs.</summary>
    public int DspProducts { get; init; }

    /// <summary>Number of adders.</summary>
    public int AdderCount
    {
        get
        {
            var count = 0;
            foreach (var adders in Adders.Values)
            {
                count += adders;
            }

            return count;
        }
    }
}
