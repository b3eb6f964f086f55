using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Golden;

/// <summary>Everything that a recorded minimal model says, checked.</summary>
internal sealed class LayerCase(JsonElement c, bool fused)
{
    private const double Values = 2e-6;
    private const double Gradients = 2e-5;
    private readonly JsonElement _expected = c.GetProperty("on_grid");

    // The original keeps the widest input behind an average (B7) and reshapes widths in place of permuting them (B6): its widths and all
    // that follows from them are not the reference there.
    private readonly bool _widthsAreRight = !c.GetProperty("model").GetProperty("layers").EnumerateArray()
        .Any(layer => layer.GetProperty("type").GetString() is "PAvgPool1D" or "PAvgPool2D" or "PPermute");

    public void Check()
    {
        using var scope = torch.NewDisposeScope();
        var model = GoldenModel.Create(c.GetProperty("model"));
        model.UseFusedPasses = fused;
        CheckQuantizers(model);
        Inference(model);
        Training(model);
        Calibration(model);
    }

    private void CheckQuantizers(HgqModel model)
    {
        foreach (var layer in c.GetProperty("degeneracy").EnumerateObject())
        {
            foreach (var role in layer.Value.EnumerateObject())
            {
                var quantizer = (HgqQuantizer)Quantizer(model[layer.Name], role.Name);
                Assert.Equal(role.Value.GetInt64(), quantizer.Degeneracy);
                Assert.Equal(
                    c.GetProperty("rounding_strategy").GetProperty(layer.Name).GetProperty(role.Name).GetInt32(), (int)quantizer.RndStrategy);
            }
        }
    }

    private void Inference(HgqModel model)
    {
        GoldenModel.Load(model, c.GetProperty("variables_before"));
        model.eval();
        Outputs(_expected.GetProperty("y_inference"), model.Forward(GoldenModel.Inputs(model, c.GetProperty("x"))), "y_inference");
    }

    private void Training(HgqModel model)
    {
        var expected = _expected.GetProperty("training");
        GoldenModel.Load(model, c.GetProperty("variables_before"));
        model.train();
        var inputs = GoldenModel.Inputs(model, c.GetProperty("x"));
        foreach (var input in inputs)
        {
            input.requires_grad_(true);
        }

        var outputs = model.Forward(inputs);
        var task = outputs.Zip(c.GetProperty("g").EnumerateArray(), (y, g) => (y * GoldenFile.ToTensor(g)).sum()).Aggregate((a, b) => a + b);
        var loss = task + model.EbopsLoss();
        loss.backward();

        Outputs(expected.GetProperty("y"), outputs, "y");
        State(model, expected.GetProperty("state_after"), "after training");
        if (!_widthsAreRight)
        {
            return;
        }

        Close.Relative([expected.GetProperty("loss").GetDouble()], [loss.ToDouble()], 1e-5, $"{c.Id()} loss");
        foreach (var layer in expected.GetProperty("bops").EnumerateObject())
        {
            Close.Relative([layer.Value.GetDouble()], [model[layer.Name].Ebops], 1e-6, $"{c.Id()} EBOPs of {layer.Name}");
        }

        foreach (var layer in expected.GetProperty("act_bw").EnumerateObject())
        {
            var bits = model[layer.Name].OutputBits().broadcast_to([1, .. model[layer.Name].OutputShape]);
            Close.Exactly([.. layer.Value.GetProperty("data").EnumerateArray().Select(GoldenFile.Number)], bits, $"{c.Id()} bits of {layer.Name}");
        }

        CheckGradients(model, inputs, expected.GetProperty("gradients"));
    }

    private void CheckGradients(HgqModel model, IReadOnlyList<torch.Tensor> inputs, JsonElement gradients)
    {
        foreach (var gradient in gradients.EnumerateObject().Where(g => g.Value.ValueKind != JsonValueKind.Null))
        {
            var parts = gradient.Name.Split('.');
            var variable = parts[0] == "input"
                ? inputs[model.InputPorts.Select(port => port.Name).ToList().IndexOf(parts[1])]
                : GoldenModel.Variable(model, parts[0], parts[1]);
            Assert.True(variable.grad is not null, $"{c.Id()} {gradient.Name} has no gradient");
            Close.Relative(gradients.Numbers(gradient.Name), variable.grad!, Gradients, $"{c.Id()} gradient of {gradient.Name}");
        }
    }

