using System.Collections.Generic;
using System.Linq;
using static System.FormattableString;

namespace HGQ.Sweep.Plan;

/// <summary>Says in what a sweep differs from the one of a folder.</summary>
internal static class SweepComparison
{
    public static IEnumerable<string> Differences(SweepPlan wanted, SweepPlan found)
    {
        if (wanted.Data != found.Data)
        {
            yield return $"its data are {found.Data}, not {wanted.Data}";
        }

        foreach (string difference in Options(wanted, found).Concat(Inputs(wanted, found)))
        {
            yield return difference;
        }

        if (wanted.Recipe != found.Recipe)
        {
            yield return "its recipe is another";
        }

        if (!wanted.Parameters.SequenceEqual(found.Parameters))
        {
            yield return $"its parameters are {List(found.Parameters)}, not {List(wanted.Parameters)}";
            yield break;
        }

        bool differs = false;
        for (int p = 0; p < wanted.Parameters.Count; p++)
        {
            string[] old = [.. found.Tasks.Select(task => task.Values[p]).Distinct()];
            string[] now = [.. wanted.Tasks.Select(task => task.Values[p]).Distinct()];
            if (!old.SequenceEqual(now))
            {
                differs = true;
                yield return $"{wanted.Parameters[p]} takes the values {List(old)}, not {List(now)}";
            }
        }

        if (!differs && !wanted.Tasks.Select(Text).SequenceEqual(found.Tasks.Select(Text)))
        {
            yield return Invariant($"its {found.Tasks.Count} tasks combine the values otherwise than these {wanted.Tasks.Count}");
        }
    }

    private static IEnumerable<string> Options(SweepPlan wanted, SweepPlan found)
    {
        string[] names = [.. wanted.Options.Concat(found.Options).Select(option => option.Name).Distinct()];
        foreach (string name in names)
        {
            string? old = found.Options.FirstOrDefault(option => option.Name == name)?.Value;
            string? now = wanted.Options.FirstOrDefault(option => option.Name == name)?.Value;
            if (old != now)
            {
                yield return $"its {name} is {old ?? "not given"}, not {now ?? "left out"}";
            }
        }
    }

    private static IEnumerable<string> Inputs(SweepPlan wanted, SweepPlan found) =>
        from input in wanted.Inputs
        let old = found.Inputs.FirstOrDefault(other => other.Path == input.Path)
        where old is not null && old.Hash != input.Hash
        select $"{input.Path} has changed since it was begun";

    private static string Text(SweepTask task) => task.Name + ": " + string.Join('\n', task.Values);

    private static string List(IReadOnlyList<string> words)
    {
        const int shown = 6;
        return words.Count == 0 ? "none" : string.Join(", ", words.Take(shown)) + (words.Count > shown ? ", …" : "");
    }
}
