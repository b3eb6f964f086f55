using System;

namespace HGQ.Model.Serialization.Json;

/// <summary>A text that is no JSON as it is read here.</summary>
internal sealed class JsonTextException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What was found, and what is expected.</param>
    /// <param name="line">Line, from 1.</param>
    /// <param name="column">Column, from 1.</param>
    public JsonTextException(JsonProblem problem, string message, int line, int column)
        : base(message) => (Problem, Line, Column) = (problem, line, column);

    public JsonProblem Problem { get; }

    public int Line { get; }

    public int Column { get; }
}

/// <summary>What can be wrong with a JSON text.</summary>
internal enum JsonProblem
{
    Truncated,
    InvalidJson,
    InvalidEncoding,
    NestedTooDeeply,
    DuplicateMember,
    TooLarge,
}
