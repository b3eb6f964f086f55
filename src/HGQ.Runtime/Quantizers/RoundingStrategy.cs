namespace HGQ.Runtime.Quantizers;

/// <summary>How values are rounded while training. Outside training every strategy but <see cref="Floor"/> rounds half up.</summary>
public enum RoundingStrategy
{
    /// <summary>Decided by the layer: <see cref="Standard"/> where its bias can carry half an output step, else <see cref="Floor"/>.</summary>
    Auto = -1,

    /// <summary>Round half up, as <c>AP_RND</c>.</summary>
    Standard = 0,

    /// <summary>Up with a probability equal to the fraction.</summary>
    Stochastic = 1,

    /// <summary>Adds uniform noise of one step; exactly 0 up to half a step.</summary>
    Noise = 2,

    /// <summary>Round down, as <c>AP_TRN</c>.</summary>
    Floor = 3,
}
