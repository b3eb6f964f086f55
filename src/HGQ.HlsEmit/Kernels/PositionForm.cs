using System.Collections.Generic;

namespace HGQ.HlsEmit.Kernels;

/// <summary>
/// A layer that works position by position between streams: its function computes one position, from the positions that the process
/// has seen last.
/// </summary>
/// <param name="Source">Buffer that the stream brings; null where an input port does.</param>
/// <param name="Result">Buffer that is sent.</param>
/// <param name="Line">Buffer whose positions pass by: the source, or the source with its padding.</param>
/// <param name="Length">Positions that the process keeps.</param>
/// <param name="Window">Elements that the function reads, counted from the first channel of the oldest position kept.</param>
/// <param name="Comes">Per position of the line: whether it comes from the stream, or is padding.</param>
/// <param name="Ends">Per position of the line: whether it is the last that a position of the result needs.</param>
/// <param name="Input">Buffer of the elements that the function reads; null where it reads the port.</param>
/// <param name="Output">Buffer of the elements that it computes.</param>
internal sealed record PositionForm(
    int? Source,
    int Result,
    int Line,
    int Length,
    IReadOnlyList<int> Window,
    IReadOnlyList<bool> Comes,
    IReadOnlyList<bool> Ends,
    int? Input,
    int Output);
