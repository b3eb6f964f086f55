using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Runtime.Layers;

/// <summary>A model used as a layer: its layers become layers of the model around it, with the same parameters.</summary>
/// <example>
/// <code>
/// var tower = new HgqSequential([8], new HDense(16, Activation.Relu), new HDense(4));
/// var model = new HgqSequential([8], new HQuantize(), new HNested(tower, "tower"), new HDense(2));
/// </code>
/// </example>
public sealed class HNested : HBlock
{
    private readonly HgqModel _model;

    /// <summary>Wraps a model; its layers are called by the block's name, <c>_</c>, and the name they have in it.</summary>
    /// <param name="model">The model; it is a part of the outer one from now on and can't be nested again.</param>
    /// <param name="name">Unique in the outer model; null: chosen by it.</param>
    public HNested(HgqModel model, string? name = null)
        : base(name) => _model = model;

    /// <summary>What stands for each output of the nested model, in order; the layer itself stands for the first.</summary>
    /// <exception cref="InvalidOperationException">It is not linked yet.</exception>
    public IReadOnlyList<HLayer> Outputs { get; private set; } = [];

    /// <inheritdoc/>
    protected internal override (int Min, int Max) InputCount => (_model.InputPorts.Count, _model.InputPorts.Count);

    /// <inheritdoc/>
    protected override HLayer Compose(IReadOnlyList<HLayer> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            if (!inputs[i].OutputShape.SequenceEqual(_model.InputPorts[i].OutputShape))
            {
                throw new ArgumentException(
                    $"The input {_model.InputPorts[i].Name} of the model {_model.ModelName}, nested as {Label}, takes [{string.Join(", ", _model.InputPorts[i].OutputShape)}]; {inputs[i].Label} has [{string.Join(", ", inputs[i].OutputShape)}].",
                    nameof(inputs));
            }
        }

        _model.Nest(Label);
        var replaced = _model.InputPorts.Zip(inputs).ToDictionary(static pair => (HLayer)pair.First, static pair => pair.Second);
        foreach (var layer in _model.Layers)
        {
            layer.Replace(replaced);
            layer.Nest(this);
        }

        Outputs = [.. _model.Outputs.Select(output => replaced.GetValueOrDefault(output, output))];
        return Outputs[0];
    }
}
