namespace HGQ.Model.Verification;

/// <summary>A sample made up to provoke differences.</summary>
/// <param name="Kind">What it is, for example <c>all minimum</c>.</param>
/// <param name="Codes">Integer codes of all code ports, one behind the other, in 64-bit storage.</param>
public sealed record CornerVector(string Kind, EquatableArray<long> Codes);
