namespace HGQ.Runtime.Trimming;

/// <summary>What a move changes.</summary>
internal enum MoveKind
{
    /// <summary>A weight.</summary>
    Weight,

    /// <summary>Fraction or integer bits of what enters a layer.</summary>
    Format,

    /// <summary>A bias.</summary>
    Bias,
}

/// <summary>One change of a chain.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Layer">Layer whose weight, input or bias it is.</param>
/// <param name="Input">Input of the layer; 0 for a bias.</param>
/// <param name="Output">Output of the layer; 0 for a format.</param>
/// <param name="Value">The new weight or bias.</param>
/// <param name="FractionBits">The new fraction bits of a format.</param>
/// <param name="IntegerBits">The new integer bits of a format; those of a traced one follow the values.</param>
internal readonly record struct TrimMove(
    MoveKind Kind, int Layer, int Input, int Output, double Value = 0, int FractionBits = 0, int IntegerBits = 0);
