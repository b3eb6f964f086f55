using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Runs;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq evaluate</c>: accuracy or resolution of the exact integers, and overflows.</summary>
internal sealed class EvaluateCommand : ICommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _data = DataOption.Create(required: false);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);

    private readonly Option<string?> _output = new("--output")
    {
        Description = "The output to compare with the target. Default: all outputs.",
        HelpName = "NAME",
    };

    private readonly WordOption<RunPart> _rows = new(
        "--rows", "Rows to evaluate: all, or a part of the data of the run that the model came from.", RunPart.All,
        ("all", RunPart.All), ("train", RunPart.Training), ("validation", RunPart.Validation), ("test", RunPart.Test));

    private readonly WordOption<MissingValues> _missing = ReadingOptions.CreateMissing();
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, for scripts." };

    public EvaluateCommand()
    {
        _target.Description = "The target: a column, or the IDX or NPY file with the labels. Default: the column that the model was trained for.";
        _data.Description += " Default: with --rows, the data of the run.";
        Definition = new Command("evaluate", "Measure accuracy or resolution of a model on labelled data, and count overflows.")
        {
            _model, _data, _target, _rows.Option, _missing.Option, _output, _json,
        };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq evaluate run/model.hgq.json --data samples/data/clusters.csv", "hgq evaluate run/model.hgq.json --rows test"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        ModelGraph graph = ModelArgument.Read(arguments.GetRequiredValue(_model));
        IntegerProgram program = Lowerer.Lower(graph);
        OutputSlice[] outputs = Choose(OutputSlice.Of(program), arguments.GetValue(_output));
        var description = ModelDescription.Of(graph.Metadata, outputs[0].Size);
        RequireOneTarget(outputs, description);
        LabelledSamples labelled = Load(arguments, program, description);
        foreach (string warning in labelled.Samples.Warnings)
        {
            context.Messages.Warning(warning);
        }

        using var progress = new SampleProgress(context.Messages, "evaluating", labelled.Samples.Count);
        EvaluationReport report;
        try
        {
            report = ModelEvaluator.Evaluate(graph, outputs, description, labelled, progress.Report, cancellation);
        }
        catch (ArgumentException fault)
        {
            throw new CommandException($"{labelled.Samples.Source}: {PlainMessage.Of(fault)}", inner: fault);
        }

        context.Output.Write(arguments.GetValue(_json) ? EvaluationJson.Print(report, description) : EvaluationText.Print(report, description));
        return ExitCode.Done;
    }

    private LabelledSamples Load(ParseResult arguments, IntegerProgram program, ModelDescription description)
    {
        string? data = arguments.GetValue(_data), target = arguments.GetValue(_target);
        RunPart part = _rows.Of(arguments);
        if (part == RunPart.All)
        {
            return LabelledSamples.Load(
                data ?? throw new CommandException("--data is missing: the rows to evaluate; or --rows test for the test rows of the run"),
                program, description, new DataOptions { Target = target, Missing = _missing.Of(arguments) });
        }

        if (target is not null || arguments.GetResult(_missing.Option) is { Implicit: false })
        {
            throw new CommandException($"--rows reads the data as the run did; leave {(target is null ? _missing.Option : _target).Name} out");
        }

        string model = arguments.GetRequiredValue(_model);
        RunRequest run = RunRows.RequestOf(model)
            ?? throw new CommandException($"--rows needs the run that {model} came from; there is none beside it: leave the model in its folder, or leave --rows out");
        return RunRows.Load(run, data, part, program, description);
    }

    private static OutputSlice[] Choose(IReadOnlyList<OutputSlice> all, string? name)
    {
        if (name is null)
        {
            return [.. all];
        }

        if (all.FirstOrDefault(output => output.Name == name) is { } output)
        {
            return [output];
        }

        string[] names = [.. all.Select(static output => output.Name)];
        string? nearest = NearestWord.Find(name, names);
        throw new CommandException(
            $"the model has no output '{name}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?") + $" Outputs: {string.Join(", ", names)}");
    }

    // One target stands beside every output: all must be able to say the same.
    private static void RequireOneTarget(OutputSlice[] outputs, ModelDescription description)
    {
        if (outputs.FirstOrDefault(output => output.Size != outputs[0].Size) is { } other)
        {
            throw new CommandException(Invariant(
                $"one target can't be compared with outputs of different sizes: {outputs[0].Name} has {outputs[0].Size} elements, {other.Name} has {other.Size}; choose one by --output NAME"));
        }

        if (!description.IsClassifier && description.Elements != 1)
        {
            throw new CommandException(Invariant(
                $"the output {outputs[0].Name} has {description.Elements} elements, and a regression's target is one number; choose another by --output NAME"));
        }
    }
}
