using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Engines;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq verify</c>: the same samples through every engine, equal in every integer.</summary>
internal sealed class VerifyCommand : ICommand
{
    private const int RandomSamples = 1000;

    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _data = DataOption.Create(required: false);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);
    private readonly Option<int?> _samples = NumberOption.OptionalCount(
        "--samples", "Rows of the data at most; without data, random samples. Default: all rows, or 1000.", least: 0);

    private readonly Option<string> _engines = new("--engines")
    {
        Description = "Engines to compare with the interpreter, separated by commas.",
        HelpName = "LIST",
        DefaultValueFactory = static _ => string.Join(",", EngineList.Standard),
    };

    private readonly Option<bool> _requireAll = new("--require-all") { Description = "Fail if an engine had to be skipped." };
    private readonly Option<ulong> _seed = NumberOption.Seed("--seed", "Seed of the random samples.", 1);

    public VerifyCommand()
    {
        _engines.CompletionSources.Add(EngineList.Names);
        Definition = new Command("verify", "Run the same samples through every engine and compare all integers.")
        {
            _model, _data, _target, _samples, _engines, _requireAll, _seed,
        };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq verify run/model.hgq.json --data samples/data/clusters.csv"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        ModelGraph graph = ModelArgument.Read(arguments.GetRequiredValue(_model));
        IntegerProgram program = Lowerer.Lower(graph);
        ModelSamples? data = DataOption.Load(arguments.GetValue(_data), arguments.GetValue(_target), graph, program);
        int wanted = arguments.GetValue(_samples) ?? data?.Count ?? RandomSamples;
        IReadOnlyList<IInferenceEngine> engines = EngineList.Create(arguments.GetRequiredValue(_engines), program);
        try
        {
            IEnumerable<VerificationVectors> blocks = Blocks(arguments, program, data, wanted);
            ComparisonReport report = Compare(context, program, blocks, engines, Math.Min(wanted, data?.Count ?? 0), cancellation);
            report = WithFloat(arguments, context, graph, program, blocks, report);
            context.Output.Write(ComparisonTable.Print(report));
            return report.Mismatches > 0 ? ExitCode.Mismatch
                : arguments.GetValue(_requireAll) && report.Skipped.Any() ? ExitCode.ToolMissing
                : ExitCode.Done;
        }
        finally
        {
            foreach (IInferenceEngine engine in engines)
            {
                engine.Dispose();
            }
        }
    }

    private IEnumerable<VerificationVectors> Blocks(ParseResult arguments, IntegerProgram program, ModelSamples? data, int wanted)
    {
        var options = new CornerOptions(arguments.GetValue(_seed), data is null ? wanted : CornerOptions.Default.Random);
        IReadOnlyList<VerificationVectors> corners = VerificationVectors.Corners(program, options);
        return data is null ? corners : DataOption.Blocks(data, Math.Min(wanted, data.Count), program).Concat(corners);
    }

    // A row more where the training state is beside the model, or a skipped one where it was asked for by name.
    private ComparisonReport WithFloat(
        ParseResult arguments,
        CommandContext context,
        ModelGraph graph,
        IntegerProgram program,
        IEnumerable<VerificationVectors> blocks,
        ComparisonReport report)
    {
        bool named = arguments.GetRequiredValue(_engines).Split(',', StringSplitOptions.TrimEntries).Contains(FloatReference.Name);
        bool standard = arguments.GetResult(_engines) is null or { Implicit: true };
        if (!named && !standard)
        {
            return report;
        }

        if (FloatReference.Compare(arguments.GetRequiredValue(_model), graph, program, blocks, context.Messages.Note) is { } found)
        {
            return report with { Engines = [.. report.Engines, found.Row], FirstDifference = report.FirstDifference ?? found.Difference };
        }

        var skipped = new EngineReport(FloatReference.Name, 0, 0, 0, default, default, "no training state beside the model");
        return named ? report with { Engines = [.. report.Engines, skipped] } : report;
    }

    private static ComparisonReport Compare(
        CommandContext context,
        IntegerProgram program,
        IEnumerable<VerificationVectors> blocks,
        IReadOnlyList<IInferenceEngine> engines,
        int rows,
        CancellationToken cancellation)
    {
        using var progress = new SampleProgress(context.Messages, "verifying", rows);
        ComparisonReport report = EngineComparison.Run(program, engines, blocks, done =>
        {
            cancellation.ThrowIfCancellationRequested();
            progress.Report(done);
        });
        foreach (EngineReport engine in report.Engines.Where(static engine => engine.Preparation > TimeSpan.FromSeconds(0.1)))
        {
            context.Messages.Note(string.Create(CultureInfo.InvariantCulture, $"{engine.Name} was compiled in {engine.Preparation.TotalSeconds:F2} s"));
        }

        return report;
    }
}
