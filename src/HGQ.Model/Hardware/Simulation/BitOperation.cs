namespace HGQ.Model.Hardware.Simulation;

/// <summary>One step on rows of bits: slot To = f(slots A, B, C).</summary>
internal readonly struct BitOperation
{
    public readonly BitOperationKind Kind;
    public readonly int To;
    public readonly int A;
    public readonly int B;
    public readonly int C;

    /// <summary>The carry that <see cref="BitOperationKind.Position"/> writes.</summary>
    public readonly int Carry;

    public BitOperation(BitOperationKind kind, int to, int a, int b = 0, int c = 0, int carry = 0)
    {
        Kind = kind;
        To = to;
        A = a;
        B = b;
        C = c;
        Carry = carry;
    }
}

/// <summary>What a step computes.</summary>
internal enum BitOperationKind
{
    Copy,
    Not,
    And,

    /// <summary>A ∧ ¬B.</summary>
    AndNot,
    Or,

    /// <summary>A ∨ ¬B.</summary>
    OrNot,
    Xor,

    /// <summary>A ⊕ B ⊕ C.</summary>
    XorOfThree,

    /// <summary>A ? B : C.</summary>
    Select,

    /// <summary>A ? ¬B : C.</summary>
    SelectNot,

    /// <summary>A position of a carry chain: A ⊕ B, and A ? B : C for <see cref="BitOperation.Carry"/>.</summary>
    Position,

    /// <summary>The same with A ? ¬B : C.</summary>
    PositionNot,

    /// <summary>The ROM with number A.</summary>
    Rom,

    /// <summary>The multiplier with number A.</summary>
    Multiply,
}
