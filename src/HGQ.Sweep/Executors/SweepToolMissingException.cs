using System;

namespace HGQ.Sweep.Executors;

/// <summary>A program that an executor needs is not on this machine.</summary>
public sealed class SweepToolMissingException : Exception
{
    /// <summary>Names the program.</summary>
    public SweepToolMissingException(string tool, Exception inner)
        : base($"{tool} is not on this machine; submit from one that belongs to a Slurm cluster, or use --executor local", inner) =>
            Tool = tool;

    /// <summary>The program.</summary>
    public string Tool { get; }
}
