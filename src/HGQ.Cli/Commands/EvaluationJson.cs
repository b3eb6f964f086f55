using System.Linq;
using System.Text.Json;
using HGQ.Cli.Json;
using HGQ.Model.Verification;
using HGQ.Runtime.Evaluation;

namespace HGQ.Cli.Commands;

/// <summary>An evaluation as JSON; the members are listed in docs/cli.md.</summary>
internal static class EvaluationJson
{
    public static string Print(EvaluationReport report, ModelDescription description) => IndentedJson.Print(json =>
    {
        json.WriteNumber("samples", report.Count);
        json.WriteObjects("outputs", report.Outputs, output => Output(json, output, description));
        json.WriteObjects("overflows", report.Overflows.Where(static layer => layer.Overflows > 0), layer => Overflow(json, layer));
    });

    private static void Output(Utf8JsonWriter json, OutputReport output, ModelDescription description)
    {
        json.WriteString("name", output.Output);
        if (output is RegressionReport regression)
        {
            json.WriteString("task", "regression");
            json.WriteNumber("rmsError", regression.RootMeanSquare);
            json.WriteNumber("meanAbsoluteError", regression.MeanAbsolute);
            if (double.IsNaN(regression.RSquared))
            {
                json.WriteNull("rSquared");
            }
            else
            {
                json.WriteNumber("rSquared", regression.RSquared);
            }

            json.WriteNumber("bias", regression.Bias);
            json.WriteNumber("resolution", regression.Resolution);
            json.WriteNumber("core", regression.CentralResolution);
        }
        else if (output is ClassificationReport classes)
        {
            json.WriteString("task", "classification");
            json.WriteNumber("accuracy", classes.Accuracy);
            json.WriteNumber("right", classes.Right);
            json.WriteStartArray("classes");
            for (int c = 0; c < classes.Confusion.Count; c++)
            {
                json.WriteStringValue(description.ClassName(c));
            }

            json.WriteEndArray();
            json.WritePropertyName("confusion");
            json.WriteRawValue(JsonSerializer.Serialize(classes.Confusion));
        }
    }

    private static void Overflow(Utf8JsonWriter json, LayerOverflows layer)
    {
        json.WriteString("layer", layer.Layer);
        json.WriteNumber("overflows", layer.Overflows);
        json.WriteNumber("results", layer.Elements);
        json.WriteNumber("firstSample", layer.First!.Sample);
        json.WriteNumber("firstElement", layer.First.Element);
    }
}
