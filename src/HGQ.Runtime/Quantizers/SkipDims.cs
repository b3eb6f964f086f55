using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Quantizers;

/// <summary>
/// The dimensions of a tensor that share one width: a list of dimensions, or a name that is resolved when the rank is known:
/// <c>"all"</c>, <c>"batch"</c> (0), <c>"none"</c> or null (none), <c>"except_last"</c>, <c>"except_1st"</c> (0 and 2…).
/// </summary>
public sealed class SkipDims : IEquatable<SkipDims>
{
    private const string Choices = "\"all\", \"batch\", \"none\", \"except_last\", \"except_1st\" or a list of dimensions";
    private readonly string? _name;
    private readonly int[] _dims = [];

    /// <summary>Names a choice.</summary>
    /// <exception cref="ArgumentException">There is no such choice.</exception>
    public SkipDims(string? name)
    {
        _name = name ?? "none";
        if (_name is not ("all" or "batch" or "none" or "except_last" or "except_1st"))
        {
            throw new ArgumentException($"skipDims is \"{name}\"; it must be {Choices}.", nameof(name));
        }
    }

    /// <summary>Lists the dimensions; negative ones count from the end.</summary>
    public SkipDims(IEnumerable<int> dims) => _dims = [.. dims];

    /// <summary>One width for everything.</summary>
    public static SkipDims All { get; } = new("all");

    /// <summary>One width per element, shared over the batch.</summary>
    public static SkipDims Batch { get; } = new("batch");

    /// <summary>One width per element of the tensor.</summary>
    public static SkipDims None { get; } = new("none");

    /// <summary>One width per index of the last dimension.</summary>
    public static SkipDims ExceptLast { get; } = new("except_last");

    /// <summary>One width per index of the dimension after the batch.</summary>
    public static SkipDims ExceptFirst { get; } = new("except_1st");

    /// <summary>Reads a name.</summary>
    public static implicit operator SkipDims(string? name) => new(name);

    /// <summary>Takes a list.</summary>
    public static implicit operator SkipDims(int[] dims) => new(dims);

    /// <summary>The dimensions for a tensor of this rank, ascending.</summary>
    /// <exception cref="ArgumentException">A listed dimension does not exist.</exception>
    public int[] Resolve(int rank) => _name switch
    {
        "all" => [.. Enumerable.Range(0, rank)],
        "batch" => rank > 0 ? [0] : [],
        "none" => [],
        "except_last" => [.. Enumerable.Range(0, Math.Max(rank - 1, 0))],
        "except_1st" => [.. Enumerable.Range(0, rank).Where(d => d != 1)],
        _ => [.. _dims.Select(d => Checked(d, rank)).Distinct().Order()],
    };

    /// <inheritdoc/>
    public bool Equals(SkipDims? other) => other is not null && _name == other._name && _dims.AsSpan().SequenceEqual(other._dims);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SkipDims);

    /// <inheritdoc/>
    public override int GetHashCode() => _dims.Aggregate(_name?.GetHashCode(StringComparison.Ordinal) ?? 0, HashCode.Combine);

    /// <summary>The name, or the list.</summary>
    public override string ToString() => _name ?? $"({string.Join(",", _dims)})";

    private static int Checked(int dim, int rank) => dim >= -rank && dim < rank
        ? (dim + rank) % rank
        : throw new ArgumentException($"skipDims names dimension {dim} of a tensor with {rank} dimensions; it must be {Choices}.", nameof(dim));
}
