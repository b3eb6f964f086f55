using System;

namespace HGQ.Runtime.Export.Layers;

/// <summary>What stands in the way of exporting a layer; users get it as an <c>ExportException</c>.</summary>
internal sealed class LayerExportFault : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="layer">Name of the layer.</param>
    /// <param name="problem">What is wrong and what to do.</param>
    /// <param name="inner">The error underneath.</param>
    public LayerExportFault(string layer, string problem, Exception? inner = null)
        : base(problem, inner) => Layer = layer;

    /// <summary>Name of the layer.</summary>
    public string Layer { get; }
}
