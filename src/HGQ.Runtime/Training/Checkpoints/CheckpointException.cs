using System;

namespace HGQ.Runtime.Training.Checkpoints;

/// <summary>A checkpoint that can't be used: damaged, of another version, or of another run.</summary>
public sealed class CheckpointException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with it, without a closing full stop.</param>
    /// <param name="inner">The error underneath.</param>
    public CheckpointException(string path, string problem, Exception? inner = null)
        : base($"{path}: {problem}. Start the run anew, or restore the file.", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
