using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Model.Program;

namespace HGQ.Cli.Commands;

/// <summary>An inspection as JSON; the members are listed in docs/cli.md.</summary>
internal static class InspectionJson
{
    public static string Print(ModelInspection model)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(bytes, options))
        {
            json.WriteStartObject();
            json.WriteString("name", model.Name);
            json.WriteNumber("ebops", model.Ebops);
            json.WriteNumber("weights", model.Weights);
            json.WriteNumber("nonzeroWeights", model.NonzeroWeights);
            json.WriteNumber("adders", model.Adders);
            List(json, "inputs", model.Inputs, input => Input(json, input));
            List(json, "outputs", model.Outputs, output => Port(json, output.Name, output.Shape));
            List(json, "layers", model.Layers, layer => Layer(json, layer));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n";
    }

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

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
