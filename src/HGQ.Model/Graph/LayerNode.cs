namespace HGQ.Model.Graph;

/// <summary>One layer of a trained model; the closed hierarchy that <see cref="ILayerVisitor{T}"/> spans.</summary>
/// <param name="Name">Unique name; also the name of the tensor the layer produces.</param>
/// <param name="Inputs">Names of the layers whose outputs are read, in order.</param>
public abstract record LayerNode(string Name, EquatableArray<string> Inputs)
{
    /// <summary>Calls the visitor's method for this kind of layer.</summary>
    public abstract T Accept<T>(ILayerVisitor<T> visitor);
}
