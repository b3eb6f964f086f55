using System.CommandLine;
using System.Globalization;
using System.Threading;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Engines;
using HGQ.Cli.Files;
using HGQ.Cli.Terminal;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary><c>hgq predict</c>: a row of results for each row of data.</summary>
internal sealed class PredictCommand : ICommand
{
    private readonly Argument<string> _model = ModelArgument.Create();
    private readonly Option<string> _data = DataOption.Create(required: true);
    private readonly Option<string> _target = DataOption.CreateTarget(required: false);
    private readonly Option<string> _engine = new("--engine")
    {
        Description = "Engine that computes.",
        HelpName = string.Join("|", EngineList.Names),
        DefaultValueFactory = static _ => EngineList.Interpreter,
    };

    private readonly Option<bool> _raw = new("--raw") { Description = "Write raw integers in place of reals." };
    private readonly Option<string> _out = OutputFile.CreateOption("CSV file to write; - for standard output.");
    private readonly Option<bool> _force = OutputFile.CreateForce();

    public PredictCommand()
    {
        _engine.CompletionSources.Add(EngineList.Names);
        Definition = new Command("predict", "Compute a model on data and write the results as CSV.")
        {
            _model, _data, _target, _engine, _raw, _out, _force,
        };
    }

    /// <inheritdoc/>
    public Command Definition { get; }

    /// <inheritdoc/>
    public string[] Examples => ["hgq predict run/model.hgq.json --data samples/data/clusters.csv --out predictions.csv"];

    /// <inheritdoc/>
    public int Run(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        string path = arguments.GetRequiredValue(_out);
        OutputFile.RequireReplaceable(path, PredictionTable.IsOurs, arguments.GetValue(_force));
        ModelGraph graph = ModelArgument.Read(arguments.GetRequiredValue(_model));
        IntegerProgram program = Lowerer.Lower(graph);
        var description = ModelDescription.Of(graph.Metadata, program.Outputs[0].Shape.Size);
        var options = new DataOptions { Target = arguments.GetValue(_target) };
        ModelSamples samples = ModelSamples.Load(arguments.GetRequiredValue(_data), program, description, options);
        using IInferenceEngine engine = EngineList.CreateOne(arguments.GetRequiredValue(_engine), program);
        engine.Prepare();
        var table = new PredictionTable(program, graph.Metadata, arguments.GetValue(_raw));
        using (var progress = new SampleProgress(context.Messages, "predicting", samples.Count))
        {
            foreach (VerificationVectors block in DataOption.Blocks(samples, samples.Count, program))
            {
                cancellation.ThrowIfCancellationRequested();
                table.Add(engine.Run(block).Raw);
                progress.Report(table.Rows);
            }
        }

        if (OutputFile.Write(path, table.ToString(), context))
        {
            context.Messages.Note(string.Create(CultureInfo.InvariantCulture, $"wrote {path}: {table.Rows} rows"));
        }

        return ExitCode.Done;
    }
}
