using System;

namespace HGQ.Report.Runs;

/// <summary>A run can't be shown: the message names the file, what was found and what to do.</summary>
public sealed class ReportException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <param name="inner">What was thrown first; may be null.</param>
    public ReportException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}", inner) => Path = path;

    /// <summary>The file or folder.</summary>
    public string Path { get; }
}
