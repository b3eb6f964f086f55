using HGQ.Model.FixedPoint;

namespace HGQ.Model.Hardware.Words;

/// <summary>One word of a hardware network: an integer that every sample gives a value (docs/hardware-network.md §1).</summary>
/// <param name="Layer">Index into <see cref="HardwareNetwork.Layers"/>: the graph layer it belongs to.</param>
/// <param name="Interval">Proven range of its value: no input leads outside.</param>
public abstract record WordNode(int Layer, RawInterval Interval)
{
    /// <summary>Calls the visitor's method for this kind of node.</summary>
    public abstract T Accept<T>(IWordNodeVisitor<T> visitor);

    /// <summary>Whether bits of it are read as two's complement with a sign: only where it can be negative.</summary>
    public bool IsSigned => Interval.Low.Sign < 0;

    /// <summary>Bits of the word: the fewest that hold the interval; 0 for the constant 0.</summary>
    public int Width => Interval.Width(IsSigned);
}
