using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Keras.Files;

namespace HGQ.Import.Keras.QKeras;

/// <summary>
/// A quantizer of QKeras as the description names it: a class with its arguments, or a text such as <c>quantized_relu(6, 0)</c>.
/// </summary>
internal sealed class QuantizerCall
{
    private static readonly Dictionary<string, string[]> Parameters = new(StringComparer.Ordinal)
    {
        ["quantized_bits"] =
            ["bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis", "qnoise_factor"],
        ["quantized_linear"] =
            ["bits", "integer", "symmetric", "keep_negative", "alpha", "use_stochastic_rounding", "scale_axis", "qnoise_factor"],
        ["quantized_relu"] =
        [
            "bits", "integer", "use_sigmoid", "negative_slope", "use_stochastic_rounding", "relu_upper_bound", "is_quantized_clip",
            "qnoise_factor",
        ],
        ["quantized_tanh"] = ["bits", "use_stochastic_rounding", "symmetric", "use_real_tanh"],
        ["quantized_sigmoid"] = ["bits", "symmetric", "use_real_sigmoid", "use_stochastic_rounding"],
        ["binary"] = ["use_01", "alpha", "use_stochastic_rounding", "scale_axis"],
        ["ternary"] = ["alpha", "threshold", "use_stochastic_rounding", "number_of_unrolls"],
        ["quantized_po2"] = ["bits", "max_value", "use_stochastic_rounding", "quadratic_approximation", "log2_rounding", "qnoise_factor"],
        ["quantized_relu_po2"] =
            ["bits", "max_value", "negative_slope", "use_stochastic_rounding", "quadratic_approximation", "log2_rounding", "qnoise_factor"],
    };

    private readonly KerasLayer _layer;
    private readonly Dictionary<string, JsonElement> _arguments;

    private QuantizerCall(KerasLayer layer, string kind, Dictionary<string, JsonElement> arguments)
        => (_layer, Kind, _arguments) = (layer, kind, arguments);

    /// <summary>Name of the class.</summary>
    public string Kind { get; }

    /// <summary>Reads an option that names a quantizer; null where there is none.</summary>
    public static QuantizerCall? Read(KerasLayer layer, string option)
        => layer.Option(option) is not { } value ? null : Read(layer, value);

    public static QuantizerCall Read(KerasLayer layer, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return Parse(layer, value.GetString()!);
        }

        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("class_name", out JsonElement name)
            || name.ValueKind != JsonValueKind.String)
        {
            throw layer.Refuse("a quantizer is neither a text nor a class with its arguments");
        }

        string kind = name.GetString()!;
        bool hasArguments = value.TryGetProperty("config", out JsonElement config) && config.ValueKind == JsonValueKind.Object;
        return Checked(layer, kind[(kind.LastIndexOf('>') + 1)..], hasArguments
            ? config.EnumerateObject().ToDictionary(static member => member.Name, static member => Plain(member.Value),
                StringComparer.Ordinal)
            : []);
    }

    /// <summary>The layer that has it, for messages.</summary>
    public ImportException Refuse(string construct) => new(_layer.Name, $"{Kind}: {construct}");

    public bool Has(string name) => _arguments.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;

    public bool IsText(string name) => Has(name) && _arguments[name].ValueKind == JsonValueKind.String;

    public string Text(string name) => _arguments[name].GetString()!;

    public int Integer(string name, int otherwise) => Has(name) ? (int)Whole(name) : otherwise;

    public bool Flag(string name, bool otherwise) => Has(name) ? _arguments[name].ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => _arguments[name].GetDouble() != 0,
        _ => throw Refuse($"its argument {name} is {_arguments[name].GetRawText()}"),
    }
    : otherwise;

    public double Number(string name, double otherwise) => Has(name)
        ? _arguments[name].ValueKind == JsonValueKind.Number ? _arguments[name].GetDouble()
            : throw Refuse($"its argument {name} is {_arguments[name].GetRawText()}, a number was expected")
        : otherwise;

    /// <summary>The numbers of an argument, nested lists flattened; null where it is missing.</summary>
    public double[]? Numbers(string name) => Has(name) ? [.. Flat(_arguments[name])] : null;

    private IEnumerable<double> Flat(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => [value.GetDouble()],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Flat),
        JsonValueKind.Object when value.TryGetProperty("value", out JsonElement inner) => Flat(inner),
        JsonValueKind.Object when value.TryGetProperty("config", out JsonElement config) => Flat(config),
        _ => throw Refuse("an argument that lists numbers holds something else"),
    };

    private double Whole(string name)
    {
        double number = Number(name, 0);
        return number == Math.Floor(number) && Math.Abs(number) < 1 << 20 ? number
            : throw Refuse($"its argument {name} is {_arguments[name].GetRawText()}, an integer was expected");
    }

    // NumPy's numbers come as objects of Keras 3.
    private static JsonElement Plain(JsonElement value)
        => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("class_name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String
            && value.TryGetProperty("config", out JsonElement config) && config.ValueKind == JsonValueKind.Object
                && config.TryGetProperty("value", out JsonElement inner)
            && inner.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                ? inner
                : value;

    private static QuantizerCall Checked(KerasLayer layer, string kind, Dictionary<string, JsonElement> arguments)
    {
        var call = new QuantizerCall(layer, kind, arguments);
        double noise = call.Number("qnoise_factor", 1);
        return noise == 1 ? call
            : throw call.Refuse(
            string.Create(CultureInfo.InvariantCulture,
            $"its qnoise_factor is {noise}: it mixes rounded and unrounded numbers; set it to 1 before you save"));
    }

    private static QuantizerCall Parse(KerasLayer layer, string text)
    {
        int open = text.IndexOf('(');
        string kind = (open < 0 ? text : text[..open]).Trim();
        var arguments = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (open >= 0)
        {
            int close = text.LastIndexOf(')');
            string list = close > open ? text[(open + 1)..close]
                : throw new ImportException(layer.Name, $"the quantizer '{text}' has no closing bracket");
            string[] words = [.. list.Split(',').Select(static word => word.Trim()).Where(static word => word.Length > 0)];
            string[] order = Parameters.GetValueOrDefault(kind) ?? [];
            for (var n = 0; n < words.Length; n++)
            {
                int equals = words[n].IndexOf('=');
                string name = equals > 0 ? words[n][..equals].Trim() : n < order.Length ? order[n]
                    : throw new ImportException(layer.Name, $"the quantizer '{text}' has more arguments than are known");
                arguments[name] = Value(layer, text, (equals > 0 ? words[n][(equals + 1)..] : words[n]).Trim());
            }
        }

        return Checked(layer, kind, arguments);
    }

    private static JsonElement Value(KerasLayer layer, string text, string word)
    {
        string json = word switch
        {
            "True" => "true",
            "False" => "false",
            "None" => "null",
            _ when word.Length > 1 && word[0] is '\'' or '"' => JsonSerializer.Serialize(word.Trim('\'', '"')),
            _ when double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                && double.IsFinite(number) => number.ToString("R", CultureInfo.InvariantCulture),
            _ => throw new ImportException(layer.Name,
                $"the quantizer '{text}' has the argument {word}, which is no number, text, True, False or None"),
        };
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
