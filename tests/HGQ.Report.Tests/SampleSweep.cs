using System;
using System.Linq;
using HGQ.Report.Contents;

namespace HGQ.Report.Tests;

/// <summary>Sweeps that are made up, so that every part of a page has something to show.</summary>
internal static class SampleSweep
{
    private const int Models = 6;

    private static readonly string[] Sizes = ["8", "16,8", "32,16,8,a very long value of a parameter"];

    /// <summary>Sizes by prices by a drawn rate; two tasks are not finished.</summary>
    /// <param name="score">What models are judged by.</param>
    /// <param name="name">What everything is called that a user names.</param>
    public static SweepContent Content(string score = "accuracy", string name = "letter")
    {
        SweepTaskRecord[] tasks = [.. Enumerable.Range(0, 18).Select(n => new SweepTaskRecord(
            FormattableString.Invariant($"t{n + 1:D4}"),
            [Sizes[n % 3], n % 2 == 0 ? "1e-5" : name, FormattableString.Invariant($"0.00{n + 10}")],
            n < 16 ? "finished" : "failed",
            1 + (n % 2),
            3.5 * n,
            n < 16 ? null : name))];
        SweepModelRecord[] models =
            [.. Enumerable.Range(0, 16).SelectMany(t => Enumerable.Range(0, Models).Select(m => Model(score, t, m)))];
        double best = score == "accuracy" ? double.NegativeInfinity : double.PositiveInfinity;
        foreach (int n in Enumerable.Range(0, models.Length).OrderBy(n => models[n].Ebops))
        {
            bool beats = score == "accuracy" ? models[n].Validation > best : models[n].Validation < best;
            models[n] = models[n] with { IsOnFront = beats };
            best = beats ? models[n].Validation : best;
        }

        return new SweepContent
        {
            Title = name,
            Data = name,
            Score = score,
            Parameters = ["hidden", "beta", "lr"],
            Tasks = tasks,
            Models = models,
            Values =
            [
                .. Sizes.Select((size, s) => new SweepValueRecord("hidden", size, [.. Enumerable.Range(0, 16).Where(n => n % 3 == s)])),
                new SweepValueRecord("beta", "1e-5", [0, 2, 4, 6, 8, 10, 12, 14]),
                new SweepValueRecord("beta", name, [1, 3, 5, 7, 9, 11, 13, 15]),
                .. Enumerable.Range(0, 8).Select(
                    r => new SweepValueRecord("lr", $"0.00{10 + (2 * r)}..0.00{11 + (2 * r)}", [2 * r, (2 * r) + 1])),
            ],
            Options = [("epochs", "100"), ("target", name)],
            Recipe = "{ }",
            Commands = ["hgq sweep FILE --out DIR", "hgq report DIR"],
        };
    }

    private static SweepModelRecord Model(string score, int task, int model)
    {
        long ebops = 300 + (model * model * 170) + (task * 37);
        double share = 0.97 - (0.6 / (model + 3)) - (0.002 * (task % 5));
        double validation = score == "accuracy" ? share : 2 - share;
        return new SweepModelRecord(
            task, ebops, validation, validation - 0.003, 40 + model,
            FormattableString.Invariant($"tasks/t{task + 1:D4}/run/pareto/{model}.hgq.json"), false)
        {
            ValidationError = 0.01,
            TestError = 0.012,
        };
    }
}
