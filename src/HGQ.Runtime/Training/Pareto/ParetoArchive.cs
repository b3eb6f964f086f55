using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Training.Pareto;

/// <summary>
/// Keeps what lies on the first few fronts of everything that was offered. A point that has fallen behind them can't come back, so
/// forgetting it at once gives the same result as peeling all points at the end.
/// </summary>
/// <typeparam name="T">What is kept for a point.</typeparam>
public sealed class ParetoArchive<T>
{
    private readonly int _fronts;
    private readonly List<(ParetoPoint Point, T Item)> _entries = [];

    /// <summary>Creates an empty archive.</summary>
    /// <param name="fronts">Number of fronts to keep.</param>
    public ParetoArchive(int fronts) => _fronts = fronts;

    /// <summary>The entries that are kept, in the order they were offered.</summary>
    public IReadOnlyList<(ParetoPoint Point, T Item)> Entries => _entries;

    /// <summary>Whether a point would be kept.</summary>
    public bool Accepts(ParetoPoint point) => IsKept([.. _entries.Select(static e => e.Point), point], _entries.Count);

    /// <summary>Offers a point; forgets what is no longer on one of the fronts.</summary>
    public void Add(ParetoPoint point, T item)
    {
        _entries.Add((point, item));
        List<int> kept = [.. Kept([.. _entries.Select(static e => e.Point)])];
        kept.Sort();
        List<(ParetoPoint, T)> entries = [.. kept.Select(i => _entries[i])];
        _entries.Clear();
        _entries.AddRange(entries);
    }

    private bool IsKept(IReadOnlyList<ParetoPoint> points, int index) => Kept(points).Contains(index);

    private IEnumerable<int> Kept(IReadOnlyList<ParetoPoint> points) => ParetoFronts.Peel(points, _fronts).SelectMany(static f => f);
}
