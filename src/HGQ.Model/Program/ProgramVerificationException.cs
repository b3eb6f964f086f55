using System;

namespace HGQ.Model.Program;

/// <summary>A program that breaks a rule of docs/integer-program.md: a defect of whatever made it, never of the user's model.</summary>
public sealed class ProgramVerificationException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Layer of the instruction.</param>
    /// <param name="problem">The rule and what was found.</param>
    public ProgramVerificationException(string layer, string problem)
        : base($"layer '{layer}': {problem}") => Layer = layer;

    /// <summary>Layer of the instruction.</summary>
    public string Layer { get; }
}
