using System;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>
/// Random models as wide as trained networks: layers of hundreds of inputs whose emitters take other forms than those of the
/// small layers of <see cref="RandomGraphs"/>. The same seed gives the same model on every machine.
/// </summary>
public static class WideGraphs
{
    /// <summary>One to four dense layers of 100 to 900 inputs and 10 to 130 outputs; sometimes the first reads several positions.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="mostWeights">About how many weights of a layer may differ from 0.</param>
    public static ModelGraph Dense(int seed, int mostWeights = int.MaxValue)
    {
        var draw = new RandomLayers(seed);
        int inputs = draw.Between(100, 900);
        bool positions = draw.Chance(0.15);
        string tensor = draw.WideInput(positions ? TensorShape.Of(draw.Between(2, 6), draw.Between(50, 150)) : TensorShape.Of(inputs));
        if (positions)
        {
            tensor = draw.Flat(draw.WideDense(tensor, draw.Between(10, 60), mostWeights, quantized: true));
        }

        return Finished(draw, tensor, draw.Between(0, 3), mostWeights);
    }

    /// <summary>One or two convolutions of up to 64 channels over one or two axes, pools, and a dense layer behind them.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="mostWeights">About how many weights of a layer may differ from 0.</param>
    public static ModelGraph Conv(int seed, int mostWeights = int.MaxValue)
    {
        var draw = new RandomLayers(seed);
        var shape = draw.Chance(0.3)
            ? TensorShape.Of(draw.Between(10, 60), draw.Between(1, 40))
            : TensorShape.Of(draw.Between(6, 14), draw.Between(6, 14), draw.Between(1, 16));
        string tensor = draw.WideConv(draw.WideInput(shape), draw.Between(4, 64), mostWeights);
        if (draw.Chance(0.5))
        {
            tensor = draw.WideConv(tensor, draw.Between(4, 32), mostWeights);
        }

        return Finished(draw, draw.Flat(tensor), 0, mostWeights);
    }

    /// <summary>Samples within, at the border of and beyond the input formats, half of them on a grid, so that ties of roundings occur.</summary>
    public static double[][] Samples(ModelGraph graph, int seed, int count)
    {
        var samples = RandomGraphs.Samples(graph, seed, count);
        for (int n = 3; n < count; n++)
        {
            double grid = n % 2 == 0 ? Math.ScaleB(1, -(n % 8)) : 0;
            samples[n] = [.. samples[n].Select((x, e) => Scaled(graph, e, grid > 0 ? Math.Round(x / grid) * grid : x))];
        }

        return samples;
    }

    private static ModelGraph Finished(RandomLayers draw, string tensor, int hidden, int mostWeights)
    {
        for (; hidden > 0; hidden--)
        {
            tensor = draw.WideDense(tensor, draw.Between(10, 130), mostWeights, quantized: true);
        }

        return draw.Graph([draw.WideDense(tensor, draw.Between(10, 130), mostWeights, quantized: false)]);
    }

    // Standardised to the value, but for the rounding of the decimals.
    private static double Scaled(ModelGraph graph, int e, double value) => graph.Metadata.Preprocessing.FirstOrDefault() is { } standardization
        ? (value * Parse(standardization.Scale[e])) + Parse(standardization.Mean[e])
        : value;

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
