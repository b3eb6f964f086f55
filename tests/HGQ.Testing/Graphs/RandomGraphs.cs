using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>Random models with random formats for every element; the same seed gives the same model on every machine.</summary>
public static class RandomGraphs
{
    /// <summary>One to three dense layers: negative fraction bits, width 0, every rounding and overflow.</summary>
    public static ModelGraph Dense(int seed)
    {
        var draw = new RandomLayers(seed);
        var shape = draw.Chance(0.2) ? TensorShape.Of(draw.Between(1, 3), draw.Between(1, 6)) : TensorShape.Of(draw.Between(1, 12));
        string tensor = draw.Input(shape);
        for (int layers = draw.Between(1, 3); layers > 0; layers--)
        {
            tensor = draw.Dense(tensor);
        }

        return draw.Graph([tensor]);
    }

    /// <summary>Up to eight layers of all kinds with branches, one or two inputs and outputs.</summary>
    public static ModelGraph Any(int seed)
    {
        var draw = new RandomLayers(seed);
        var tensors = new List<string> { draw.Input(draw.Shape()) };
        if (draw.Chance(0.2))
        {
            tensors.Add(draw.Input(draw.Shape()));
        }

        for (int layers = draw.Between(1, 8); layers > 0; layers--)
        {
            string source = tensors[Math.Max(0, tensors.Count - draw.Between(1, 3))];
            tensors.Add(draw.Layer(source, tensors));
        }

        string last = tensors[^1], other = tensors[draw.Between(0, tensors.Count - 1)];
        return draw.Graph(draw.Chance(0.3) && other != last ? [last, other] : [last]);
    }

    /// <summary>Real inputs for a model: within, at the border of and beyond the input formats.</summary>
    public static double[][] Samples(ModelGraph graph, int seed, int count)
    {
        var random = new Random(seed);
        int size = graph.Layers.OfType<InputLayer>().Sum(input => input.Shape.Size);
        var samples = new double[count][];
        for (int n = 0; n < count; n++)
        {
            double scale = Math.Pow(2, random.Next(-4, 6));
            samples[n] = [.. Enumerable.Range(0, size).Select(_ => (random.NextDouble() - 0.5) * scale)];
            if (n == 0)
            {
                Array.Fill(samples[n], -1e6);
            }
            else if (n == 1)
            {
                Array.Fill(samples[n], 1e6);
            }
            else if (n == 2)
            {
                Array.Fill(samples[n], 0);
            }
        }

        return samples;
    }
}
