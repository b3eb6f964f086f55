using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace HGQ.Model.Verification;

/// <summary>The outcome of a comparison of engines.</summary>
/// <param name="Engines">A row an engine; the first one is the reference.</param>
/// <param name="FirstDifference">The first result in which any engine differs, or null.</param>
public sealed record ComparisonReport(IReadOnlyList<EngineReport> Engines, EngineDifference? FirstDifference)
{
    /// <summary>Results that differ, all engines together.</summary>
    public long Mismatches => Engines.Sum(engine => engine.Mismatches);

    /// <summary>Engines that did not run.</summary>
    public IEnumerable<EngineReport> Skipped => Engines.Where(engine => engine.Skipped is not null);

    /// <summary>The line that scripts test: <c>0 mismatches</c>, or more, and which engines were skipped.</summary>
    public string Summary
    {
        get
        {
            var skipped = Skipped.Select(engine => engine.Name).ToArray();
            string plural = Mismatches == 1 ? "mismatch" : "mismatches";
            return Invariant($"{Mismatches} {plural}") + (skipped.Length == 0 ? string.Empty : "; skipped: " + string.Join(", ", skipped));
        }
    }
}