    private void Calibration(HgqModel model)
    {
        var expected = _expected.GetProperty("calibrated");
        model.eval();
        model.ResetMinmax();
        var data = GoldenModel.Inputs(model, c.GetProperty("calibration_x"));
        for (long start = 0; start < data[0].shape[0]; start += 5)
        {
            model.Forward([.. data.Select(x => x.narrow(0, start, System.Math.Min(5, x.shape[0] - start)))]);
        }

        State(model, expected.GetProperty("records"), "after calibration");
        foreach (var layer in expected.GetProperty("kernel_bw_exact").EnumerateObject())
        {
            var bits = ((KernelLayer)model[layer.Name]).ExactKernelBits();
            Assert.Equal(expected.GetProperty("kernel_bw_exact").Integers(layer.Name), Enumerable.Range(0, bits.Count).Select(bits.Magnitude));
        }

        foreach (var layer in expected.GetProperty("fused").EnumerateObject())
        {
            Fused((KernelLayer)model[layer.Name], layer.Value);
        }

        if (_widthsAreRight)
        {
            ExactWidths(model, expected);
        }
    }

    private void ExactWidths(HgqModel model, JsonElement expected)
    {
        foreach (var layer in expected.GetProperty("act_bw_exact").EnumerateObject())
        {
            Close.Exactly(
                expected.GetProperty("act_bw_exact").Numbers(layer.Name), model[layer.Name].ExactOutputWidths(), $"{c.Id()} exact bits of {layer.Name}");
        }

        foreach (var layer in expected.GetProperty("bops").EnumerateObject())
        {
            Close.Relative([layer.Value.GetDouble()], [model[layer.Name].ExactEbops()], 1e-6, $"{c.Id()} exact EBOPs of {layer.Name}");
        }
    }

    private void Fused(KernelLayer layer, JsonElement expected)
    {
        Close.Exactly(expected.Numbers("fused_qkernel"), layer.QuantizedKernel(), $"{c.Id()} {layer.Name} kernel");
        if (layer.QuantizedBias() is not { } bias || !expected.Has("fused_qbias"))
        {
            return;
        }

        // The record holds the bias as exported: half an output step added where that turns rounding into truncation.
        var carries = ((HgqQuantizer)layer.ActivationQuantizer).RndStrategy == RoundingStrategy.Standard;
        var outputs = layer.ExactOutputBits();
        var channels = bias.Values();
        for (var channel = 0; channel < channels.Length; channel++)
        {
            int[] elements = [.. Enumerable.Range(0, outputs.Count).Where(e => e % channels.Length == channel)];
            var f = elements.Max(e => outputs.FractionBits[e]);
            channels[channel] = elements.All(e => outputs.Width(e) == 0) ? 0 : channels[channel] + (carries ? System.Math.ScaleB(0.5, -f) : 0);
        }

        if (elementsShareSteps(layer))
        {
            Close.Exactly(expected.Numbers("fused_qbias"), channels, $"{c.Id()} {layer.Name} bias");
        }

        static bool elementsShareSteps(KernelLayer layer) =>
            ((HgqQuantizer)layer.ActivationQuantizer).Fbw.shape.SkipLast(1).All(n => n == 1);
    }

    private void Outputs(JsonElement expected, IReadOnlyList<torch.Tensor> actual, string what)
    {
        foreach (var (y, array) in actual.Zip(expected.EnumerateArray()))
        {
            Assert.Equal(array.Shape(), y.shape);
            Close.Relative([.. array.GetProperty("data").EnumerateArray().Select(GoldenFile.Number)], y, Values, $"{c.Id()} {what}");
        }
    }

    private void State(HgqModel model, JsonElement expected, string what)
    {
        foreach (var (layer, name, value) in GoldenModel.Variables(expected))
        {
            Close.Relative(
                [.. value.GetProperty("data").EnumerateArray().Select(GoldenFile.Number)],
                GoldenModel.Variable(model, layer, name),
                Values,
                $"{c.Id()} {layer}.{name} {what}");
        }
    }

    private static TrainableQuantizer Quantizer(HLayer layer, string role) =>
        role == "kq" ? ((KernelLayer)layer).KernelQuantizer : ((QuantizedOutputLayer)layer).ActivationQuantizer;
}
