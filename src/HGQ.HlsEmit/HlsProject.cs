using System.Collections.Generic;

namespace HGQ.HlsEmit;

/// <summary>An emitted project, not yet on disk.</summary>
/// <param name="Name">Name of the top function.</param>
/// <param name="Files">Text of each file by its path in the project, separated by <c>/</c>; in ordinal order.</param>
/// <param name="Report">What the project costs.</param>
public sealed record HlsProject(string Name, IReadOnlyDictionary<string, string> Files, HlsReport Report);
