using System;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq evaluate</c>: accuracy or resolution of the exact integers, and overflows.</summary>
internal sealed class EvaluateCommand : ICommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _data = DataOption.Create(required: true);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);

    public EvaluateCommand()
    {
        _target.Description = "The target: a column, or the IDX or NPY file with the labels; a folder of MNIST files needs none (its test rows are used).";
        Definition = new Command("evaluate", "Measure accuracy or resolution of a model on labelled data, and count overflows.") { _model, _data, _target };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq evaluate run/model.hgq.json --data samples/data/clusters.csv --target cluster"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_data);
        string? target = arguments.GetValue(_target);
        if (target is null && !System.IO.Directory.Exists(path))
        {
            throw new CommandException("--target is missing: the column, or the file with the labels, that results are compared with");
        }

        ModelGraph graph = ModelArgument.Read(arguments.GetRequiredValue(_model));
        IntegerProgram program = Lowerer.Lower(graph);
        var description = ModelDescription.Of(graph.Metadata, program.OutputSize);
        LabelledSamples labelled = LabelledSamples.Load(path, program, description, new DataOptions { Target = target });
        foreach (string warning in labelled.Samples.Warnings)
        {
            context.Messages.Warning(warning);
        }

        using var progress = new SampleProgress(context.Messages, "evaluating", labelled.Samples.Count);
        EvaluationReport report;
        try
        {
            report = ModelEvaluator.Evaluate(graph, description, labelled, progress.Report, cancellation);
        }
        catch (ArgumentException fault)
        {
            throw new CommandException($"{path}: {fault.Message}", inner: fault);
        }

        context.Output.Write(Print(report, description));
        return ExitCode.Done;
    }

    private static string Print(EvaluationReport report, ModelDescription description)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"samples    {report.Count}\n");
        if (report is ClassificationReport classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"accuracy   {classes.Accuracy * 100:F2} % ({classes.Right} of {classes.Count})\n");
        }
        else if (report is RegressionReport regression)
        {
            text.Append(CultureInfo.InvariantCulture, $"rms error  {regression.RootMeanSquare:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"bias       {regression.Bias:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"resolution {regression.Resolution:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"core       {regression.CentralResolution:G6} (half width of the central 68.27 % of the errors)\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"overflows  {report.Overflows.Sum(static layer => layer.Overflows)}\n");
        foreach (LayerOverflows layer in report.Overflows.Where(static layer => layer.Overflows > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {layer.Layer}: {layer.Overflows} of {layer.Elements} results left their format, first in sample {layer.First!.Sample}, element {layer.First.Element}\n");
        }

        return report is ClassificationReport matrix ? text.Append('\n').Append(Confusion(matrix, description)).ToString() : text.ToString();
    }

    // Rows are true classes, columns what was found.
    private static TextTable Confusion(ClassificationReport report, ModelDescription description)
    {
        string[] names = [.. Enumerable.Range(0, report.Confusion.Count).Select(description.ClassName)];
        var table = new TextTable(["true \\ found", .. names.Select(static name => ">" + name)]);
        for (int c = 0; c < names.Length; c++)
        {
            table.Add([names[c], .. report.Confusion[c].Select(static n => n.ToString(CultureInfo.InvariantCulture))]);
        }

        return table;
    }
}
