using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using Onnx;

namespace HGQ.Import.Emission.Nodes;

/// <summary>
/// Roundings and overflows by operators on float32 that are exact for every float, not only for small integers: nothing is added to a
/// number before it is rounded.
/// </summary>
internal sealed class FloatArithmetic
{
    private const double Unlimited = float.MaxValue;

    public FloatArithmetic(OnnxGraph graph) => Graph = graph;

    public OnnxGraph Graph { get; }

    /// <summary>Rounds by element; null where there is nothing to round.</summary>
    public string Round(string x, IReadOnlyList<RoundingMode?> modes)
    {
        RoundingMode[] distinct = [.. modes.OfType<RoundingMode>().Distinct().Order()];
        if (distinct.Length == 0)
        {
            return x;
        }

        string result = Round(x, distinct[0]);
        foreach (RoundingMode mode in distinct.Skip(1))
        {
            result = Graph.Node("Where", Graph.Flags([.. modes.Select(m => m == mode)]), Round(x, mode), result);
        }

        return result;
    }

    /// <summary>Two's complement modulo 2^W; elements of width 0 are left as they are.</summary>
    /// <param name="x">Integers.</param>
    /// <param name="widths">Bits, sign included; 0 for elements that do not wrap.</param>
    /// <param name="signed">Whether the lower half of the results is negative.</param>
    public string Wrap(string x, IReadOnlyList<int> widths, IReadOnlyList<bool> signed)
    {
        // A difference is exact where its result has 24 bits; both of these have.
        double[] modulus = [.. widths.Select(static width => width == 0 ? 0 : Math.ScaleB(1, width))];
        string rest = Remainder(x, modulus, [.. widths.Select(static width => width == 0 ? 0 : Math.ScaleB(1, -width))]);
        if (!signed.Any(static s => s))
        {
            return rest;
        }

        bool[] upper = [.. widths.Select((width, e) => width > 0 && signed[e])];
        return Remainder(
            rest, [.. modulus.Select((m, e) => upper[e] ? m : 0)],
            [.. widths.Select((width, e) => upper[e] ? Math.ScaleB(1, 1 - width) : 0)]);
    }

    /// <summary>min(max(x, low), high) by element; null is no limit.</summary>
    public string Clip(string x, IReadOnlyList<(double Low, double High)?> limits)
    {
        if (limits.All(static limit => limit is null))
        {
            return x;
        }

        string low = Graph.Floats([.. limits.Select(static limit => limit?.Low ?? -Unlimited)]);
        string high = Graph.Floats([.. limits.Select(static limit => limit?.High ?? Unlimited)]);
        return Graph.Node("Min", Graph.Node("Max", x, low), high);
    }

    /// <summary>0 outside of the limits.</summary>
    public string ZeroOutside(string x, IReadOnlyList<(double Low, double High)?> limits)
        => limits.All(static limit => limit is null)
            ? x
            : Graph.Node("Where", Graph.Node("Equal", Clip(x, limits), x), x, Graph.Floats([0], []));

    /// <summary>Elements of the second axis; the indices' shape takes its place.</summary>
    public string Gather(string x, IReadOnlyList<int> indices, params int[] shape)
        => Graph.NodeWith("Gather", [x, Graph.Integers([.. indices.Select(static index => (long)index)], shape)], ("axis", [1], false));

    /// <summary>One row of constants for each sample of the batch.</summary>
    public string Rows(double[] values, string input)
    {
        string count = Graph.NodeWith("Shape", [input], ("start", [0], false), ("end", [1], false));
        string shape = Graph.NodeWith("Concat", [count, Graph.Integers([values.Length], [1])], ("axis", [0], false));
        return Graph.Node("Expand", Graph.Floats(values, [1, values.Length]), shape);
    }

    /// <summary>float32((x − mean) / scale), difference and quotient in float64, as every engine computes it.</summary>
    public string Standardized(string x, double[] mean, double[] scale)
    {
        string difference = Graph.Node("Sub", Cast(x, TensorProto.Types.DataType.Double), Graph.Doubles(mean));
        return Cast(Graph.Node("Div", difference, Graph.Doubles(scale)), TensorProto.Types.DataType.Float);
    }

    /// <summary>The entries that indices, kept as floats, point to.</summary>
    public string Lookup(double[] entries, string index) => Graph.NodeWith(
        "Gather", [Graph.Floats(entries, [entries.Length]), Cast(index, TensorProto.Types.DataType.Int64)], ("axis", [0], false));

    /// <summary>All elements of a sample in one row.</summary>
    public string Flat(string x) => Graph.Node("Reshape", x, Graph.Integers([0, -1], [2]));

    public string Cast(string x, TensorProto.Types.DataType type) => Graph.NodeWith("Cast", [x], ("to", [(long)type], false));

    private string Remainder(string x, double[] modulus, double[] inverse)
    {
        string quotient = Graph.Node("Floor", Graph.Node("Mul", x, Graph.Floats(inverse)));
        return Graph.Node("Sub", x, Graph.Node("Mul", quotient, Graph.Floats(modulus)));
    }

    private string Round(string x, RoundingMode mode) => mode switch
    {
        RoundingMode.Truncate => Graph.Node("Floor", x),
        RoundingMode.TruncateToZero => BySign(x, magnitude => Graph.Node("Floor", magnitude)),
        RoundingMode.RoundHalfUp => Half(x, "GreaterOrEqual"),
        RoundingMode.RoundHalfDown => Graph.Node("Neg", Half(Graph.Node("Neg", x), "GreaterOrEqual")),
        RoundingMode.RoundHalfAway => BySign(x, magnitude => Half(magnitude, "GreaterOrEqual")),
        RoundingMode.RoundHalfToZero => BySign(x, magnitude => Half(magnitude, "Greater")),
        RoundingMode.RoundHalfEven => Graph.Node("Round", x),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This is no rounding mode."),
    };

    private string BySign(string x, Func<string, string> round)
        => Graph.Node("Mul", Graph.Node("Sign", x), round(Graph.Node("Abs", x)));

    // The rest is exact except of numbers between -1/2 and 0, whose rest can be rounded down to 1/2: wrong for Greater alone, which is used
    // for magnitudes only.
    private string Half(string x, string comparison)
    {
        string floor = Graph.Node("Floor", x);
        string raises = Graph.Node(comparison, Graph.Node("Sub", x, floor), Graph.Floats([0.5], []));
        return Graph.Node("Add", floor, Cast(raises, TensorProto.Types.DataType.Float));
    }
}
