namespace HGQ.Model.Hardware.Simulation;

/// <summary>
/// Samples of a bit, 64 a word. Structs of fields and not pieces of an array: bounds are checked once for all words. What is
/// written may be one of the operands: each word is read before it is written.
/// </summary>
/// <typeparam name="TRow">The struct itself.</typeparam>
internal interface IBitRow<TRow>
    where TRow : struct, IBitRow<TRow>
{
    int Words { get; }

    /// <summary>Samples 64·<paramref name="word"/> and the 63 behind it, the first one lowest.</summary>
    ulong this[int word] { get; set; }

    void Xor(in TRow a, in TRow b);

    void Xor(in TRow a, in TRow b, in TRow c);

    /// <summary>A and B, where B is first combined with <paramref name="inversion"/>, 0 or all ones, by exclusive or.</summary>
    void And(in TRow a, in TRow b, ulong inversion);

    void Or(in TRow a, in TRow b, ulong inversion);

    /// <summary>A, inverted where the inversion is all ones.</summary>
    void Copy(in TRow a, ulong inversion);

    /// <summary>Condition ? then, inverted where the inversion is all ones, : other.</summary>
    void Select(in TRow condition, in TRow then, in TRow other, ulong inversion);

    /// <summary>
    /// The sum of a carry chain's position. <paramref name="carry"/> is the next carry; the one before is inverted for it where the
    /// inversion is all ones.
    /// </summary>
    void Position(ref TRow carry, in TRow select, in TRow before, in TRow data, ulong inversion);
}
