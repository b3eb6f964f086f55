namespace HGQ.Model.Cost;

/// <summary>What a layer costs.</summary>
/// <param name="Ebops">Its EBOPs.</param>
/// <param name="Weights">Number of its weights.</param>
/// <param name="Nonzero">Weights that are not 0.</param>
internal sealed record LayerCost(double Ebops, int Weights, int Nonzero)
{
    /// <summary>That of a layer that multiplies nothing.</summary>
    public static LayerCost None { get; } = new(0, 0, 0);
}
