using HGQ.Model;

namespace HGQ.Generators.Pipeline;

/// <summary>The result for one request.</summary>
/// <param name="HintName">Name of the generated file.</param>
/// <param name="Source">Its text; null where there are errors.</param>
/// <param name="Diagnostics">Errors, or the size.</param>
internal sealed record GeneratedFile(string HintName, string? Source, EquatableArray<DiagnosticInfo> Diagnostics);
