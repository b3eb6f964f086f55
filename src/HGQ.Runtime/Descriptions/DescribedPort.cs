using System.Collections.Generic;

namespace HGQ.Runtime.Descriptions;

/// <summary>An input port of a description.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Shape of a sample; null: one dimension with all features.</param>
/// <param name="Columns">Columns of the data that it takes; null: the next ones.</param>
public sealed record DescribedPort(string Name, IReadOnlyList<long>? Shape, IReadOnlyList<string>? Columns)
{
    internal int Offset { get; init; }
}
