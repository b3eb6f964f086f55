using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Import.Drafting;

/// <content>
/// Float models: the draft keeps every number of the source as it is, and steps as layers of their own; formats are chosen afterwards,
/// by calibration. Ranges are not known then.
/// </content>
internal sealed partial class GraphDraft
{
    /// <summary>What a float model's layers do that is no layer of the product; null where the source has quantizers.</summary>
    public FloatSteps? Floats { get; init; }

    /// <summary>Of a float model the tensor with its steps as layers; any other one as it is.</summary>
    public TensorValue Real(TensorValue value, string name)
    {
        if (Floats is null)
        {
            return value;
        }

        foreach (Step step in value.Steps)
        {
            value = Floats.Known(value.Layer, step) is { } known
                ? value with { Layer = known }
                : Added(unique => Floats.Add(unique, value.Layer, value.Shape, step), Named(name, step), value.Shape, NoRange(value.Shape),
                    value.ChannelsFirst);
        }

        return value with { Steps = [] };
    }

    private static string Named(string name, Step step) => step switch
    {
        AffineStep => name + "_scale",
        RectifyStep => name + "_relu",
        ClipStep => name + "_clip",
        FunctionStep function => name + "_" + function.Kind,
        _ => name,
    };

    private static ChannelRange NoRange(TensorShape shape) => ChannelRange.Uniform(shape.Channels, 0, -1, 1);

    private void RequireExact(string name)
    {
        if (Floats is not null)
        {
            throw new ImportException(name, "it quantizes, so that the model is no float model; leave --calibrate out");
        }
    }
}

/// <summary>Steps of a float model that stand in the draft as reshapes to the same shape.</summary>
internal sealed class FloatSteps
{
    private readonly Dictionary<string, Step> _steps = new(System.StringComparer.Ordinal);
    private readonly List<(string Input, Step Step, string Layer)> _known = [];

    /// <summary>Formats that the caller gives to inputs, by the layer of the input.</summary>
    public Dictionary<string, InputFormat> Inputs { get; } = new(System.StringComparer.Ordinal);

    /// <summary>What the layer does to each element; null where it is a layer of the product.</summary>
    public Step? StepOf(string layer) => _steps.GetValueOrDefault(layer);

    /// <summary>The layer that does the same already.</summary>
    public string? Known(string input, Step step)
        => _known.FirstOrDefault(known => known.Input == input && ReferenceEquals(known.Step, step)).Layer;

    public LayerNode Add(string layer, string input, TensorShape shape, Step step)
    {
        _steps.Add(layer, step);
        _known.Add((input, step, layer));
        return new ReshapeLayer(layer, input, shape);
    }
}
