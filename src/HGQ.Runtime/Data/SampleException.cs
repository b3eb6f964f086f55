using System;

namespace HGQ.Runtime.Data;

/// <summary>
/// Samples that can't be learned from: an empty set, a number that is none, a label that no output stands for, sizes that do not fit.
/// </summary>
public sealed class SampleException : ArgumentException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is wrong, where, and what to do.</param>
    /// <param name="sample">The sample, from 0; null where it is not about a single one.</param>
    public SampleException(string message, int? sample = null)
        : base(message) => Sample = sample;

    /// <summary>The sample, from 0; null where the error is not about a single one.</summary>
    public int? Sample { get; }
}
