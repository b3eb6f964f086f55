using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;

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

    /// <summary>Up to eight layers of all kinds with branches, one to three inputs and outputs; never one that is too wide to be lowered.</summary>
    public static ModelGraph Any(int seed)
    {
        for (int attempt = 0; ; attempt++)
        {
            var graph = Draw(new RandomLayers(unchecked(seed + (attempt * 1_000_003))));
            if (IsNarrow(graph))
            {
                return graph with { Name = "random" + seed.ToString(CultureInfo.InvariantCulture) };
            }
        }
    }

    /// <summary>One to four layers of all kinds over so few input codes that all inputs can be tried.</summary>
    public static ModelGraph Small(int seed)
    {
        var draw = new RandomLayers(seed);
        var shape = draw.Between(0, 2) switch { 0 => TensorShape.Of(draw.Between(1, 4)), 1 => TensorShape.Of(2, 2), _ => TensorShape.Of(2, 2, 1) };
        return Chain(draw, [draw.Input(shape, widest: 3)], draw.Between(1, 4));
    }

    private static ModelGraph Draw(RandomLayers draw)
    {
        var tensors = new List<string> { draw.Input(draw.Shape()) };
        while (tensors.Count < 3 && draw.Chance(0.25))
        {
            tensors.Add(draw.Input(draw.Shape()));
        }

        return Chain(draw, tensors, draw.Between(1, 8));
    }

    private static ModelGraph Chain(RandomLayers draw, List<string> tensors, int count)
    {
        for (int layers = count; layers > 0; layers--)
        {
            string source = tensors[Math.Max(0, tensors.Count - draw.Between(1, 3))];
            tensors.Add(draw.Layer(source, tensors));
        }

        var outputs = new List<string> { tensors[^1] };
        while (outputs.Count < 3 && draw.Chance(0.3))
        {
            outputs.Add(tensors[draw.Between(0, tensors.Count - 1)]);
        }

        return draw.Graph([.. outputs.Distinct()]);
    }

    // A chain of products can pass 64 bits; that refusal is tested elsewhere.
    private static bool IsNarrow(ModelGraph graph)
    {
        try
        {
            return Lowerer.Lower(graph, LoweringOptions.Plain).Buffers.Length > 0;
        }
        catch (ModelGraphException refusal) when (refusal.Code is GraphErrorCodes.WidthAbove64)
        {
            return false;
        }
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
