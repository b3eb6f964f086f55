using HGQ.Generators.Machines;

namespace HGQ.Generators.Planning.Costs;

/// <summary>What strategies count their instructions with.</summary>
internal static partial class CostModel
{
    /// <summary>A shift and an addition join the low part of a sum to the high one.</summary>
    public const double InstructionsOfLowPart = 2;

    /// <summary>A multiplication and an addition, and the loads of an offset and a weight, which are more than a processor hides.</summary>
    public const double InstructionsOfBytePair = 3;

    /// <summary>Two elements become a row by a shift and an or.</summary>
    public const double InstructionsOfPackedByte = 1;

    /// <summary>A lookup and an addition, for the samples of two blocks.</summary>
    public const double InstructionsOfLookup = 2;

    /// <summary>
    /// Bytes are added to words, shifted, and added again; a half more for the loop over segments, of which a processor predicts most.
    /// </summary>
    public const double InstructionsOfLookupSegment = 3.5;

    /// <summary>A multiplication, an addition, and the offset and the weight that a table tells.</summary>
    public const double InstructionsOfLoopTerm = 4;

    /// <summary>A multiplication of neighbours with their sum, and an addition.</summary>
    public const double InstructionsOfMultiplyAdd = 2;

    private const int ResultsOfRow = 16;

    /// <summary>Vectors that hold in a lane of a type what one holds in lanes of 16 bits.</summary>
    public static int VectorsOf(LaneType lane) => lane.Bits / LaneType.Int16.Bits;

    /// <summary>One multiplication in 16 bits; in wider lanes it is two, or a shift and an addition.</summary>
    public static double InstructionsOfMultiple(LaneType lane) => lane == LaneType.Int16 ? 1 : 2;

    /// <summary>What is done behind a segment: an addition, or widening to two vectors and an addition to each.</summary>
    public static double InstructionsOfSegment(LaneType lane) => lane == LaneType.Int16 ? 1 : 5;

    /// <summary>Vectors of results of one sample.</summary>
    public static int RowsOfResults(int outputs) => (outputs + ResultsOfRow - 1) / ResultsOfRow;
}
