namespace HGQ.Model.Hardware.Simulation;

/// <summary>The bits of a block of samples: rows of words, a bit of a word a sample.</summary>
internal interface IBlock
{
    /// <summary>Words of a row.</summary>
    int Words { get; }

    /// <summary>Samples 64·<paramref name="word"/> and the 63 behind it, the first one lowest.</summary>
    ulong this[int row, int word] { get; set; }
}

/// <summary>A block of rows that are structs.</summary>
/// <typeparam name="TRow">A row.</typeparam>
internal readonly struct RowBlock<TRow> : IBlock
    where TRow : struct, IBitRow<TRow>
{
    private readonly TRow[] _rows;

    public RowBlock(TRow[] rows) => _rows = rows;

    public int Words => default(TRow).Words;

    public ulong this[int row, int word]
    {
        get => _rows[row][word];
        set => _rows[row][word] = value;
    }
}

/// <summary>A block of rows one behind the other in an array.</summary>
internal readonly struct WordBlock : IBlock
{
    private readonly ulong[] _words;

    public WordBlock(ulong[] words) => _words = words;

    public int Words => VectorLoops.Words;

    public ulong this[int row, int word]
    {
        get => _words[(row * VectorLoops.Words) + word];
        set => _words[(row * VectorLoops.Words) + word] = value;
    }
}
