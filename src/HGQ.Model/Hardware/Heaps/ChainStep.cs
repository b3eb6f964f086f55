namespace HGQ.Model.Hardware.Heaps;

/// <summary>How a chain position takes up what the columns below left over (docs/hardware-network.md §4).</summary>
internal enum ChainStepKind : byte
{
    /// <summary>The window goes on: its bits and the new ones are one number, whose lowest bit this position adds.</summary>
    Merge,

    /// <summary>What is left over, at most one, is added here; the new bits begin a window of their own.</summary>
    Split,

    /// <summary>What is left over, at most two, is added here and the window ends.</summary>
    Absorb,

    /// <summary>The highest column: only the parity counts.</summary>
    Top,
}

/// <summary>One position of a chain in counts: what it takes from its column and which state it leaves.</summary>
internal readonly struct ChainStep
{
    public ChainStep(ChainStepKind kind, int window, bool plain, bool constant, int next, bool needsPlain)
    {
        Kind = kind;
        Window = (byte)window;
        Plain = plain;
        Constant = constant;
        Next = (byte)next;
        NeedsPlain = needsPlain;
        Bits = (byte)(window + (plain ? 1 : 0));
        Gain = Bits + (constant ? 1 : 0) - 1;
    }

    public ChainStepKind Kind { get; }

    /// <summary>Bits that join the window.</summary>
    public byte Window { get; }

    /// <summary>Whether one more bit is added at this position only.</summary>
    public bool Plain { get; }

    /// <summary>Whether that bit is the sixth input, which may not be inverted.</summary>
    public bool NeedsPlain { get; }

    /// <summary>Whether the constant 1 of the column is added.</summary>
    public bool Constant { get; }

    /// <summary>State of the next column.</summary>
    public byte Next { get; }

    /// <summary>Bits taken from the column, the constant not among them.</summary>
    public byte Bits { get; }

    /// <summary>Bits and constants that are gone, less the sum that is made.</summary>
    public int Gain { get; }
}
