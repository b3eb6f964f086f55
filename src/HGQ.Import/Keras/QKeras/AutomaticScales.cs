using System;
using System.Linq;
using HGQ.Import.Containers;
using HGQ.Import.Exact;

namespace HGQ.Import.Keras.QKeras;

/// <summary>
/// Scales that QKeras computes from the weights (alpha "auto" and "auto_po2"): in float32, by the same steps; the weights are then exact
/// integers times them.
/// </summary>
internal sealed class AutomaticScales
{
    private const float Epsilon = 1e-7f;

    private readonly QuantizerCall _call;
    private readonly int[] _groupOf;
    private readonly float[] _x;
    private readonly bool _powers;
    private readonly int _groups;

    private AutomaticScales(HdfArray weights, QuantizerCall call)
    {
        _call = call;
        _powers = !call.IsText("alpha") || call.Text("alpha") == "auto_po2";
        if (call.IsText("alpha") && call.Text("alpha") is not ("auto" or "auto_po2"))
        {
            throw call.Refuse($"its alpha is '{call.Text("alpha")}'; 'auto' and 'auto_po2' are known");
        }

        if (call.Has("elements_per_scale"))
        {
            throw call.Refuse("elements_per_scale is not supported; use one scale for each output");
        }

        _x = [.. weights.Values.Select(static x => (float)x)];
        (_groupOf, _groups) = Groups(weights.Shape);
    }

    public static Rational[] Apply(HdfArray weights, QuantizerCall call)
    {
        var scales = new AutomaticScales(weights, call);
        return call.Kind switch
        {
            "binary" => scales.Binary(),
            "ternary" => scales.Ternary(),
            _ => scales.Bits(weights.Shape.Length),
        };
    }

    private Rational[] Bits(int rank)
    {
        int bits = _call.Integer("bits", 8);
        Rational one = Rational.PowerOfTwo(_call.Integer("integer", 0));
        var oneFloat = (float)one.ToDouble();
        float levels = (MathF.Pow(2, bits - 1) - 1) * 2;
        if (bits < 2)
        {
            throw _call.Refuse("one bit with a computed alpha has no levels; use binary");
        }

        float[] x = [.. _x.Select(value => value / oneFloat)];
        float[] scale;
        if (_call.Numbers("post_training_scale") is { } given)
        {
            float m = MathF.Pow(2, bits - (_call.Flag("keep_negative", true) ? 1 : 0));
            scale = [.. Enumerable.Range(0, _groups).Select(g => (float)given[given.Length == 1 ? 0 : g] / m)];
        }
        else
        {
            scale = [.. Largest(x, rank).Select(most => most * 2 / levels)];
            if (_powers)
            {
                scale = [.. scale.Select(Power)];
                for (var round = 0; round < 5; round++)
                {
                    scale = LeastSquares(x, Codes(x, scale, levels));
                }
            }
        }

        float[] codes = Codes(x, scale, levels);
        return [.. codes.Select((code, e) => Rational.Of(code) * Rational.Of(scale[_groupOf[e]]) * one)];
    }

    private float[] Codes(float[] x, float[] scale, float levels) => [.. x.Select((value, e) =>
        MathF.Sign(value) * MathF.Min(MathF.Floor((MathF.Abs(value) / scale[_groupOf[e]]) + 0.5f), levels / 2))];

    private Rational[] Binary()
    {
        float[] signs = [.. _x.Select(static x => x < 0 ? -1f : 1f)];
        bool binary01 = _call.Flag("use_01", false);
        float[] codes = binary01 ? [.. signs.Select(static s => (s + 1) / 2)] : signs;
        float[] scale = LeastSquares(_x, codes);
        return [.. codes.Select((code, e) => Rational.Of(code) * Rational.Of(scale[_groupOf[e]]))];
    }

    private Rational[] Ternary()
    {
        float[] scale = [.. Largest(_x, 2).Select(static most => 2 * most / 3)];
        scale = _powers ? [.. scale.Select(Power)] : scale;
        float[] codes = [];
        for (var round = 0; round < _call.Integer("number_of_unrolls", 5); round++)
        {
            float[] at = scale;
            codes = [.. _x.Select(
                (x, e) => MathF.Abs(at[_groupOf[e]] * MathF.Round(x / at[_groupOf[e]], MidpointRounding.ToEven)) >= at[_groupOf[e]] / 2
                ? MathF.Sign(x) : 0f)];
            scale = LeastSquares(_x, codes);
        }

        return [.. codes.Select((code, e) => Rational.Of(code) * Rational.Of(scale[_groupOf[e]]))];
    }

    private float[] Largest(float[] x, int rank)
    {
        var most = new float[_groups];
        for (var e = 0; e < x.Length; e++)
        {
            most[_groupOf[e]] = MathF.Max(most[_groupOf[e]], MathF.Abs(x[e]));
        }

        // Of a vector QKeras takes the largest of all.
        return rank > 1 ? most : [.. most.Select(_ => most.Max())];
    }

    private float[] LeastSquares(float[] x, float[] codes)
    {
        var product = new double[_groups];
        var square = new double[_groups];
        var count = new int[_groups];
        for (var e = 0; e < x.Length; e++)
        {
            product[_groupOf[e]] += x[e] * codes[e];
            square[_groupOf[e]] += codes[e] * codes[e];
            count[_groupOf[e]]++;
        }

        float[] scale = [.. product.Select((sum, g) => (float)(sum / count[g]) / ((float)(square[g] / count[g]) + Epsilon))];
        if (!_powers)
        {
            return scale;
        }

        double[]? least = _call.Numbers("min_po2_exponent"), most = _call.Numbers("max_po2_exponent");
        return [.. scale.Select(Power).Select(s => least is null ? s : MathF.Max(s, MathF.Pow(2, (float)least[0]))).Select(
            s => most is null ? s : MathF.Min(s, MathF.Pow(2, (float)most[0])))];
    }

    private static float Power(float scale)
        => MathF.Pow(2, MathF.Round(MathF.Log(scale + Epsilon) / (float)Math.Log(2), MidpointRounding.ToEven));

    // One scale for each index along the axis of the scales, the last one by default; a vector has one for each element.
    private (int[] GroupOf, int Groups) Groups(int[] shape)
    {
        int rank = shape.Length, size = shape.Aggregate(1, static (a, b) => a * b);
        int[] axes = rank <= 1 ? [0] : _call.Numbers("scale_axis") is { } given ? [.. given.Select(a => a < 0 ? (int)a + rank : (int)a)]
            : [rank - 1];
        if (rank == 0 || axes.Any(axis => axis < 0 || axis >= rank))
        {
            throw _call.Refuse("its scale_axis is no axis of the weights");
        }

        var groupOf = new int[size];
        var groups = 1;
        int step = size;
        for (var axis = 0; axis < rank; axis++)
        {
            step /= shape[axis];
            if (axes.Contains(axis))
            {
                for (var e = 0; e < size; e++)
                {
                    groupOf[e] = (groupOf[e] * shape[axis]) + (e / step % shape[axis]);
                }

                groups *= shape[axis];
            }
        }

        return (groupOf, groups);
    }
}
