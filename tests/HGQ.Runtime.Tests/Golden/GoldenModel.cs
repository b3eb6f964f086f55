using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Models from recorded descriptions of the first version.</summary>
internal static class GoldenModel
{
    public static HgqModel Create(JsonElement description)
    {
        var layers = new Dictionary<string, HLayer>();
        var inputs = new List<HInput>();
        foreach (var input in description.GetProperty("inputs").EnumerateObject())
        {
            inputs.Add(new HInput([.. input.Value.EnumerateArray().Select(n => n.GetInt64())], input.Name));
            layers.Add(input.Name, inputs[^1]);
        }

        foreach (var record in description.GetProperty("layers").EnumerateArray())
        {
            var layer = GoldenLayer.Create(record);
            layers.Add(layer.Name, layer.On([.. Names(record, "inputs").Select(name => layers[name])]));
        }

        return new HgqGraphModel("golden", inputs, [.. Names(description, "outputs").Select(name => layers[name])]);
    }

    public static IReadOnlyList<torch.Tensor> Inputs(HgqModel model, JsonElement arrays, torch.ScalarType type = torch.ScalarType.Float32) =>
        [.. model.InputPorts.Select(port => arrays.Tensor(port.Name, type))];

    /// <summary>The variable of a recorded name, such as <c>d.kq_fbw</c>.</summary>
    public static torch.Tensor Variable(HgqModel model, string layer, string name) => (model[layer], name) switch
    {
        (KernelLayer l, "kernel") => l.Kernel,
        (KernelLayer l, "bias") => l.Bias!,
        (KernelLayer l, "kq_fbw") => ((HgqQuantizer)l.KernelQuantizer).Fbw,
        (KernelLayer l, "bn_gamma") => l.BatchNorm!.Gamma,
        (KernelLayer l, "bn_beta") => l.BatchNorm!.Beta,
        (KernelLayer l, "moving_mean") => l.BatchNorm!.MovingMean,
        (KernelLayer l, "moving_variance") => l.BatchNorm!.MovingVariance,
        (QuantizedOutputLayer l, "paq_fbw") => ((HgqQuantizer)l.ActivationQuantizer).Fbw,
        (QuantizedOutputLayer l, "paq_min") => ((HgqQuantizer)l.ActivationQuantizer).Min,
        (QuantizedOutputLayer l, "paq_max") => ((HgqQuantizer)l.ActivationQuantizer).Max,
        _ => throw new ArgumentException($"{layer}.{name}"),
    };

    public static IEnumerable<(string Layer, string Name, JsonElement Value)> Variables(JsonElement variables) =>
        from layer in variables.EnumerateObject()
        from variable in layer.Value.EnumerateObject()
        where variable.Value.ValueKind != JsonValueKind.Null
        select (layer.Name, variable.Name, variable.Value);

    public static void Load(HgqModel model, JsonElement variables)
    {
        foreach (var (layer, name, value) in Variables(variables))
        {
            var target = Variable(model, layer, name);
            GoldenQuantizer.Set(target, GoldenFile.ToTensor(value, target.dtype));
        }
    }

    private static IEnumerable<string> Names(JsonElement element, string list) =>
        element.GetProperty(list).EnumerateArray().Select(name => name.GetString()!);
}
