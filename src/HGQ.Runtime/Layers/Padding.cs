namespace HGQ.Runtime.Layers;

/// <summary>What a window sees beyond the edge.</summary>
public enum Padding
{
    /// <summary>Windows stay inside.</summary>
    Valid,

    /// <summary>As many outputs as strides fit into the input; zeros on both sides, the odd one at the end.</summary>
    Same,

    /// <summary>Zeros in front only, so that no output sees a later input (one dimension only).</summary>
    Causal,
}
