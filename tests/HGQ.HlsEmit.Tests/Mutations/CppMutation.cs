using System;

namespace HGQ.HlsEmit.Tests.Mutations;

/// <summary>A single change of an emitted file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Line">The line, from 0.</param>
/// <param name="Column">Where in the line.</param>
/// <param name="Old">What stands there.</param>
/// <param name="New">What stands there instead.</param>
internal sealed record CppMutation(string Path, string Kind, int Line, int Column, string Old, string New)
{
    /// <summary>The changed lines.</summary>
    public string[] Apply(string[] lines)
    {
        var changed = (string[])lines.Clone();
        changed[Line] = lines[Line][..Column] + New + lines[Line][(Column + Old.Length)..];
        return changed;
    }

    /// <summary>For messages: the place and both texts.</summary>
    public string Describe(string[] lines) => FormattableString.Invariant($"{Path}:{Line + 1}: {Kind}: {lines[Line].Trim()} => {Apply(lines)[Line].Trim()}");
}
