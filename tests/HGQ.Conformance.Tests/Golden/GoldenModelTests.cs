using System.Collections.Generic;
using System.Linq;
using HGQ.Conformance.Tests.Golden.V1;
using HGQ.Conformance.Tests.Golden.V2;
using HGQ.Model.FixedPoint;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>Recorded whole models through lowering and interpreter: equal integers for every sample and output.</summary>
public sealed class GoldenModelTests
{
    public static TheoryData<string> Models() => [.. V1Models.All.Concat(V2Models.All).Select(model => model.Id)];

    public static TheoryData<string> WithLayers() => [.. V1Models.All.Where(model => model.Layers.Count > 0).Select(model => model.Id)];

    public static TheoryData<string> WithCost() => [.. V1Models.All.Where(model => model.Ebops.Count > 0).Select(model => model.Id)];

    [GoldenTheory]
    [MemberData(nameof(Models))]
    public void Interpreter_gives_the_recorded_integers(string id)
    {
        var model = Find(id);
        foreach (var options in new[] { LoweringOptions.Default, LoweringOptions.Plain })
        {
            var interpreter = new ReferenceInterpreter(Lowerer.Lower(model.Graph, options));
            GoldenComparison.Equal(model, interpreter.Program, [.. model.Samples.Select(interpreter.Predict)]);
        }
    }

    [GoldenTheory]
    [MemberData(nameof(WithLayers))]
    public void Every_layer_gives_the_recorded_values(string id)
    {
        var model = Find(id);
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(model.Graph, LoweringOptions.Plain));
        foreach (var (layer, rows) in model.Layers)
        {
            var probe = interpreter.Program.Probes.Single(item => item.Layer == layer);
            for (var sample = 0; sample < rows.Length; sample++)
            {
                interpreter.Predict(model.Samples[sample]);
                Assert.Equal(rows[sample], Values(interpreter, probe));
            }
        }
    }

    [GoldenTheory]
    [MemberData(nameof(WithCost))]
    public void Cost_of_every_layer_is_the_recorded_one(string id)
    {
        var model = Find(id);
        var layers = Lowerer.Lower(model.Graph).Layers.ToDictionary(layer => layer.Layer);
        Assert.All(model.Ebops, cost =>
        {
            double found = layers[cost.Key].Ebops, recorded = cost.Value.Ebops;
            Assert.InRange(found, recorded * (1 - 1e-6), cost.Value.BehindAverage ? double.PositiveInfinity : recorded * (1 + 1e-6));
        });
    }

    private static GoldenModel Find(string id) => V1Models.All.Concat(V2Models.All).Single(model => model.Id == id);

    private static IEnumerable<double> Values(ReferenceInterpreter interpreter, LayerProbe probe) => probe.Indices.Select((index, e) =>
        FixedPointArithmetic.ToDouble(index >= 0 ? interpreter.Buffers[probe.Buffer][index] : probe.Constants[e], probe.Formats[e]));
}
