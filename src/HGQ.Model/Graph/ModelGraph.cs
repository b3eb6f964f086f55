namespace HGQ.Model.Graph;

/// <summary>A trained model: layers in topological order and the tensors that are its results.</summary>
/// <param name="Name">Name of the model; back ends derive class and function names from it.</param>
/// <param name="Layers">Layers, each after the layers it reads.</param>
/// <param name="Outputs">Results, each the output of one layer.</param>
/// <param name="Metadata">Facts about the model that never change its integers, preprocessing apart.</param>
public sealed record ModelGraph(
    string Name,
    EquatableArray<LayerNode> Layers,
    EquatableArray<ModelOutput> Outputs,
    ModelMetadata Metadata);

/// <summary>A named result of a model.</summary>
/// <param name="Name">Name of the result.</param>
/// <param name="Layer">Layer whose output it is.</param>
public sealed record ModelOutput(string Name, string Layer);
