using System.Collections.Generic;
using HGQ.Model.Graph;
using HGQ.Runtime.Fronts;

namespace HGQ.Runtime.Runs;

/// <summary>A model file that is to be trimmed.</summary>
public sealed record TrimRequest
{
    /// <summary>The model file; the run that it came from is looked for beside it.</summary>
    public required string Model { get; init; }

    /// <summary>What it holds.</summary>
    public required ModelGraph Graph { get; init; }

    /// <summary>File of the data; null for those of the run.</summary>
    public string? Data { get; init; }

    /// <summary>The target; null for that of the run, or the one that the model's metadata name.</summary>
    public string? Target { get; init; }

    /// <summary>The words of the command that asked for it, the tool's name left out; empty where a program did.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>How far.</summary>
    public TrimGoal Goal { get; init; } = new();
}
