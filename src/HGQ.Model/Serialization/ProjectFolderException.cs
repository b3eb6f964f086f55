using System;

namespace HGQ.Model.Serialization;

/// <summary>A folder holds something that an emitter did not write, or cannot be written; the message says what to do.</summary>
public sealed class ProjectFolderException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What is in the way, and what to do.</param>
    /// <param name="inner">The error underneath.</param>
    public ProjectFolderException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
