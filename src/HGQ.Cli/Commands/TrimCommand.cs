using System;
using System.CommandLine;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Fronts;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training.Recipes;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq trim</c>: makes the integers of a model file smaller.</summary>
internal sealed class TrimCommand : ICommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _data = DataOption.Create(required: false);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder of the results: a new one, or that of an earlier trimming, which goes on.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int?> _ebops = NumberOption.OptionalCount(
        "--ebops", "Come down to this many EBOPs. Default: as far as the validation score bears it.", least: 0);

    private readonly Option<double?> _price = NumberOption.OptionalPositive(
        "--tau", "Fixed price of a unit of cost in the mean training loss. Default: a price that rises from sweep to sweep.");

    private readonly WordOption<TrimCostKind> _cost = new(
        "--cost",
        "What is to become less: EBOPs, or an estimate of LUTs (docs/training.md).",
        TrimCostKind.Ebops,
        ("ebops", TrimCostKind.Ebops),
        ("luts", TrimCostKind.Luts));

    private readonly Option<int> _sweeps = NumberOption.Count("--sweeps", "Sweeps over all integers at most.", least: 1, standard: 30);
    private readonly Option<bool> _grow = new("--grow") { Description = "Also try a bit more where it gains more than it costs." };
    private readonly Option<ulong> _seed = NumberOption.Seed("--seed", "Seed of the order of the changes.", 0);
    private readonly Option<bool> _force = OutputFile.CreateForce();

    public TrimCommand()
    {
        _data.Description += " Default: the data of the run that the model came from.";
        _target.Description = "The target: a column, or the IDX or NPY file with the labels. Default: that of the run, or of the model.";
        Definition = new Command("trim", "Make the integers of a model smaller, and keep the front of score against cost.")
        {
            _model, _data, _target, _out, _ebops, _price, _cost.Option, _sweeps, _grow, _seed, _force,
        };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq trim run/model.hgq.json --out trimmed"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string folder = arguments.GetRequiredValue(_out)!;
        TrimRunner runner = Create(arguments, folder);
        (int training, int validation, int test) = runner.Rows;
        string split = runner.HasSplitOfRun
            ? "as in the run"
            : "a split of its own: the model may have learned from rows that choose here";
        context.Messages.Note(Invariant($"rows: {training} judge changes, {validation} choose, {test} test ({split})"));
        using var display = new PlainTrainingDisplay(context.Messages, runner.Score);
        try
        {
            using IDisposable patience = context.Interruption.BePatient();
            RunResult result = display.Show(progress => runner.Run(progress, cancellation));
            string? report = RunReport.TryWrite(folder, runner.JudgedRows, context, cancellation);
            context.Output.Write(RunSummary.Print(result, folder, report));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException("interrupted; the sweeps are kept, give the same command to go on", ExitCode.Interrupted);
        }
    }

    private TrimRunner Create(ParseResult arguments, string folder)
    {
        string model = arguments.GetRequiredValue(_model);
        ModelGraph graph = ModelArgument.Read(model);
        OutputFile.RequireFolder(folder);
        if (arguments.GetValue(_ebops) is not null && arguments.GetValue(_price) is not null)
        {
            throw new CommandException("--ebops lets the price rise until it is reached, --tau holds it; leave one out");
        }

        var request = new TrimRequest
        {
            Model = model,
            Graph = graph,
            Data = arguments.GetValue(_data),
            Target = arguments.GetValue(_target),
            Command = ReportFiles.Words(arguments, _out),
            Goal = new TrimGoal
            {
                Cost = _cost.Of(arguments),
                Price = arguments.GetValue(_price),
                Ebops = arguments.GetValue(_ebops),
                Sweeps = arguments.GetValue(_sweeps),
                Grow = arguments.GetValue(_grow),
                Seed = arguments.GetValue(_seed),
            },
        };
        try
        {
            return TrimRunner.Create(request, folder, arguments.GetValue(_force));
        }
        catch (ArgumentException fault)
        {
            // Rows that don't fit the model, or too few for a split.
            throw new CommandException(PlainMessage.Of(fault), inner: fault);
        }
    }
}
