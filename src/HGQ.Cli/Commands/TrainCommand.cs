using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Cli.Terminal;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Training.Recipes;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq train</c>: from a data file to a Pareto front of exported models.</summary>
internal sealed class TrainCommand : ICommand
{
    private readonly Argument<string?> _data = new("DATA")
    {
        Description = "Delimited text with a header (.csv, .tsv, .gz), IDX or NPY file, a folder with the four MNIST files, or - for standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _target = new("--target")
    {
        Description = "What is to be learned: a column, or the IDX or NPY file with the labels.",
        HelpName = "COL",
    };

    private readonly Option<string?> _out = new("--out") { Description = "Folder of the run: a new one, or that of an earlier run.", HelpName = "DIR" };
    private readonly Option<string?> _resume = new("--resume") { Description = "Go on with an interrupted run, exactly where it was.", HelpName = "DIR" };
    private readonly Option<ulong> _seed = NumberOption.Seed("--seed", "Seed of everything that is drawn.", 0);
    private readonly Option<string?> _tensorBoard = new("--tensorboard")
    {
        Description = "Folder for event files of TensorBoard: figures of every epoch, while it trains.",
        HelpName = "DIR",
    };

    private readonly ReadingOptions _reading = new();
    private readonly Option<bool> _force = OutputFile.CreateForce();
    private readonly RecipeOptions _recipe = new();

    public TrainCommand()
    {
        Definition = new Command("train", "Train a model and export the Pareto front of score against cost.")
        {
            _data, _target, _out, _resume, _seed, _tensorBoard,
        };
        foreach (Option option in _recipe.All.Concat(_reading.All).Append(_force))
        {
            Definition.Add(option);
        }
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq train samples/data/clusters.csv --target cluster --epochs 60 --out run"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string? resumed = arguments.GetValue(_resume), events = arguments.GetValue(_tensorBoard);
        if (events is not null)
        {
            OutputFile.RequireFolder(events, "--tensorboard");
        }

        RecipeRunner runner = resumed is null ? Create(arguments) : Resume(arguments, resumed);
        if (events is not null)
        {
            // It may be one in the folder of the run, which is claimed by now.
            Directory.CreateDirectory(events);
            runner.EventFolder = events;
        }

        string folder = resumed ?? arguments.GetValue(_out)!;
        string data = resumed is null ? DataFile.NameOf(arguments.GetValue(_data)!) : runner.Request.Data;
        context.Messages.Note(PlanText.Print(runner.Plan, runner.Request, data));
        using ITrainingDisplay display = TrainingDisplay.Create(context.Messages, runner.Score);
        try
        {
            // The epoch at hand is finished, and the checkpoint written.
            using IDisposable patience = context.Interruption.BePatient();
            RunResult result = display.Show(progress => runner.Run(progress, cancellation));
            string? report = RunReport.TryWrite(folder, runner.JudgedRows, context, cancellation);
            context.Output.Write(RunSummary.Print(result, folder, report));
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new CommandException($"interrupted; the checkpoint is written, go on with: hgq train --resume {folder}", ExitCode.Interrupted);
        }
    }

    /// <summary>Refuses what <see cref="Run"/> would refuse before it has read data.</summary>
    /// <param name="arguments">A command line of this verb.</param>
    /// <param name="recipe">The recipe that <c>--recipe</c> will name; null: none.</param>
    internal void Check(ParseResult arguments, Recipe? recipe)
    {
        _reading.Read(arguments, arguments.GetValue(_target));
        _recipe.Read(arguments, recipe);
        _recipe.ReadModel(arguments);
        _recipe.ReadStart(arguments);
    }

    private RecipeRunner Resume(ParseResult arguments, string folder)
    {
        Option[] others = [_target, _out, _seed, _force, .. _reading.All, .. _recipe.All];
        Option? other = others.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false });
        if (other is not null || arguments.GetValue(_data) is not null)
        {
            throw new CommandException($"--resume takes everything from the folder; leave {other?.Name ?? "DATA"} out");
        }

        return RecipeRunner.Resume(folder);
    }

    private RecipeRunner Create(ParseResult arguments)
    {
        string data = arguments.GetValue(_data) ?? throw new CommandException("DATA is missing: the file to learn from, or --resume DIR");
        string folder = arguments.GetValue(_out) ?? throw new CommandException("--out is missing: the folder of the run");
        OutputFile.RequireFolder(folder);
        var run = new RunFolder(folder);
        if (run.IsRun && File.Exists(run.Checkpoint) && !File.Exists(run.Summary) && !arguments.GetValue(_force))
        {
            throw new CommandException($"{folder} holds an interrupted run; go on with --resume {folder}, or use --force to begin anew");
        }

        var request = new RunRequest
        {
            Data = data,
            Options = _reading.Read(arguments, arguments.GetValue(_target)),
            Recipe = _recipe.Read(arguments),
            Description = _recipe.ReadModel(arguments),
            Start = _recipe.ReadStart(arguments),
            Seed = arguments.GetValue(_seed),
            Command = ReportFiles.Words(arguments, _out),
        };
        if (request.Options.Features is not null && request.Description?.Ports.Any(static port => port.Columns is not null) == true)
        {
            throw new CommandException($"--features and the inputs of {request.Description.File} both choose columns; leave one out");
        }

        try
        {
            return RecipeRunner.Create(request, folder, arguments.GetValue(_force));
        }
        catch (ArgumentException fault)
        {
            // Too few rows for the split.
            throw new CommandException(PlainMessage.Of(fault), inner: fault);
        }
    }
}
