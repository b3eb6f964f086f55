using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Cli.Terminal;
using HGQ.Model.Verification;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary>An evaluation for people to read: the rows, each output's figures, the overflows, the confusion matrices.</summary>
internal static class EvaluationText
{
    public static string Print(EvaluationReport report, ModelDescription description)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"samples    {report.Count}\n");
        foreach (OutputReport output in report.Outputs)
        {
            AppendName(text, report, output);
            AppendFigures(text, output);
        }

        text.Append(report.Outputs.Count > 1 ? "\n" : "");
        text.Append(CultureInfo.InvariantCulture, $"overflows  {report.Overflows.Sum(static layer => layer.Overflows)}\n");
        foreach (LayerOverflows layer in report.Overflows.Where(static layer => layer.Overflows > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"  {layer.Layer}: {layer.Overflows} of {layer.Elements} results left their format, first in sample {layer.First!.Sample}, element {layer.First.Element}\n");
        }

        foreach (ClassificationReport output in report.Outputs.OfType<ClassificationReport>())
        {
            AppendName(text, report, output);
            text.Append(report.Outputs.Count > 1 ? "" : "\n").Append(Confusion(output, description));
        }

        return text.ToString();
    }

    private static void AppendName(StringBuilder text, EvaluationReport report, OutputReport output)
    {
        if (report.Outputs.Count > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"\noutput     {output.Output}\n");
        }
    }

    private static void AppendFigures(StringBuilder text, OutputReport output)
    {
        if (output is ClassificationReport classes)
        {
            text.Append(CultureInfo.InvariantCulture, $"accuracy   {classes.Accuracy * 100:F2} % ({classes.Right} of {classes.Count})\n");
        }
        else if (output is RegressionReport regression)
        {
            text.Append(CultureInfo.InvariantCulture, $"rms error  {regression.RootMeanSquare:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"MAE        {regression.MeanAbsolute:G6} (mean absolute error)\n");
            text.Append(CultureInfo.InvariantCulture, $"R²         {(double.IsNaN(regression.RSquared) ? "-" : regression.RSquared.ToString("F4", CultureInfo.InvariantCulture))}\n");
            text.Append(CultureInfo.InvariantCulture, $"bias       {regression.Bias:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"resolution {regression.Resolution:G6}\n");
            text.Append(CultureInfo.InvariantCulture, $"core       {regression.CentralResolution:G6} (half width of the central 68.27 % of the errors)\n");
        }
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
