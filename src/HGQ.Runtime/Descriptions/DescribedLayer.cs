using System.Collections.Generic;

namespace HGQ.Runtime.Descriptions;

/// <summary>A layer of a description.</summary>
public sealed class DescribedLayer
{
    internal DescribedLayer(string name, string kind, IReadOnlyList<string> inputs, double? beta, LayerMaker make, string path, int offset) =>
        (Name, Kind, Inputs, Beta, Make, Path, Offset) = (name, kind, inputs, beta, make, path, offset);

    /// <summary>Its name, given or made of its kind.</summary>
    public string Name { get; }

    /// <summary>Its kind.</summary>
    public string Kind { get; }

    /// <summary>Names of the ports and layers that it reads.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>Weight of its EBOPs in the loss; null: as the recipe.</summary>
    public double? Beta { get; }

    internal LayerMaker Make { get; }

    internal string Path { get; }

    internal int Offset { get; }
}
