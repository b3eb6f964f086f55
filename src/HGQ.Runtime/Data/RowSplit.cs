using System.Collections.Generic;

namespace HGQ.Runtime.Data;

/// <summary>Which rows train, which choose, and which are only reported; each in the order of the file.</summary>
/// <param name="Train">Rows that are learned from.</param>
/// <param name="Validation">Rows that choose between models.</param>
/// <param name="Test">Rows that nothing depends on; may be empty.</param>
public sealed record RowSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Validation, IReadOnlyList<int> Test);
