using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using HGQ.Model.Graph;
using HGQ.Model.Serialization.Json;
using static System.FormattableString;

namespace HGQ.Model.Serialization;

/// <summary>Reads "metadata": free-form members kept as they are, and the preprocessing, which must be understood.</summary>
internal sealed class MetadataReader
{
    /// <summary>The only kind of preprocessing there is.</summary>
    public const string Standardize = "standardize";

    private readonly ModelValues _values;
    private readonly HashSet<string> _standardized = new(StringComparer.Ordinal);

    public MetadataReader(ModelValues values) => _values = values;

    /// <summary>Reads the member, which may be absent (node −1), after the inputs of the model are known.</summary>
    public ModelMetadata Read(int node, IReadOnlyDictionary<string, TensorShape> inputs)
    {
        if (node < 0)
        {
            return ModelMetadata.Empty;
        }

        var members = new ModelMembers(_values, node, "an object");
        int preprocessing = members.Optional("preprocessing");
        var steps = new List<Standardization>();
        foreach (int step in preprocessing < 0 ? Array.Empty<int>() : _values.Elements(preprocessing, "preprocessing steps"))
        {
            steps.Add(Step(step, inputs));
        }

        var entries = new List<MetadataEntry>();
        foreach ((string name, int value) in members.Rest())
        {
            entries.Add(new MetadataEntry(name, Compact(_values.Tape.Text, _values.Tape[value].Start, _values.Tape[value].End)));
        }

        return new ModelMetadata(steps.ToArray(), entries.ToArray());
    }

    /// <summary>Valid JSON text without the blanks between its tokens.</summary>
    public static string Compact(string text, int start, int end)
    {
        var compact = new StringBuilder(end - start);
        bool inString = false;
        for (int at = start; at < end; at++)
        {
            char c = text[at];
            if (inString && c == '\\')
            {
                compact.Append(c).Append(text[++at]);
                continue;
            }

            inString ^= c == '"';
            if (inString || c is not (' ' or '\n' or '\r' or '\t'))
            {
                compact.Append(c);
            }
        }

        return compact.ToString();
    }

    private Standardization Step(int node, IReadOnlyDictionary<string, TensorShape> inputs)
    {
        var members = new ModelMembers(_values, node, "a preprocessing step {kind, input, mean, scale}");
        int kind = members.Required("kind");
        if (kind >= 0 && _values.String(kind) != Standardize)
        {
            _values.Error(
                ModelErrorCodes.InvalidPreprocessing, kind, Invariant($"{_values.Quote(kind)} can't be applied; expected \"{Standardize}\""));
        }

        int input = members.Required("input");
        string name = _values.String(input);
        int size = 0;
        if (inputs.TryGetValue(name, out TensorShape? shape) && _standardized.Add(name))
        {
            size = shape.Size;
        }
        else if (input >= 0)
        {
            _values.Error(
                ModelErrorCodes.InvalidPreprocessing, input, Invariant($"{_values.Quote(input)} is no input of the model, or standardised twice"));
        }

        string[] mean = Decimals(members.Required("mean"), size, mayBe0: true);
        string[] scale = Decimals(members.Required("scale"), size, mayBe0: false);
        members.RefuseRest();
        return new Standardization(name, mean, scale);
    }

    // A size of 0 stands for an input that is wrong and reported.
    private string[] Decimals(int node, int size, bool mayBe0)
    {
        int[] nodes = _values.Elements(node, "decimal strings");
        if (node >= 0 && size > 0 && nodes.Length != size)
        {
            _values.Error(
                ModelErrorCodes.InvalidPreprocessing, node, Invariant($"{nodes.Length} numbers found; the input has {size} elements"));
        }

        var decimals = new string[nodes.Length];
        for (int n = 0; n < nodes.Length; n++)
        {
            decimals[n] = _values.String(nodes[n]);
            if (_values.Tape.KindOf(nodes[n]) == JsonKind.String && !IsDecimal(decimals[n], mayBe0))
            {
                _values.Error(
                    ModelErrorCodes.InvalidPreprocessing,
                    nodes[n],
                    Invariant($"{_values.Quote(nodes[n])} is no finite decimal number{(mayBe0 ? string.Empty : " other than 0")}"));
            }
        }

        return decimals;
    }

    private static bool IsDecimal(string text, bool mayBe0)
    {
        const NumberStyles plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, plain, CultureInfo.InvariantCulture, out double value)
            && !double.IsNaN(value) && !double.IsInfinity(value)
            && (mayBe0 || value != 0);
    }
}
