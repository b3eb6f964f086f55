using System;
using System.Collections.Generic;
using HGQ.Model.FixedPoint;

namespace HGQ.Runtime.Trimming;

/// <summary>The places of a chain that can change, and what each may become.</summary>
internal sealed class MoveFinder(DenseChain chain, ChainCost cost, bool grow)
{
    // Biases of the last layer move in steps of the loss's scale, not in those of its quantizer, which may be finer than matters.
    private const double LastBiasStep = 1.0 / 8;

    /// <summary>All places, as moves that change nothing.</summary>
    public List<TrimMove> Places()
    {
        var places = new List<TrimMove>();
        for (int l = 0; l < chain.Layers.Count; l++)
        {
            ChainLayer layer = chain.Layers[l];
            for (int i = 0; i < layer.Inputs; i++)
            {
                places.Add(new TrimMove(MoveKind.Format, l, i, 0));
                for (int o = 0; o < layer.Outputs; o++)
                {
                    if (layer.Weight(i, o) != 0)
                    {
                        places.Add(new TrimMove(MoveKind.Weight, l, i, o));
                    }
                }
            }

            for (int o = 0; o < layer.Outputs; o++)
            {
                places.Add(new TrimMove(MoveKind.Bias, l, 0, o));
            }
        }

        return places;
    }

    /// <summary>The changes of a place, each with the cost that it saves.</summary>
    public void Changes(TrimMove place, List<(TrimMove Move, double Saving)> changes)
    {
        changes.Clear();
        switch (place.Kind)
        {
            case MoveKind.Weight:
                Weights(place, changes);
                break;
            case MoveKind.Format:
                Formats(place, changes);
                break;
            case MoveKind.Bias:
                Biases(place, changes);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(place), place.Kind, "There is no such move.");
        }
    }

    private void Weights(TrimMove place, List<(TrimMove, double)> changes)
    {
        double weight = chain.Layers[place.Layer].Weight(place.Input, place.Output);
        int width = chain.Before(place.Layer).Width(place.Input);
        if (weight == 0 || width == 0)
        {
            return;
        }

        double step = DyadicNumber.Of(weight).LowestBit;
        Span<double> values = [weight - step, weight + step, 0, weight / 2, weight - (step / 2), weight + (step / 2)];
        bool single = Math.Abs(weight) == step;
        double before = cost.OfWeight(weight);
        for (int v = 0; v < values.Length; v++)
        {
            // A power of two minus its own bit is 0 already.
            if ((v == 2 && single) || (v == 3 && !single) || (v > 3 && !grow) || (v == 4 && single && weight > 0) || (v == 5 && single && weight < 0))
            {
                continue;
            }

            double saving = (before - cost.OfWeight(values[v])) * width;
            if (saving >= 0 || grow)
            {
                changes.Add((place with { Value = values[v] }, saving));
            }
        }
    }

    private void Formats(TrimMove place, List<(TrimMove, double)> changes)
    {
        ChainQuantizer quantizer = chain.Before(place.Layer);
        double bit = cost.OfBit(place.Layer, place.Input);
        if (quantizer.Width(place.Input) == 0 || bit == 0)
        {
            return;
        }

        FixedPointFormat format = quantizer.Formats[place.Input];
        Add(-1, 0);
        Add(1, 0);
        if (!quantizer.IsTraced && place.Layer > 0)
        {
            Add(0, -1);
            Add(0, 1);
            Add(-1, 1);
            Add(1, -1);
        }

        void Add(int fraction, int integer) => changes.Add((
            place with { FractionBits = format.FractionBits + fraction, IntegerBits = format.IntegerBits + integer },
            -bit * (fraction + integer)));
    }

    private void Biases(TrimMove place, List<(TrimMove, double)> changes)
    {
        bool last = place.Layer == chain.Layers.Count - 1;
        double step = LastBiasStep;
        if (!last)
        {
            ChainQuantizer quantizer = chain.Before(place.Layer + 1);
            if (quantizer.Width(place.Output) == 0)
            {
                return;
            }

            step = Math.ScaleB(1, -quantizer.Formats[place.Output].FractionBits - 2);
        }

        double bias = chain.Layers[place.Layer].Bias[place.Output];
        changes.Add((place with { Value = bias - step }, 0));
        changes.Add((place with { Value = bias + step }, 0));
    }
}
