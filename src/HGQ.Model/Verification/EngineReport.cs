using System;

namespace HGQ.Model.Verification;

/// <summary>How one engine fared.</summary>
/// <param name="Name">The engine.</param>
/// <param name="Samples">Samples it computed.</param>
/// <param name="Elements">Results compared.</param>
/// <param name="Mismatches">Results that differ from the first engine's.</param>
/// <param name="Time">Time it computed; getting ready is not counted.</param>
/// <param name="Preparation">Time it took to get ready.</param>
/// <param name="Skipped">Why it did not run, or null.</param>
public sealed record EngineReport(
    string Name,
    long Samples,
    long Elements,
    long Mismatches,
    TimeSpan Time,
    TimeSpan Preparation,
    string? Skipped);
