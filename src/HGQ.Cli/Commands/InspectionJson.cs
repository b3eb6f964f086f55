using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Cli.Json;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Inspection;
using HGQ.Model.Program;

namespace HGQ.Cli.Commands;

/// <summary>An inspection as JSON; the members are listed in docs/cli.md.</summary>
internal static class InspectionJson
{
    public static string Print(
        ModelInspection model, HardwareReport? hardware = null, StreamHardware? stream = null) => IndentedJson.Print(json =>
    {
        json.WriteString("name", model.Name);
        json.WriteNumber("ebops", model.Ebops);
        json.WriteNumber("weights", model.Weights);
        json.WriteNumber("nonzeroWeights", model.NonzeroWeights);
        json.WriteNumber("adders", model.Adders);
        json.WriteObjects("inputs", model.Inputs, input => Input(json, input));
        json.WriteObjects("outputs", model.Outputs, output => Port(json, output.Name, output.Shape));
        json.WriteObjects("layers", model.Layers, layer => Layer(json, layer));
        if (hardware is not null)
        {
            HardwareTable.Write(json, hardware);
        }

        if (stream is not null)
        {
            StreamTable.Write(json, stream);
        }
    });

    private static void Input(Utf8JsonWriter json, ProgramInput input)
    {
        Port(json, input.Name, input.Shape);
        json.WriteBoolean("standardized", input.Standardization is not null);
    }

    private static void Port(Utf8JsonWriter json, string name, TensorShape shape)
    {
        json.WriteString("name", name);
        Numbers(json, "shape", shape.Dimensions);
    }

    private static void Layer(Utf8JsonWriter json, LayerInspection layer)
    {
        Port(json, layer.Name, layer.Shape);
        json.WriteString("kind", layer.Kind);
        json.WriteStartArray("reads");
        foreach (string input in layer.Inputs)
        {
            json.WriteStringValue(input);
        }

        json.WriteEndArray();
        Format(json, layer.Formats);
        json.WriteNumber("constantElements", layer.Constant);
        json.WriteNumber("weights", layer.Weights);
        json.WriteNumber("nonzeroWeights", layer.NonzeroWeights);
        json.WriteNumber("ebops", layer.Ebops);
        json.WriteNumber("adders", layer.Adders);
        json.WriteNumber("tables", layer.Tables);
        json.WriteNumber("tableBits", layer.TableBits);
    }

    private static void Format(Utf8JsonWriter json, EquatableArray<FixedPointFormat> formats)
    {
        if (formats.Length == 0)
        {
            json.WriteNull("format");
            return;
        }

        json.WriteStartObject("format");
        Numbers(json, "k", formats.Select(static format => format.Signed ? 1 : 0));
        Numbers(json, "i", formats.Select(static format => format.IntegerBits));
        Numbers(json, "f", formats.Select(static format => format.FractionBits));
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> numbers)
    {
        json.WritePropertyName(name);
        json.WriteRawValue("[" + string.Join(",", numbers.Select(static n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))) + "]");
    }
}
