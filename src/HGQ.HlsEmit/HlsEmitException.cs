using System;

namespace HGQ.HlsEmit;

/// <summary>A program cannot be emitted, or a project cannot be written; the message says what to do.</summary>
public class HlsEmitException : Exception
{
    /// <summary>Creates the exception.</summary>
    public HlsEmitException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public HlsEmitException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
