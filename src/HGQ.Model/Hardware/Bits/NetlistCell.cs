namespace HGQ.Model.Hardware.Bits;

/// <summary>One primitive of a bit netlist. Signals are numbers; 0 is the constant 0, 1 the constant 1 (docs/hardware-network.md §2).</summary>
/// <param name="Layer">Index into <see cref="BitNetlist.Layers"/>: the graph layer it belongs to.</param>
public abstract record NetlistCell(int Layer)
{
    /// <summary>Calls the visitor's method for this kind of cell.</summary>
    public abstract T Accept<T>(INetlistCellVisitor<T> visitor);
}

/// <summary>What a LUT is for: reports count by it, and levels of sums skip gates.</summary>
public enum LutRole
{
    /// <summary>Gives select and data of a position of a carry chain: one level with the chain.</summary>
    Chain,

    /// <summary>A compressor outside of a chain, a table, a selection: a level of its own.</summary>
    Logic,

    /// <summary>Relu gates: bits that are 0 where a sign says so.</summary>
    Gate,
}

/// <summary>
/// A look-up table of up to six inputs with one or two outputs (LUT6_2). I0… are the inputs; with fewer than six, I5 is 1 and
/// the others in between are 0. O6 = Init[I5 I4 I3 I2 I1 I0], O5 = Init[0 I4 I3 I2 I1 I0].
/// </summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Inputs">Signals, at most six, none of them a constant; I0 first.</param>
/// <param name="Init">The 64 bits of the table.</param>
/// <param name="Output6">Signal of O6, or −1.</param>
/// <param name="Output5">Signal of O5, or −1.</param>
public sealed record LutCell(int Layer, LutRole Role, EquatableArray<int> Inputs, ulong Init, int Output6, int Output5) : NetlistCell(Layer)
{
    /// <inheritdoc/>
    public override T Accept<T>(INetlistCellVisitor<T> visitor) => visitor.VisitLut(this);
}

/// <summary>
/// A carry chain of any length: c[0] = CarryIn, Sums[i] = Selects[i] ⊕ c[i], c[i + 1] = Selects[i] ? c[i] : Data[i],
/// CarryOut = c[length].
/// </summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="CarryIn">Signal of the first carry; may be a constant.</param>
/// <param name="Selects">Signal S of each position: the O6 of a LUT of the chain's own, or a constant.</param>
/// <param name="Data">Signal DI of each position: the O5 of the same LUT, or any other signal.</param>
/// <param name="Sums">Signal of each sum, or −1 where nobody reads it.</param>
/// <param name="CarryOut">Signal of the last carry, or −1.</param>
public sealed record CarryChainCell(
    int Layer,
    int CarryIn,
    EquatableArray<int> Selects,
    EquatableArray<int> Data,
    EquatableArray<int> Sums,
    int CarryOut) : NetlistCell(Layer)
{
    /// <inheritdoc/>
    public override T Accept<T>(INetlistCellVisitor<T> visitor) => visitor.VisitCarryChain(this);
}

/// <summary>A register of one bit, clocked by the only clock (FDRE without reset): its output is its input one clock before.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Input">Signal that is stored.</param>
/// <param name="Output">Signal of the stored bit.</param>
public sealed record RegisterCell(int Layer, int Input, int Output) : NetlistCell(Layer)
{
    /// <inheritdoc/>
    public override T Accept<T>(INetlistCellVisitor<T> visitor) => visitor.VisitRegister(this);
}

/// <summary>A memory that is only read, without a clock: Outputs = Entries[Address].</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Address">Signals of the address, least significant first.</param>
/// <param name="Entries">2^(address bits) words; bit b of a word goes to output b.</param>
/// <param name="Outputs">Signals of the word read, least significant first; −1 where nobody reads it.</param>
public sealed record RomCell(int Layer, EquatableArray<int> Address, EquatableArray<long> Entries, EquatableArray<int> Outputs) : NetlistCell(Layer)
{
    /// <inheritdoc/>
    public override T Accept<T>(INetlistCellVisitor<T> visitor) => visitor.VisitRom(this);
}

/// <summary>A multiplier (DSP block): Outputs = the low bits of Left · Right, two's complement where an operand is signed.</summary>
/// <param name="Layer">Index of the graph layer.</param>
/// <param name="Left">Signals of one factor, least significant first.</param>
/// <param name="LeftSigned">Whether its highest bit is a sign.</param>
/// <param name="Right">Signals of the other factor.</param>
/// <param name="RightSigned">Whether its highest bit is a sign.</param>
/// <param name="Outputs">Signals of the product, least significant first, at most 64; −1 where nobody reads it.</param>
public sealed record MultiplierCell(
    int Layer,
    EquatableArray<int> Left,
    bool LeftSigned,
    EquatableArray<int> Right,
    bool RightSigned,
    EquatableArray<int> Outputs) : NetlistCell(Layer)
{
    /// <inheritdoc/>
    public override T Accept<T>(INetlistCellVisitor<T> visitor) => visitor.VisitMultiplier(this);
}
