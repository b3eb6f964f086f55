using System;

namespace HGQ.Model.Verification;

/// <summary>An engine that can't run here; shown as skipped, with the reason, never as passed.</summary>
public sealed class EngineUnavailableException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="reason">Why, in a few words, for example <c>no g++ on PATH</c>.</param>
    /// <param name="inner">The error underneath.</param>
    public EngineUnavailableException(string reason, Exception? inner = null)
        : base(reason, inner)
    {
    }
}
