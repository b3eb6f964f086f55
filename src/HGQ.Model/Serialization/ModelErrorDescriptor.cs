namespace HGQ.Model.Serialization;

/// <summary>What an error code stands for; the source generator makes its diagnostics from these.</summary>
/// <param name="Id">The code, for example <c>HGQ0007</c>.</param>
/// <param name="Title">A short name of the mistake.</param>
/// <param name="Explanation">What leads to it and what to do.</param>
public sealed record ModelErrorDescriptor(string Id, string Title, string Explanation);
