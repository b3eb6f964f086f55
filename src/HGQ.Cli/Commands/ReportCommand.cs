using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Files;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Serialization;
using HGQ.Report;
using HGQ.Report.Contents;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Runs;
using HGQ.Sweep.Folders;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq report</c>: a run, a sweep or a model as one HTML page.</summary>
internal sealed class ReportCommand : ICommand
{
    private readonly Argument<string> _path = new("RUN_OR_MODEL")
    {
        Description = "Folder of a finished run or of a sweep, or a model file (.hgq.json).",
    };

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The page. Default: report.html in the folder; beside a model file, with its name.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "Rows to evaluate. Of a run: its data, where they were moved; default: where they were.",
        HelpName = "DATA",
    };

    private readonly Option<string> _target = DataOption.CreateTarget(required: false);

    private readonly WordOption<CountedPoints> _luts = new(
        "--luts", "Models of which LUTs are counted: those that take little time (some), none, or all.", CountedPoints.Some,
        ("some", CountedPoints.Some), ("none", CountedPoints.None), ("all", CountedPoints.All));

    private readonly Option<bool> _force = OutputFile.CreateForce();

    public ReportCommand()
    {
        _target.Description =
            "The target of a model's rows: a column, or the file with the labels. Default: the column that the model was trained for.";
        Definition = new Command("report", "Show a run, a sweep or a model as one HTML page.")
        {
            _path, _out, _data, _target, _luts.Option, _force,
        };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq report run", "hgq report run/model.hgq.json --data samples/data/clusters.csv --out model.html"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_path);
        bool isModel = File.Exists(path);
        if (!isModel && !Directory.Exists(path))
        {
            throw new CommandException(
                $"{path}: there is no such file or folder; name the folder of a run or sweep, or a model file (.hgq.json)");
        }

        string page = arguments.GetValue(_out) ?? (isModel ? PageOf(path) : Path.Combine(path, RunReport.FileName));
        OutputFile.RequireReplaceable(
            page, static head => head.StartsWith(HtmlReport.Beginning, StringComparison.Ordinal), arguments.GetValue(_force));
        string text = isModel ? HtmlReport.Write(OfModel(arguments, path, context, cancellation))
            : SweepFolder.IsSweep(path) ? HtmlReport.Write(OfSweep(arguments, path))
            : HtmlReport.Write(OfRun(arguments, path, context, cancellation));
        if (OutputFile.Write(page, text, context))
        {
            context.Output.Write($"report: {page}\n");
        }

        return ExitCode.Done;
    }

    private SweepContent OfSweep(ParseResult arguments, string path)
    {
        Option[] others = [_data, _target, _luts.Option];
        return others.FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false }) is { } other
            ? throw new CommandException($"{path} is the folder of a sweep; {other.Name} belongs to a run or a model, leave it out")
            : SweepReport.Collect(path);
    }

    private ReportContent OfRun(ParseResult arguments, string path, CommandContext context, CancellationToken cancellation)
    {
        if (arguments.GetValue(_target) is not null)
        {
            throw new CommandException("a run has its own target; leave --target out, or name a model file");
        }

        return RunReport.Collect(path, arguments.GetValue(_data), _luts.Of(arguments), context, cancellation);
    }

    private ReportContent OfModel(ParseResult arguments, string path, CommandContext context, CancellationToken cancellation)
    {
        string? data = arguments.GetValue(_data), target = arguments.GetValue(_target);
        if (data is null && target is not null)
        {
            throw new CommandException("--target needs rows: name them by --data, or leave --target out");
        }

        ModelGraph model = ModelArgument.Read(path);
        string name = Path.GetFileName(path);
        var content = new ReportContent
        {
            Model = model,
            Commands = [ReportFiles.Command(["report", name, .. data is null ? [] : new[] { "--data", DataFile.NameOf(data) }])],
        };
        if (data is not null)
        {
            content = content with { Evaluation = RowEvaluation.Of(model, Find, long.MaxValue, cancellation) };
        }

        List<string> notes = [];
        HardwareReport? hardware = ModelLuts.Count(model, _luts.Of(arguments), notes, context, cancellation);
        return content with { Hardware = hardware, Notes = notes };

        (RunPart Part, LabelledSamples Rows) Find(HGQ.Model.Program.IntegerProgram program, ModelDescription description)
        {
            LabelledSamples rows = LabelledSamples.Load(data!, program, description, new DataOptions { Target = target });
            foreach (string warning in rows.Samples.Warnings)
            {
                context.Messages.Warning(warning);
            }

            return (RunPart.All, rows);
        }
    }

    // model.hgq.json → model.html, beside it.
    private static string PageOf(string model)
    {
        string name = Path.GetFileName(model);
        string stem = name.EndsWith(ModelFile.Extension, StringComparison.Ordinal) && name.Length > ModelFile.Extension.Length
            ? name[..^ModelFile.Extension.Length]
            : name;
        return Path.Combine(Path.GetDirectoryName(model) ?? "", stem + ".html");
    }
}
