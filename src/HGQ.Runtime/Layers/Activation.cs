namespace HGQ.Runtime.Layers;

/// <summary>What follows the output quantizer of a layer with weights.</summary>
public enum Activation
{
    /// <summary>Nothing.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    Relu,
}
