namespace HGQ.Runtime.Trimming;

/// <summary>Takes away what no output depends on: weights of channels that are constant, and channels that nobody reads.</summary>
internal static class ChainCleaning
{
    /// <summary>Cleans a chain whose values are known.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="state">Its values; stale afterwards.</param>
    public static void Clean(DenseChain chain, ChainState state)
    {
        CutRemoved(chain);
        for (int l = 1; l < chain.Layers.Count; l++)
        {
            for (int c = 0; c < chain.Layers[l].Inputs; c++)
            {
                if (!HasInputs(chain.Layers[l - 1], c))
                {
                    // Nothing but the bias is left, so that every row has the same value.
                    Fold(chain.Layers[l], c, state.Range(l, c).Low);
                    Cut(chain, l, c);
                }
            }
        }

        for (int l = chain.Layers.Count - 1; l >= 0; l--)
        {
            for (int c = 0; c < chain.Layers[l].Inputs; c++)
            {
                if (chain.Before(l).IsRemoved(c) || !IsRead(chain.Layers[l], c))
                {
                    Cut(chain, l, c);
                }
            }
        }
    }

    /// <summary>Takes away the weights in front of and behind channels that are the constant 0 by their format.</summary>
    public static void CutRemoved(DenseChain chain)
    {
        for (int q = 0; q < chain.Quantizers.Count; q++)
        {
            for (int c = 0; chain.Quantizers[q] is { } quantizer && c < quantizer.Formats.Length; c++)
            {
                if (quantizer.IsRemoved(c))
                {
                    Cut(chain, q, c);
                }
            }
        }
    }

    private static void Fold(ChainLayer layer, int input, double value)
    {
        for (int o = 0; o < layer.Outputs; o++)
        {
            layer.Bias[o] += layer.Weight(input, o) * value;
        }
    }

    private static void Cut(DenseChain chain, int l, int channel)
    {
        chain.Before(l).Remove(channel);
        for (int o = 0; l < chain.Layers.Count && o < chain.Layers[l].Outputs; o++)
        {
            chain.Layers[l].Weight(channel, o) = 0;
        }

        if (l > 0)
        {
            ChainLayer source = chain.Layers[l - 1];
            source.Bias[channel] = 0;
            for (int i = 0; i < source.Inputs; i++)
            {
                source.Weight(i, channel) = 0;
            }
        }
    }

    private static bool HasInputs(ChainLayer layer, int output)
    {
        for (int i = 0; i < layer.Inputs; i++)
        {
            if (layer.Weight(i, output) != 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRead(ChainLayer layer, int input)
    {
        for (int o = 0; o < layer.Outputs; o++)
        {
            if (layer.Weight(input, o) != 0)
            {
                return true;
            }
        }

        return false;
    }
}
