using System;

namespace HGQ.Model.Hardware.Words;

/// <summary>A network or netlist that breaks a rule of docs/hardware-network.md: a defect of what made it, never of the user's model.</summary>
public sealed class HardwareNetworkException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="part">The node or cell, for example <c>node 12 (SumNode)</c>.</param>
    /// <param name="problem">The rule and what was found.</param>
    public HardwareNetworkException(string part, string problem)
        : base($"{part}: {problem}") => Part = part;

    /// <summary>The node or cell.</summary>
    public string Part { get; }
}
