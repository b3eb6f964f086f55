using System;
using System.Linq;
using System.Text.Json;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Optimization;
using HGQ.Runtime.Tests.Golden;
using HGQ.Testing;
using TorchSharp;
using TorchSharp.Modules;

namespace HGQ.Runtime.Tests.Optimization;

public sealed class TrainingTraceGoldenTests
{
    // The recorded run itself stays within 1e-5 of its float64 twin.
    private const double Tolerance = 1e-4;

    [GoldenTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Twenty_steps_follow_the_recorded_training(bool fused)
    {
        foreach (var c in GoldenFile.Cases("training_traces.json"))
        {
            using var scope = torch.NewDisposeScope();
            var model = GoldenModel.Create(c.GetProperty("model"));
            model.UseFusedPasses = fused;
            GoldenModel.Load(model, c.GetProperty("variables_before"));
            model.train();
            var update = Optimizer(c, model);
            var (x, target) = (c.Tensor("x"), c.Tensor("target"));
            foreach (var (step, expected) in c.GetProperty("on_grid").EnumerateArray().Index())
            {
                Follow(c, model, x[step], target[step], expected, update);
            }
        }
    }

    private static void Follow(
        JsonElement c, HgqModel model, torch.Tensor x, torch.Tensor target, JsonElement expected, Action update)
    {
        var where = $"{c.Id()} step {expected.GetProperty("step").GetInt32()}";
        var task = (model.forward(x) - target).pow(2).mean();
        var loss = task + model.EbopsLoss();
        model.zero_grad();
        loss.backward();

        Close.Absolute([expected.GetProperty("task_loss").GetDouble()], [task.ToDouble()], Tolerance, $"{where} task loss");
        Close.Absolute([expected.GetProperty("loss").GetDouble()], [loss.ToDouble()], Tolerance, $"{where} loss");
        foreach (var layer in expected.GetProperty("bops").EnumerateObject())
        {
            Close.Relative([layer.Value.GetDouble()], [model[layer.Name].Ebops], 1e-6, $"{where} EBOPs of {layer.Name}");
        }

        update();
        if (!expected.Has("variables_after"))
        {
            return;
        }

        foreach (var (layer, name, value) in GoldenModel.Variables(expected.GetProperty("variables_after")))
        {
            Close.Absolute(
                [.. value.GetProperty("data").EnumerateArray().Select(GoldenFile.Number)],
                GoldenModel.Variable(model, layer, name).Values(),
                Tolerance,
                $"{where} {layer}.{name}");
        }
    }

    private static Action Optimizer(JsonElement c, HgqModel model)
    {
        var description = c.GetProperty("optimizer");
        var rate = description.GetProperty("learning_rate").GetDouble();
        Parameter[] parameters =
        [
            .. c.GetProperty("trainable").EnumerateArray().Select(name => name.GetString()!.Split('.'))
                .Select(parts => (Parameter)GoldenModel.Variable(model, parts[0], parts[1])),
        ];
        if (description.GetProperty("name").GetString() == "SGD")
        {
            var sgd = torch.optim.SGD(parameters, rate);
            return () => sgd.step();
        }

        var adam = new HgqAdam(
            parameters,
            rate,
            description.GetProperty("beta_1").GetDouble(),
            description.GetProperty("beta_2").GetDouble(),
            description.GetProperty("epsilon").GetDouble(),
            EpsilonRule.Uncorrected);
        return adam.Step;
    }
}
