using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Model.Inspection;

/// <summary>A model's layers and cost at a glance: what <c>hgq inspect</c> shows.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Inputs">Real input ports.</param>
/// <param name="Outputs">Results.</param>
/// <param name="Layers">Layers in topological order.</param>
public sealed record ModelInspection(
    string Name,
    EquatableArray<ProgramInput> Inputs,
    EquatableArray<ProgramOutput> Outputs,
    EquatableArray<LayerInspection> Layers)
{
    /// <summary>Exact effective bit operations of the model.</summary>
    public double Ebops => Layers.Sum(layer => layer.Ebops);

    /// <summary>Weights of the model.</summary>
    public int Weights => Layers.Sum(layer => layer.Weights);

    /// <summary>Weights that are not 0.</summary>
    public int NonzeroWeights => Layers.Sum(layer => layer.NonzeroWeights);

    /// <summary>Adders of the model.</summary>
    public int Adders => Layers.Sum(layer => layer.Adders);

    /// <summary>Looks at a model.</summary>
    /// <exception cref="ModelGraphException">The model can't be represented; the message names the layer.</exception>
    public static ModelInspection Of(ModelGraph graph)
    {
        var program = Lowerer.Lower(graph);
        var shapes = ShapeInference.Infer(graph);
        var summaries = program.Layers.ToDictionary(layer => layer.Layer, StringComparer.Ordinal);
        var probes = program.Probes.ToDictionary(probe => probe.Layer, StringComparer.Ordinal);
        var adders = program.Instructions.GroupBy(instruction => instruction.Layer, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Sum(AdderCount.Of), StringComparer.Ordinal);
        var layers = graph.Layers.Select(layer => Layer(layer, shapes[layer.Name], summaries, probes, adders)).ToArray();
        return new ModelInspection(graph.Name, program.Inputs, program.Outputs, layers);
    }

    private static LayerInspection Layer(
        LayerNode layer,
        TensorShape shape,
        Dictionary<string, LayerSummary> summaries,
        Dictionary<string, LayerProbe> probes,
        Dictionary<string, int> adders)
    {
        summaries.TryGetValue(layer.Name, out var summary);
        probes.TryGetValue(layer.Name, out var probe);
        adders.TryGetValue(layer.Name, out int adderCount);
        var tables = (layer as TableLayer)?.Tables.ToArray() ?? Array.Empty<LookupTable>();
        return new LayerInspection(
            layer.Name,
            (summary?.Kind ?? layer.GetType().Name.Replace("Layer", string.Empty)).ToLowerInvariant(),
            layer.Inputs,
            shape,
            probe?.Formats ?? default,
            probe?.Indices.Count(index => index == LayerProbe.Constant) ?? 0,
            summary?.Weights ?? 0,
            summary?.NonzeroWeights ?? 0,
            summary?.Ebops ?? 0,
            adderCount,
            tables.Length,
            tables.Sum(table => (long)table.Entries.Length * table.Output.Width));
    }
}
