using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Import.Drafting;
using HGQ.Import.Keras.Layers;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Keras.Hgq;

/// <summary>Functions of HGQ2 as tables: the function in float64, then the quantizer behind it.</summary>
internal static class Hgq2Functions
{
    private const double Epsilon = 1e-7;

    private static readonly Dictionary<string, Func<double, double>> Functions = new(StringComparer.Ordinal)
    {
        ["linear"] = static x => x,
        ["relu"] = static x => Math.Max(x, 0),
        ["tanh"] = Math.Tanh,
        ["sigmoid"] = static x => 1 / (1 + Math.Exp(-x)),
        ["exp"] = Math.Exp,
        ["exponential"] = Math.Exp,
        ["softplus"] = static x => Math.Log(1 + Math.Exp(x)),
        ["softsign"] = static x => x / (1 + Math.Abs(x)),
        ["silu"] = static x => x / (1 + Math.Exp(-x)),
        ["swish"] = static x => x / (1 + Math.Exp(-x)),
        ["elu"] = static x => x > 0 ? x : Math.Exp(x) - 1,
        ["hard_tanh"] = static x => Math.Clamp(x, -1, 1),
        ["hard_sigmoid"] = static x => Math.Clamp((x / 6) + 0.5, 0, 1),
    };

    public static TensorValue Unary(LayerTask task)
    {
        JsonElement? option = task.Layer.Option("activation");
        string name = option is { ValueKind: JsonValueKind.String } text ? text.GetString()!
            : option is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty("config", out JsonElement config)
                && config.ValueKind == JsonValueKind.String ? config.GetString()! : "?";
        Func<double, double> function = Functions.GetValueOrDefault(name)
            ?? throw task.Layer.Refuse($"its function {name} is not known; {string.Join(", ", Functions.Keys)} are");
        FixedPointBits output = Hgq2Quantizer.Read(task, "oq", "oq_conf")
            ?? throw task.Layer.Refuse("a function without a quantizer behind it is no table");
        return Table(task, Hgq2Layers.Quantized(task), task.Name, function, output);
    }

    public static TensorValue Softmax(LayerTask task)
    {
        TensorValue input = task.Draft.InSourceOrder(
            task.Layer.Flag("enable_iq", false) && Hgq2Quantizer.Read(task, "iq", "iq_conf") is { } bits
                ? bits.Apply(task.Draft, task.Input, task.Name + "_iq") : task.Input, task.Name);
        int[] axes = [.. (task.Layer.Integers("axes", 1) ?? task.Layer.Integers("axis", 1) ?? [-1]).Select(
            axis => axis < 0 ? axis + input.Shape.Rank : axis - 1)];
        double scale = task.Layer.Number("input_scaler", 1);
        bool stable = task.Layer.Flag("stable", true);
        if (stable)
        {
            TensorValue most = task.Draft.Reduce(input, task.Name + "_max", ReductionKind.Max, axes, keepDimensions: true);
            input = task.Draft.Sum([most, input], task.Name + "_difference", [false, true]);
            input = Required(task, "exp_table/iq", "exp_iq_conf").Apply(task.Draft, input, task.Name + "_exp_iq");
        }

        TensorValue exponentials =
            Table(task, input, task.Name + "_exp", x => Math.Exp((stable ? -x : x) * scale), Required(task, "exp_table/oq", "exp_oq_conf"));
        TensorValue sum = task.Draft.Reduce(exponentials, task.Name + "_sum", ReductionKind.Sum, axes, keepDimensions: true);
        sum = Required(task, "inv_table/iq", "inv_iq_conf").Apply(task.Draft, sum, task.Name + "_sum_iq");
        TensorValue inverse =
            Table(task, sum, task.Name + "_inverse", static x => 1 / (x + Epsilon), Required(task, "inv_table/oq", "inv_oq_conf"));
        return Hgq2Layers.Finish(task, task.Draft.Product(exponentials, inverse, task.Name));
    }

    private static FixedPointBits Required(LayerTask task, string part, string option)
        => Hgq2Quantizer.Read(task, part, option) ?? throw task.Layer.Refuse($"its quantizer {option} is missing");

    // One table for each pair of an input and an output format.
    private static TensorValue Table(LayerTask task, TensorValue value, string name, Func<double, double> function, FixedPointBits output)
    {
        TensorValue source = task.Draft.InSourceOrder(value, name);
        if (task.Draft.FormatOf(source) is not { } inputs)
        {
            (source, FixedPointFormat one) = Tables.Index(task.Draft, source, name);
            inputs = TensorFormat.Uniform(source.Shape, one);
        }

        TensorFormat outputs = output.Format(source.Shape);
        var known = new Dictionary<(FixedPointFormat, FixedPointFormat), int>();
        var tables = new List<LookupTable>();
        var tableOf = new int[inputs.Elements.Length];
        for (var e = 0; e < tableOf.Length; e++)
        {
            (FixedPointFormat, FixedPointFormat) pair = (inputs[e], outputs[e]);
            if (!known.TryGetValue(pair, out int table))
            {
                if (pair.Item1.Width > Tables.MostBits)
                {
                    throw task.Layer.Refuse($"its table would have {pair.Item1.Width} bits; at most {Tables.MostBits} are possible");
                }

                known[pair] = table = tables.Count;
                tables.Add(Tables.Build(
                    pair.Item1, pair.Item2, x
                    => FixedPointArithmetic.FromDouble(Finite(function(x)), pair.Item2, output.Rounding, output.Overflow)));
            }

            tableOf[e] = table;
        }

        return task.Draft.Lookup(source, name, [.. tables], tableOf);
    }

    private static double Finite(double value) => double.IsNaN(value) ? 0 : Math.Clamp(value, -1e300, 1e300);
}
