using HGQ.Model.FixedPoint;

namespace HGQ.Model.Graph;

/// <summary>A unary function over all codes of its input format (fixed-point.md §6).</summary>
/// <param name="Input">Format of the index; the table has 2^Width entries.</param>
/// <param name="Output">Format of the entries.</param>
/// <param name="Entries">Raw results; entry n belongs to the input whose raw bits, in two's complement, are n.</param>
public sealed record LookupTable(FixedPointFormat Input, FixedPointFormat Output, EquatableArray<long> Entries);
