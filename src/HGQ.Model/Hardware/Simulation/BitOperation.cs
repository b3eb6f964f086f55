namespace HGQ.Model.Hardware.Simulation;

/// <summary>One step on bit words: slot To = f(slots A, B, C).</summary>
internal readonly struct BitOperation
{
    public readonly BitOperationKind Kind;
    public readonly int To;
    public readonly int A;
    public readonly int B;
    public readonly int C;

    public BitOperation(BitOperationKind kind, int to, int a, int b = 0, int c = 0)
    {
        Kind = kind;
        To = to;
        A = a;
        B = b;
        C = c;
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

    /// <summary>A ? B : C.</summary>
    Select,

    /// <summary>The ROM with number A.</summary>
    Rom,

    /// <summary>The multiplier with number A.</summary>
    Multiply,
}
