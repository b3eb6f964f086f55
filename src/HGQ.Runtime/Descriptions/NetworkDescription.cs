using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Serialization;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Descriptions;

/// <summary>
/// A model description: input ports, layers with their options and what each reads, outputs (docs/model-description.md). It says what to
/// train; how to train it is the recipe's.
/// </summary>
public sealed class NetworkDescription
{
    private readonly DescriptionText _text;
    private readonly QuantizerChanges _quantizers;

    internal NetworkDescription(
        DescriptionText text,
        string? name,
        IReadOnlyList<DescribedPort> ports,
        IReadOnlyList<DescribedLayer> layers,
        IReadOnlyList<string> outputs,
        QuantizerChanges quantizers)
    {
        (_text, Name, Ports, Layers, Outputs, _quantizers) = (text, name, ports, layers, outputs, quantizers);
    }

    /// <summary>The file, as the caller named it.</summary>
    public string File => _text.File;

    /// <summary>The whole description, as the file holds it.</summary>
    public string Text => _text.Text;

    /// <summary>Name of the model; null: as the data.</summary>
    public string? Name { get; }

    /// <summary>The input ports; a row of the data is cut into them in this order.</summary>
    public IReadOnlyList<DescribedPort> Ports { get; }

    /// <summary>The layers, each behind those it reads.</summary>
    public IReadOnlyList<DescribedLayer> Layers { get; }

    /// <summary>The layers whose outputs are the model's, each of them trained on the target.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>β of single layers, where the description sets it in place of the recipe's schedule.</summary>
    public IReadOnlyDictionary<string, Schedule> LayerBeta => Layers.Where(static l => l.Beta is not null)
        .ToDictionary(static l => l.Name, static Schedule (l) => new ConstantSchedule(l.Beta!.Value), StringComparer.Ordinal);

    /// <summary>What it changes of the recipe's learning rates for kinds of parameters.</summary>
    internal RateChange Rates { get; init; } = static rates => rates;

    /// <summary>Makes the network, with torch's initial weights.</summary>
    /// <param name="features">Features of a row of the data.</param>
    /// <param name="outputs">Outputs that the data need: one a class, or one for a regression.</param>
    /// <param name="kernel">Quantizer of weights where the description sets none.</param>
    /// <param name="activation">Quantizer of outputs where the description sets none.</param>
    /// <exception cref="DescriptionException">Shapes don't fit each other or the data.</exception>
    public HgqGraphModel Build(int features, int outputs, IQuantizerConfig kernel, IQuantizerConfig activation)
    {
        var defaults = new LayerDefaults(outputs, _quantizers.Kernel(kernel)!, _quantizers.Activation(activation)!, _quantizers.Bias(null));
        using IDisposable scope = QuantizerDefaults.Scope(defaults.Kernel, defaults.Activation);
        HInput[] ports = [.. Ports.Select(port => new HInput(port.Shape ?? [features], port.Name))];
        long elements = ports.Sum(static port => port.OutputShape.Aggregate(1L, static (product, n) => product * n));
        if (elements != features)
        {
            throw _text.Fail(
                Ports[0].Offset,
                FormattableString.Invariant($"inputs: they hold {elements} elements, a row of the data {features} features; correct the shapes, or leave them out."));
        }

        Dictionary<string, HLayer> made = ports.ToDictionary(static port => port.Name, static HLayer (port) => port, StringComparer.Ordinal);
        foreach (DescribedLayer layer in Layers)
        {
            made.Add(layer.Name, Link(layer, defaults, [.. layer.Inputs.Select(input => made[input])]));
        }

        foreach (DescribedLayer layer in Layers.Where(layer => Outputs.Contains(layer.Name)))
        {
            CheckOutput(layer, made[layer.Name], outputs);
        }

        return new HgqGraphModel(Name ?? "network", ports, [.. Outputs.Select(output => made[output])]);
    }

    /// <summary>An error about a layer, or about one that it is made of; null where the description holds neither.</summary>
    internal DescriptionException? FailAt(string name, string problem, Exception inner)
    {
        DescribedLayer? layer = Layers.FirstOrDefault(layer => layer.Name == name)
            ?? Layers.OrderByDescending(static layer => layer.Name.Length).FirstOrDefault(layer => name.StartsWith(layer.Name, StringComparison.Ordinal));
        return layer is null ? null : _text.Fail(layer.Offset, $"{layer.Path} ({layer.Kind} \"{layer.Name}\"): {problem}", inner);
    }

    private HLayer Link(DescribedLayer layer, LayerDefaults defaults, HLayer[] inputs)
    {
        try
        {
            return layer.Make(layer.Name, defaults).On(inputs);
        }
        catch (ArgumentException e)
        {
            string problem = PlainMessage.Of(e);
            string reads = string.Join(", ", inputs.Select(static input => $"{input.Name} [{string.Join(", ", input.OutputShape)}]"));
            throw _text.Fail(
                layer.Offset, $"{layer.Path} ({layer.Kind} \"{layer.Name}\"): {problem} It reads {reads}; correct its options or what it reads.", e);
        }
    }

    private void CheckOutput(DescribedLayer layer, HLayer made, int outputs)
    {
        if (made.OutputShape.Aggregate(1L, static (product, n) => product * n) != outputs)
        {
            string shape = string.Join(", ", made.OutputShape);
            throw _text.Fail(
                layer.Offset,
                FormattableString.Invariant($"{layer.Path} (\"{layer.Name}\"): the output has the shape [{shape}], the data need {outputs} outputs (one a class, or one for a regression); let the last layer have \"units\": \"outputs\"."));
        }
    }
}
