using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using HGQ.Runtime.Export;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Recipes;
using HGQ.Runtime.Trimming;
using TorchSharp;

namespace HGQ.Runtime.Fronts;

/// <summary>
/// The front method from the fronts of trainings on: merges them, trims models all along the front, lets trimmed ones go on training
/// and trims them again.
/// Pieces of work are independent of each other and are done two at a time; the result does not depend on that.
/// </summary>
internal sealed class FrontSearch
{
    private const int Workers = 2;
    private const int MostRounds = 5;

    private readonly RecipeFront _front;
    private readonly FrontRows _rows;
    private readonly RefitTraining _training;
    private readonly ExportOptions _export;
    private readonly PhaseStore _store;
    private readonly ulong _seed;
    private readonly Func<bool> _isLate;
    private readonly ITrainingProgress _progress;
    private readonly CancellationToken _cancellation;
    private readonly Lock _messages = new();

    public FrontSearch(
        RecipeFront front,
        FrontRows rows,
        RefitTraining training,
        ExportOptions export,
        PhaseStore store,
        ulong seed,
        Func<bool> isLate,
        ITrainingProgress progress,
        CancellationToken cancellation)
    {
        (_front, _rows, _training, _export, _store, _seed, _isLate, _progress, _cancellation) =
            (front, rows, training, export, store, seed, isLate, progress, cancellation);
    }

    /// <summary>Searches.</summary>
    /// <param name="train">Trains with the seed of a number, from 0: models of epochs.</param>
    /// <returns>Everything that was found.</returns>
    public IReadOnlyList<FrontModel> Run(Func<int, IReadOnlyList<FrontModel>> train)
    {
        int before = torch.get_num_threads();
        try
        {
            if (_front.Seeds > 1)
            {
                torch.set_num_threads(1);
            }

            List<FrontModel> models = InParallel(
                _front.Seeds, s => _store.Get(FormattableString.Invariant($"seed-{s + 1}"), () => train(s)));
            torch.set_num_threads(1);
            Refine(models);
            return models;
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    private void Refine(List<FrontModel> models)
    {
        Report("trained", models);
        try
        {
            Trim(models, _front.Trim.Starts, "trim-0");
            for (int round = 1; round <= RoundsAtMost && !_isLate(); round++)
            {
                Refit(models, round);
            }
        }
        catch (TrimException refusal)
        {
            _progress.OnMessage("the models of the front are not trimmed: " + refusal.Message);
        }
    }

    // With a budget rounds follow as long as there is time.
    private int RoundsAtMost => _front is { Budget: not null, Refit.Rounds: > 0 } ? MostRounds : _front.Refit.Rounds;

    private void Trim(List<FrontModel> models, int count, string name)
    {
        IReadOnlyList<FrontModel> starts = FrontStarts.Of(FrontModel.Front(models), count);
        models.AddRange(InParallel(starts.Count, s => Piece(
            FormattableString.Invariant($"{name}-{s + 1}"),
            () => Told("trimmed", starts, s, TrimPhase.Run(starts[s], _rows, _front.Trim, SeedOf(0, s), _cancellation)))));
        Report("trimmed", models);
    }

    private void Refit(List<FrontModel> models, int round)
    {
        IReadOnlyList<FrontModel> starts = FrontStarts.Of(FrontModel.Front(models), _front.Refit.Starts);
        models.AddRange(InParallel(starts.Count, s => Piece(
            FormattableString.Invariant($"refit-{round}-{s + 1}"),
            () => Told("refitted", starts, s, RefitAndTrim(starts[s], SeedOf(round, s))))));
        Report("refitted", models);
    }

    // What was made before is taken in any case.
    private IReadOnlyList<FrontModel> Piece(string name, Func<IReadOnlyList<FrontModel>> make) =>
        _store.Find(name) ?? (_isLate() ? [] : _store.Get(name, make));

    private List<FrontModel> RefitAndTrim(FrontModel start, ulong seed)
    {
        IReadOnlyList<FrontModel> trained = RefitPhase.Run(start, _rows, _front.Refit, _training, _export, seed, _cancellation);
        return [.. trained, .. TrimPhase.Run(trained[^1], _rows, _front.Trim, seed, _cancellation)];
    }

    // Different orders for different pieces of work, the same ones in every run.
    private ulong SeedOf(int round, int start) => (_seed * 1_000_003) + ((ulong)round * 10_007) + ((ulong)start * 101);

    private List<FrontModel> InParallel(int count, Func<int, IReadOnlyList<FrontModel>> work)
    {
        var results = new IReadOnlyList<FrontModel>[count];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Workers, CancellationToken = _cancellation };
            Parallel.For(0, count, options, n => results[n] = work(n));
        }
        catch (AggregateException several)
        {
            Exception? fault = several.Flatten().InnerExceptions.FirstOrDefault(static e => e is not OperationCanceledException);
            ExceptionDispatchInfo.Throw(fault ?? several.InnerException!);
        }

        return [.. results.SelectMany(static models => models)];
    }

    private IReadOnlyList<FrontModel> Told(string done, IReadOnlyList<FrontModel> starts, int s, IReadOnlyList<FrontModel> models)
    {
        string end = models.Count == 0
            ? "nothing to change"
            : FormattableString.Invariant($"{models[^1].Ebops} EBOPs, {_rows.Score.Displayed(models[^1].Score):F4}");
        lock (_messages)
        {
            _progress.OnMessage(FormattableString.Invariant(
                $"{done} {s + 1} of {starts.Count}: {starts[s].Ebops} EBOPs, {_rows.Score.Displayed(starts[s].Score):F4} → {end}"));
        }

        return models;
    }

    private void Report(string phase, List<FrontModel> models)
    {
        IReadOnlyList<FrontModel> front = FrontModel.Front(models);
        if (front.Count > 0)
        {
            string best = FormattableString.Invariant($"best {_rows.Score.Name} {_rows.Score.Displayed(front[^1].Score):F4}");
            _progress.OnMessage(FormattableString.Invariant(
                $"front {phase}: {front.Count} models from {front[0].Ebops} to {front[^1].Ebops} EBOPs, {best}"));
        }
    }
}
