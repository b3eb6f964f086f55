using System.Collections.Generic;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Runtime.Runs;

/// <summary>What a training run is asked for; kept beside its checkpoint, so that it can be resumed by its folder alone.</summary>
public sealed record RunRequest
{
    /// <summary>File (or folder of MNIST files) of the data.</summary>
    public required string Data { get; init; }

    /// <summary>How it is read.</summary>
    public DataOptions Options { get; init; } = new();

    /// <summary>How it is trained.</summary>
    public Recipe Recipe { get; init; } = new();

    /// <summary>What is trained; null: the dense network of the recipe.</summary>
    public NetworkDescription? Description { get; init; }

    /// <summary>A model that training goes on from, in place of initial weights; null: none.</summary>
    public StartModel? Start { get; init; }

    /// <summary>Seed of everything that is drawn.</summary>
    public ulong Seed { get; init; }

    /// <summary>The words of the command that asked for it, the tool's name left out; empty where a program did.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>Check sum of the data's files; null in runs of versions that did not note it.</summary>
    internal string? DataHash { get; init; }
}
