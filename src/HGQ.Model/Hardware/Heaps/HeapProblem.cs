namespace HGQ.Model.Hardware.Heaps;

/// <summary>A heap of bits in counts: how many arrive in which column at which level, modulo 2^Columns.</summary>
/// <param name="Columns">Number of columns; what is carried beyond vanishes.</param>
/// <param name="Dropped">Lowest columns whose sum nobody reads; only their carries count.</param>
/// <param name="Arrivals">[level][column] bits that are there from that level on, counted from the first level with bits.</param>
/// <param name="PlainArrivals">[level][column] how many of these are not inverted.</param>
/// <param name="Constants">[column] 1 where the constant 1 is added.</param>
internal sealed record HeapProblem(int Columns, int Dropped, byte[][] Arrivals, byte[][] PlainArrivals, byte[] Constants)
{
    /// <summary>[level][column] bits that arrive after a level.</summary>
    public byte[][] Future()
    {
        var future = new byte[Arrivals.Length][];
        future[future.Length - 1] = new byte[Columns];
        for (int level = future.Length - 2; level >= 0; level--)
        {
            future[level] = new byte[Columns];
            for (var column = 0; column < Columns; column++)
            {
                future[level][column] = (byte)(future[level + 1][column] + Arrivals[level + 1][column]);
            }
        }

        return future;
    }
}

/// <summary>How a heap is searched.</summary>
/// <param name="Tall">Columns of more bits are first brought down by the best chain at a time.</param>
/// <param name="TallPrice">λ of those chains.</param>
/// <param name="Prices">λ of the chains that are tried: what a LUT costs, in bits.</param>
/// <param name="BitEstimate">LUTs that a bit above one a column is expected to cost.</param>
/// <param name="LevelPrice">What a level costs, in LUTs.</param>
/// <param name="Beam">States that are kept at each step.</param>
/// <param name="FreeColumns">Whether chains may take up dropped columns without positions.</param>
/// <param name="Windows">Whether positions of chains add windows of bits.</param>
internal sealed record HeapSearchOptions(
    int Tall, float TallPrice, float[] Prices, float BitEstimate, float LevelPrice, int Beam, bool FreeColumns, bool Windows);

/// <summary>What is done at one step of a plan.</summary>
internal enum HeapMoveKind : byte
{
    /// <summary>The next level begins: what was made is there.</summary>
    Advance,

    /// <summary>A LUT outside of chains: three bits of a column become two, or the parity of up to six of the highest column one.</summary>
    Adder,

    /// <summary>A carry chain.</summary>
    Chain,
}

/// <summary>One step of a plan.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Start">Where a chain begins; an adder has its column here.</param>
/// <param name="Steps">Positions of a chain.</param>
internal sealed record HeapMove(HeapMoveKind Kind, ChainStart Start, ChainStep[] Steps);

/// <summary>Moves after which one level of chains finishes the heap (<see cref="FinalChainPlanner"/>).</summary>
/// <param name="Moves">In order.</param>
/// <param name="Cost">LUTs plus priced levels, the last level's among them.</param>
internal sealed record HeapPlan(HeapMove[] Moves, float Cost);
