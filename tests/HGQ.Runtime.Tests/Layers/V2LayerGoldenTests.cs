using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Tests.Golden;
using HGQ.Runtime.Tests.Golden.V2;
using HGQ.Runtime.Tests.Quantizers.FixedPoint;
using HGQ.Testing;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

/// <summary>Recorded layers of the second version: values, integer bits that follow the data, moving statistics, costs and gradients.</summary>
public sealed class V2LayerGoldenTests
{
    public static IEnumerable<object[]> Ids => SharedVectors.Missing is null
        ? Cases().Where(c => !LayerModelBuilder.NotApplicable.ContainsKey(Kind(c))).Select(c => new object[] { c.GetProperty("id").GetString()! })
        : [["-"]];

    [GoldenTheory]
    [MemberData(nameof(Ids))]
    public void A_recorded_layer_is_followed(string id)
    {
        using var scope = torch.NewDisposeScope();
        var c = Cases().Single(c => c.GetProperty("id").GetString() == id);
        CheckInference(c);
        // Here the original trains with another ε than it was given.
        var model = Load(c, Kind(c) == "QEinsumDenseBatchnorm" ? 1e-7 : 1e-3);
        bool meaningless = FollowingBits.HasEmptyFormat(model);
        FollowingBits.WrapFrozenBias(model, c);
        model.Model.train();
        torch.Tensor[] inputs = [.. Inputs(c).Select(x => x.requires_grad_())];
        var output = model.Model.Forward(inputs)[0];
        // The original's attention does not tell its parts that it is trained.
        if (!meaningless && Kind(c) != "QMultiHeadAttention" && !FollowingBits.MovedFrozenGrid(model, c))
        {
            CheckTraining(model, c, inputs, output);
        }

        FollowingBits.Check(model, c);
        CheckCost(model, c);
    }

    private static void CheckTraining(LayerModel model, JsonElement c, torch.Tensor[] inputs, torch.Tensor output)
    {
        Close.Exactly(Numbers(c, "output_training"), output, "output_training");
        (output * FixedPointGolden.Tensor(c.GetProperty("upstream"), torch.float64)).sum().backward(retain_graph: true);
        CheckGradients(model, c, "grad", static _ => false);
        for (var i = 0; i < inputs.Length; i++)
        {
            AssertClose(Element(c, "grad_inputs", i), inputs[i].grad, $"grad_inputs {i}", Scale(c), Tolerance(c));
        }

        foreach (var variable in c.GetProperty("variables_after_training").EnumerateObject().Where(v => v.Name.StartsWith("moving", StringComparison.Ordinal)))
        {
            var expected = model.Arrange(variable.Name, FixedPointGolden.Tensor(variable.Value, torch.float64));
            Close.Relative(expected.Values(), model[variable.Name], 1e-12, $"{variable.Name} after training");
        }
    }

    private static void CheckInference(JsonElement c)
    {
        var model = Load(c, 1e-3);
        model.Model.eval();
        var expected = c.TryGetProperty("expected_output_inference", out var right) ? FixedPointGolden.Numbers(right) : Numbers(c, "output_inference");
        Close.Exactly(expected, model.Model.Forward(Inputs(c))[0], "output_inference");
    }

    // Recorded without a cost where the original can't compute it.
    private static void CheckCost(LayerModel model, JsonElement c)
    {
        if (c.TryGetProperty("note", out _))
        {
            return;
        }

        foreach (var parameter in model.Model.parameters())
        {
            parameter.grad?.zero_();
        }

        foreach (var layer in model.Model.Layers)
        {
            layer.Beta = model.Counted?.Contains(layer.Name) ?? true ? 1 : 0;
        }

        var defect = c.TryGetProperty("expected_ebops", out var expected);
        var cost = model.Model.EbopsLoss() * CostFactor(c);
        Close.Relative([defect ? expected.GetDouble() : c.GetProperty("ebops").GetDouble()], [cost.ToDouble()], 1e-6, "ebops");
        if (cost.requires_grad)
        {
            cost.backward();
        }

        // The wrong count of biases shows in the gradients of their widths too.
        CheckGradients(model, c, "grad_ebops", name => defect && name.StartsWith("bq.", StringComparison.Ordinal));
    }

    // The original's means add their cost twice, and its dense layer may share hardware between positions.
    private static double CostFactor(JsonElement c) => (Kind(c), c.GetProperty("arguments").TryGetProperty("parallelization_factor", out var parallel)) switch
    {
        ("QMeanPow2" or "QAveragePow2", _) => 2,
        ("QDense", true) => parallel.GetDouble() / FixedPointGolden.Shape(c.GetProperty("output_inference")).Skip(1).SkipLast(1).Aggregate(1L, (a, b) => a * b),
        _ => 1,
    };

    private static void CheckGradients(LayerModel model, JsonElement c, string field, Func<string, bool> skipped)
    {
        foreach (var recorded in c.GetProperty(field).EnumerateObject().Where(g => !skipped(g.Name)))
        {
            var expected = model.Arrange(recorded.Name, FixedPointGolden.Tensor(recorded.Value, torch.float64));
            AssertClose(expected.Values(), model[recorded.Name].grad, $"{field} {recorded.Name}", field == "grad" ? Scale(c) : 0, Tolerance(c));
        }
    }

    // The original's tanh is accurate to single precision only.
    private static double Tolerance(JsonElement c) =>
        c.GetProperty("arguments").TryGetProperty("activation", out var name) && name.GetString() == "tanh" ? 1e-5 : 1e-12;

    private static double[] Element(JsonElement c, string list, int index) => FixedPointGolden.Numbers(c.GetProperty(list)[index]);

    // Sums that cancel leave rounding noise of their terms: the largest upstream gradient sets the scale.
    private static double Scale(JsonElement c) => Numbers(c, "upstream").Max(Math.Abs);

    private static void AssertClose(double[] expected, torch.Tensor? gradient, string what, double scale, double tolerance = 1e-12)
    {
        var largest = Math.Max(expected.Max(Math.Abs), scale);
        Close.Absolute(expected, gradient is null ? new double[expected.Length] : gradient.Values(), tolerance * largest, what);
    }

    private static LayerModel Load(JsonElement c, double epsilon)
    {
        var model = new LayerModelBuilder(c, epsilon).Build();
        model.Model.Count = EbopsCount.Hgq2;
        using var noGradient = torch.no_grad();
        foreach (var variable in c.GetProperty("variables").EnumerateObject())
        {
            model[variable.Name].copy_(model.Arrange(variable.Name, FixedPointGolden.Tensor(variable.Value, torch.float64)));
        }

        return model;
    }

    private static torch.Tensor[] Inputs(JsonElement c) =>
        [.. c.GetProperty("inputs").EnumerateArray().Select(x => FixedPointGolden.Tensor(x, torch.float64))];

    private static double[] Numbers(JsonElement c, string name) => FixedPointGolden.Numbers(c.GetProperty(name));

    private static string Kind(JsonElement c) => c.GetProperty("layer").GetString()!;

    private static JsonElement[] Cases() => FixedPointGolden.Section("layers.json", "cases");
}
