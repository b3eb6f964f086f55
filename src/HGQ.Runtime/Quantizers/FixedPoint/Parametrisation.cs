namespace HGQ.Runtime.Quantizers;

/// <summary>Which two numbers of a fixed-point format are parameters.</summary>
public enum Parametrisation
{
    /// <summary>Integer bits i and fraction bits f.</summary>
    Kif,

    /// <summary>Bits b = i + f and integer bits i; f follows.</summary>
    Kbi,
}
