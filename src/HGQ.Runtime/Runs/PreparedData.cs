using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HGQ.Runtime.Data;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Losses;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Runs;

/// <summary>The data of a run: read, split, scaled.</summary>
/// <param name="Data">As read.</param>
/// <param name="Scaling">Of the features.</param>
/// <param name="Targets">Of a regression's targets.</param>
/// <param name="Training">Rows to learn from.</param>
/// <param name="Validation">Rows that choose.</param>
/// <param name="Test">Rows that are only reported; null without any.</param>
internal sealed record PreparedData(
    Dataset Data, FeatureScaling Scaling, TargetScaling Targets, SampleSet Training, SampleSet Validation, SampleSet? Test)
{
    /// <summary>How the rows of <see cref="Data"/> were parted.</summary>
    public required RowSplit Split { get; init; }

    /// <summary>Test rows that have their own files, as read; or null.</summary>
    public Dataset? TestFile { get; init; }

    /// <summary>Outputs that the network needs.</summary>
    public int Outputs => Data.Target is ClassLabels classes ? classes.ClassNames.Count : 1;

    /// <summary>What points are judged by.</summary>
    public Score Score => Data.Target is ClassLabels ? new AccuracyScore() : new RootMeanSquareScore(Targets.Scale);

    /// <summary>The task's part of the loss.</summary>
    public TrainingLoss Loss => Data.Target is ClassLabels ? new CrossEntropyLoss() : new MeanSquareLoss();

    /// <summary>Reads the data that a run asks for.</summary>
    /// <param name="request">The run.</param>
    /// <param name="content">The bytes of the file, where they are at hand.</param>
    /// <param name="name">What messages call the file then.</param>
    public static PreparedData Load(RunRequest request, byte[]? content = null, string? name = null)
    {
        DataOptions options = Options(request);
        LoadedData loaded = content is null ? DatasetLoader.Load(request.Data, options) : new LoadedData(DatasetLoader.Parse(name ?? request.Data, content, options), null);
        Dataset data = loaded.Data;
        RowSplit split = request.Recipe.Split.ToRule(request.Seed).Split(data);
        FeatureScaling scaling = request.Start?.Scaling() ?? request.Recipe.Scaling.ToScaling(data, split.Train);
        TargetScaling targets = request.Start is { } start && data.Target is RealTargets ? start.Targets()
            : TargetScaling.Standardize(data, split.Train);
        request.Start?.Require(name ?? request.Data, data, data.Target is ClassLabels classes ? classes.ClassNames.Count : 1);
        SampleSet Part(Dataset source, IReadOnlyList<int> rows) => Flat(SampleSet.From(source, rows, scaling, targets));
        SampleSet? test = loaded.Test is { } own ? Part(own, [.. Enumerable.Range(0, own.Count)])
            : split.Test.Count > 0 ? Part(data, split.Test)
            : null;
        return new PreparedData(data, scaling, targets, Part(data, split.Train), Part(data, split.Validation), test)
        {
            Split = split,
            TestFile = loaded.Test,
        };
    }

    /// <summary>How a run reads its data: the description may choose columns, the recipe the task.</summary>
    public static DataOptions Options(RunRequest request)
    {
        IReadOnlyList<DescribedPort> ports = request.Description?.Ports ?? [];
        return request.Options with
        {
            Task = request.Options.Task ?? request.Recipe.Task,
            Features = request.Options.Features ?? (ports.Any(static p => p.Columns is not null) ? [.. ports.SelectMany(static p => p.Columns ?? [])] : null),
        };
    }

    /// <summary>A hash of all that is learned from and chosen by: tells whether a checkpoint belongs to these data.</summary>
    public string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (SampleSet samples in new[] { Training, Validation })
        {
            hash.AppendData(MemoryMarshal.AsBytes<float>(samples.Features));
            hash.AppendData(MemoryMarshal.AsBytes<long>(samples.Labels));
            hash.AppendData(MemoryMarshal.AsBytes<float>(samples.Targets));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    // A row of numbers, also of an image: the input ports of the network cut it into their own shapes.
    private static SampleSet Flat(SampleSet samples) => new(samples.Features, [samples.SampleSize], samples.Labels, samples.Targets);
}
