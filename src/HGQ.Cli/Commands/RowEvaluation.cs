using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Report.Contents;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Runs;
using static System.FormattableString;

namespace HGQ.Cli.Commands;

/// <summary>Finds rows with what a model should say about them.</summary>
internal delegate (RunPart Part, LabelledSamples Rows) FindRows(IntegerProgram program, ModelDescription description);

/// <summary>Evaluates the rows of a page.</summary>
internal static class RowEvaluation
{
    /// <summary>Additions and elements that are computed within about a fifth of a second.</summary>
    public const long QuickWork = 20_000_000;

    /// <summary>Evaluates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="find">Its rows.</param>
    /// <param name="mostWork">How much may be computed; of more rows the first ones are taken, and the page says so.</param>
    /// <param name="cancellation">Stops it.</param>
    public static EvaluationRecord Of(ModelGraph model, FindRows find, long mostWork, CancellationToken cancellation)
    {
        IntegerProgram program = Lowerer.Lower(model);
        IReadOnlyList<OutputSlice> all = OutputSlice.Of(program);
        var description = ModelDescription.Of(model.Metadata, all[0].Size);
        (RunPart part, LabelledSamples rows) = find(program, description);
        string name = part switch
        {
            RunPart.Test => "test rows",
            RunPart.Validation => "validation rows",
            RunPart.Training => "training rows",
            RunPart.All => "rows",
            _ => throw new ArgumentOutOfRangeException(nameof(find), part, "There is no such part."),
        };
        int count = rows.Samples.Count, taken = (int)Math.Clamp(mostWork / WorkOf(program), Math.Min(count, 1), count);
        string text = taken == count ? Invariant($"{count} {name}") : Invariant($"the first {taken} of {count} {name}");
        rows = taken == count ? rows : rows.Of([.. Enumerable.Range(0, taken)]);

        // One target stands beside outputs of one size, and a regression's is one number.
        OutputSlice[] outputs = description.IsClassifier || description.Elements == 1 ? [.. all.Where(o => o.Size == all[0].Size)] : [];
        EvaluationReport report = ModelEvaluator.Evaluate(model, outputs, description, rows, null, cancellation);
        return new EvaluationRecord(text, [.. report.Outputs.Select(o => RecordOf(o, description))], report.Ranges, report.Overflows);
    }

    private static OutputRecord RecordOf(OutputReport output, ModelDescription description) => output switch
    {
        ClassificationReport classes => new ConfusionRecord(
            classes.Output, [.. Enumerable.Range(0, classes.Confusion.Count).Select(description.ClassName)], classes.Confusion),
        RegressionReport errors => new ResidualRecord(
            errors.Output,
            errors.Targets,
            errors.Errors,
            [
                ("rms error", errors.RootMeanSquare), ("mean absolute error", errors.MeanAbsolute), ("R²", errors.RSquared),
                ("bias", errors.Bias), ("resolution", errors.Resolution), ("resolution of the core", errors.CentralResolution),
            ]),
        _ => throw new InvalidOperationException($"There is no output {output.GetType().Name}."),
    };

    private static long WorkOf(IntegerProgram program) =>
        1 + program.Layers.Sum(static layer => layer.NonzeroWeights * PositionsOf(layer))
        + program.Buffers.Sum(static buffer => (long)buffer.Length);

    private static long PositionsOf(LayerSummary layer) => Math.Max(1, layer.Shape.Size / Math.Max(1, layer.Shape.Channels));
}
