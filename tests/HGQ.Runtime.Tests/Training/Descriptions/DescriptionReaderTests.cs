using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Runtime.Descriptions;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Regularization;
using HGQ.Runtime.Training;
using HGQ.Runtime.Training.Schedules;

namespace HGQ.Runtime.Tests.Training.Descriptions;

public class DescriptionReaderTests
{
    private const string Head = "{\"format\":\"hgq-description\",\"version\":1,";

    [Theory]
    [InlineData("\"layers\":[{\"kind\":\"quantise\"}]", "layers[0].kind: found \"quantise\", expected one of quantize, signature,", "Did you mean quantize?")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"unit\":4}]", "layers[1].unit: there is no such member here; allowed: activation,", "Did you mean units?")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\"}]", "layers[1].units is missing")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"units\":\"4\"}]", "layers[1].units: found \"4\", expected one of outputs")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"units\":0}]", "layers[1].units: found 0, expected a whole number from 1")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"units\":1.5}]", "found 1.5, expected a whole number")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"units\":4,\"activation\":\"rellu\"}]", "found \"rellu\", expected one of linear, relu", "Did you mean relu?")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dense\",\"units\":4,\"bias\":1}]", "layers[1].bias: found 1, expected true or false")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"conv2d\",\"filters\":4,\"kernel\":[3,3,3]}]", "layers[1].kernel: found [3,3,3], expected 1 or 2 whole numbers")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"conv2d\",\"filters\":4,\"kernel\":3,\"padding\":\"causal\"}]", "found \"causal\", expected one of valid, same")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"add\",\"inputs\":[\"quantize_1\",\"quantise_1\"]}]", "layers[1].inputs: there is no \"quantise_1\"; known here: x, quantize_1", "Did you mean quantize_1?")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\",\"inputs\":\"d\"},{\"kind\":\"dense\",\"units\":4,\"name\":\"d\"}]", "\"d\" stands further down")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\",\"name\":\"q\"},{\"kind\":\"flatten\",\"name\":\"q\"}]", "\"q\" stands twice; a layer can be used only once")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\",\"name\":\"2.q\"}]", "layers[0].name: found \"2.q\", expected letters, digits and _")]
    [InlineData("\"layers\":[{\"kind\":\"dense\",\"units\":4}]", "reads the real numbers of the input \"x\"; put a layer of the kind quantize")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\",\"name\":\"a\"},{\"kind\":\"quantize\",\"inputs\":\"x\"}]", "layers[0]: nobody reads \"a\"")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"}],\"outputs\":[\"y\"]", "outputs: there is no \"y\"")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"}],\"outputs\":\"x\"", "outputs: \"x\" is an input")]
    [InlineData("\"layers\":[]", "layers: there is none")]
    [InlineData("\"layers\":{}", "layers: found {}, expected an array of objects")]
    [InlineData("\"layers\":[3]", "layers: found [3], expected an array of objects")]
    [InlineData("\"layer\":[]", "layer: there is no such member here", "Did you mean layers?")]
    [InlineData("\"inputs\":[{\"name\":\"a\"},{\"name\":\"b\"}],\"layers\":[{\"kind\":\"quantize\"}]", "of several inputs each needs a shape")]
    [InlineData("\"inputs\":[{\"name\":\"a\",\"shape\":2},{\"name\":\"a\",\"shape\":2}],\"layers\":[{\"kind\":\"quantize\"}]", "two are named \"a\"")]
    [InlineData("\"inputs\":[{\"name\":\"a\",\"shape\":2},{\"name\":\"b\",\"shape\":2}],\"layers\":[{\"kind\":\"quantize\"}]", "there are several inputs (a, b); name the one")]
    [InlineData("\"inputs\":[{\"name\":\"a\",\"shape\":2},{\"name\":\"b\",\"shape\":2}],\"layers\":[{\"kind\":\"quantize\",\"inputs\":\"a\"}]", "inputs: nobody reads \"b\"")]
    [InlineData("\"quantizers\":{\"kernel\":{\"family\":\"fixed\"}},\"layers\":[]", "quantizers.kernel.family: found \"fixed\", expected one of hgq, fixed-point")]
    [InlineData("\"quantizers\":{\"kernel\":{\"integerBits\":2}},\"layers\":[]", "quantizers.kernel.integerBits: there is no such member here; allowed: bits, family,")]
    [InlineData("\"quantizers\":{\"kernels\":{}},\"layers\":[]", "quantizers.kernels: there is no such member here", "Did you mean kernel?")]
    [InlineData("\"quantizers\":{\"kernel\":{\"family\":\"fixed-point\",\"bitLimits\":[4,2]}},\"layers\":[]", "bitLimits: found [4,2], expected two numbers")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"activation\",\"function\":\"tan\"}]", "layers[1].function: found \"tan\"", "Did you mean tanh?")]
    [InlineData("\"layers\":[{\"kind\":\"quantize\"},{\"kind\":\"dropout\",\"rate\":1}]", "layers[1].rate: found 1, expected a number from 0 to 0.999")]
    public void What_cannot_be_followed_is_refused_by_name(string members, params string[] parts)
    {
        var e = Assert.Throws<DescriptionException>(() => DescriptionReader.Parse("m.json", Head + members + "}"));
        Assert.StartsWith("m.json, line 1, column ", e.Message);
        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{", 1, 2, "this is no JSON")]
    [InlineData("[]", 1, 1, "the description: found [], expected an object")]
    [InlineData("{\"version\":1}", 1, 1, "format is missing")]
    [InlineData("{\n \"format\":\"hgq-recipe\",\"version\":1}", 2, 11, "found \"hgq-recipe\", expected one of hgq-description")]
    [InlineData("{\"format\":\"hgq-description\",\n\"version\":2}", 2, 11, "version: found 2")]
    [InlineData("{\"format\":\"hgq-description\",\"version\":1,\n\"layers\":[{\"kind\":\"quantize\"},\n  {\"kind\":\"flaten\"}]}", 3, 11, "flaten")]
    [InlineData("{\"a\":1,\"a\":2}", 1, 8, "stands twice")]
    public void Errors_stand_where_the_text_is_wrong(string text, int line, int column, string part)
    {
        var e = Assert.Throws<DescriptionException>(() => DescriptionReader.Parse("m.json", text));
        Assert.Equal((line, column), (e.Line, e.Column));
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"layers\":[\n{\"kind\":\"quantize\"},\n{\"kind\":\"conv2d\",\"filters\":4,\"kernel\":3}]", 3, "layers[1] (conv2d \"conv2d_1\"): The layer conv2d_1 (4 filters of [3, 3], 1 groups) does not fit [6]. It reads quantize_1 [6]; correct")]
    [InlineData("\"layers\":[\n{\"kind\":\"quantize\"},\n{\"kind\":\"dense\",\"units\":3}]", 3, "the output has the shape [3], the data need 2 outputs")]
    [InlineData("\"inputs\":[\n{\"shape\":[2,2]}],\n\"layers\":[{\"kind\":\"quantize\"}]", 2, "they hold 4 elements, a row of the data 6 features")]
    [InlineData("\"layers\":[\n{\"kind\":\"quantize\"},\n{\"kind\":\"add\"}]", 3, "takes 2 to")]
    [InlineData("\"layers\":[\n{\"kind\":\"quantize\"},\n{\"kind\":\"reshape\",\"shape\":[4,2]}]", 3, "reshape [6] to [4, 2]")]
    public void Shapes_that_do_not_fit_are_refused_at_the_layer(string members, int line, string part)
    {
        NetworkDescription description = DescriptionReader.Parse("m.json", Head + members + "}");
        var e = Assert.Throws<DescriptionException>(() => Build(description));
        Assert.Equal(line, e.Line);
        Assert.Contains(part, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_layer_is_made_with_its_options()
    {
        NetworkDescription description = DescriptionReader.Parse("m.json", Head + """
            "name": "all", "inputs": [{ "name": "a", "shape": [4, 4, 2] }, { "name": "b", "shape": [8] }],
            "layers": [
              { "kind": "quantize", "inputs": "a" },
              { "kind": "conv2d", "name": "c", "filters": 4, "kernel": [2, 3], "strides": 1, "padding": "same", "groups": 2, "dilations": [1, 1],
                "parallelFactor": 4, "activation": "relu", "batchNorm": { "epsilon": 1e-5 }, "bias": false, "beta": 0.5 },
              { "kind": "max-pool2d", "size": 2 },
              { "kind": "average-pool2d", "size": [2, 1], "strides": [1, 1], "padding": "same" },
              { "kind": "reshape", "shape": [4, -1] },
              { "kind": "conv1d", "filters": 4, "kernel": 2, "padding": "causal" },
              { "kind": "max-pool1d", "size": 2 },
              { "kind": "permute", "order": [2, 1] },
              { "kind": "matmul", "inputs": ["permute_1", "max_pool1d_1"], "name": "m" },
              { "kind": "global-average-pool1d" },
              { "kind": "activation", "function": "hard-tanh", "name": "t" },
              { "kind": "signature", "inputs": "b", "name": "s", "signed": false, "bits": 4, "integerBits": 4 },
              { "kind": "slice", "axis": 1, "start": 2, "length": 4 },
              { "kind": "dropout", "rate": 0.25 },
              { "kind": "subtract", "inputs": ["dropout_1", "t"] },
              { "kind": "multiply", "inputs": ["subtract_1", "t"], "beta": 0.25 },
              { "kind": "concatenate", "inputs": ["multiply_1", "t"] },
              { "kind": "flatten" },
              { "kind": "dense", "units": "outputs", "batchNorm": true, "name": "y" },
              { "kind": "dense", "units": 2, "inputs": "t", "name": "early" }
            ],
            "outputs": ["y", "early"] }
            """);
        using HgqModel model = Build(description, 40);
        Assert.Equal(("all", 2, 20), (model.ModelName, model.Outputs.Count, model.Layers.Count));
        var conv = Assert.IsType<HConv2DBatchNorm>(model["c"]);
        Assert.Equal([4L, 4, 4], conv.OutputShape);
        Assert.Equal((2L, 4, Padding.Same, Activation.Relu, false), (conv.Options.Groups, conv.Options.ParallelFactor, conv.Options.Padding, conv.Activation, conv.Options.UseBias));
        Assert.Equal([4L, 4], model["m"].OutputShape);
        Assert.Equal(UnaryFunction.HardTanh, ((HActivation)model["t"]).Function);
        Assert.Equal((4, 4, false), (((Signature)model["s"]).Bits, ((Signature)model["s"]).IntBits, ((Signature)model["s"]).KeepNegative));
        Assert.IsType<HDenseBatchNorm>(model["y"]);
        Assert.Equal(["c", "multiply_1"], description.LayerBeta.Keys.Order());
    }

    [Fact]
    public void Blocks_and_reductions_are_made_with_their_options()
    {
        NetworkDescription description = DescriptionReader.Parse("m.json", Head + """
            "quantizers": { "bias": { "bits": 5 } }, "inputs": [{ "shape": [4, 3] }],
            "layers": [
              { "kind": "quantize", "name": "q" },
              { "kind": "dense", "units": 2, "axis": 1, "name": "across", "biasQuantizer": { "family": "fixed-point", "bits": 7 } },
              { "kind": "attention", "inputs": "q", "name": "att", "heads": 2, "keySize": 3, "valueSize": 2, "outputSize": 5, "bias": false,
                "scores": { "bits": 6 }, "softmax": { "subtractMaximum": false } },
              { "kind": "batch-normalization", "activation": "relu", "epsilon": 1e-5, "name": "bn" },
              { "kind": "softmax", "axis": 1, "name": "soft", "exponential": { "bits": 7 } },
              { "kind": "maximum", "inputs": ["bn", "soft"] },
              { "kind": "minimum", "inputs": ["maximum_1", "soft"] },
              { "kind": "sum", "axes": 1, "keepDimensions": true, "shift": -2, "name": "mean" },
              { "kind": "reduce-max", "axes": [1, 2], "name": "top" },
              { "kind": "reshape", "shape": 1, "inputs": "top", "name": "one" },
              { "kind": "flatten", "inputs": "mean" }, { "kind": "flatten", "inputs": "across" },
              { "kind": "concatenate", "inputs": ["one", "flatten_1", "flatten_2"] },
              { "kind": "dense", "units": 2, "name": "y" }] }
            """);
        using HgqModel model = Build(description, 12);
        Assert.Equal([2L, 3], model["across"].OutputShape);
        Assert.Equal([4L, 5], model["att"].OutputShape);
        Assert.Equal(Activation.Relu, Assert.IsType<HBatchNormalization>(model["bn"]).Activation);
        Assert.Equal([1L, 5], model["mean"].OutputShape);
        Assert.Equal(-2, ((HSum)model["mean"]).Shift);
        Assert.Equal(5.0, ((HgqQuantizer)((KernelLayer)model["y"]).BiasQuantizer!).InitBw);
        Assert.Equal(6.0, ((HgqQuantizer)((QuantizedOutputLayer)model["att_scores"]).ActivationQuantizer).InitBw);
        Assert.Throws<ArgumentException>(() => model["att_softmax_max"]);
    }

    [Fact]
    public void Beta_of_a_layer_or_a_block_is_that_of_all_its_products()
    {
        NetworkDescription description = DescriptionReader.Parse("m.json", Head + """
            "inputs": [{ "shape": [2, 3] }],
            "layers": [
              { "kind": "quantize", "name": "q" },
              { "kind": "dense", "units": 2, "axis": 1, "name": "across", "beta": 1 },
              { "kind": "attention", "name": "att", "heads": 1, "keySize": 2, "beta": 2 },
              { "kind": "batch-normalization", "name": "bn", "beta": 3 },
              { "kind": "softmax", "name": "soft", "beta": 4 },
              { "kind": "multiply", "inputs": ["bn", "soft"], "name": "times", "beta": 5 },
              { "kind": "flatten" },
              { "kind": "dense", "units": 2, "name": "y" }] }
            """);
        using HgqModel model = Build(description);
        var network = new HgqNetwork(model);
        network.SetBeta(null, 9);
        foreach ((string layer, Schedule schedule) in description.LayerBeta)
        {
            Assert.Contains(layer, network.CostLayers);
            network.SetBeta(layer, schedule.At(0));
        }

        Dictionary<string, double> found = model.Layers.Where(static l => l.HasEbops).ToDictionary(static l => l.Name, static l => l.Beta);
        Assert.Equal(
            new Dictionary<string, double>
            {
                ["across_dense"] = 1,
                ["att_query"] = 2,
                ["att_key"] = 2,
                ["att_value"] = 2,
                ["att_scores"] = 2,
                ["att_softmax"] = 2,
                ["att_mixed"] = 2,
                ["att"] = 2,
                ["bn"] = 3,
                ["soft"] = 4,
                ["times"] = 5,
                ["y"] = 9,
            },
            found);
    }

    [Fact]
    public void Quantizers_change_what_they_name_and_keep_the_rest_of_the_outer_ones()
    {
        NetworkDescription description = DescriptionReader.Parse("m.json", Head + """
            "quantizers": {
              "kernel": { "family": "fixed-point", "parametrisation": "kif", "integerBits": 1, "fractionBits": 5, "overflow": "saturate", "start": "adapt" },
              "activation": { "bits": 6, "regularizer": 0 } },
            "layers": [
              { "kind": "quantize", "quantizer": { "family": "fixed-point", "rounding": "half-even", "signed": true } },
              { "kind": "dense", "units": 3, "kernelQuantizer": { "fractionBits": 4, "shared": "all" }, "quantizer": { "rounding": "down" } },
              { "kind": "dense", "units": 2, "kernelQuantizer": { "family": "hgq", "limits": [0, 5] } }
            ] }
            """);
        using HgqModel model = Build(description);
        var first = (FixedPointQuantizer)((KernelLayer)model["dense_1"]).KernelQuantizer;
        Assert.Equal((Parametrisation.Kif, OverflowMode.Saturate, 1.0, 4.0), (first.Config.Parametrisation, first.Config.Overflow, first.Config.IntegerBits, first.Config.FractionBits));
        Assert.Equal((SkipDims.All, true, new MonoL1(1e-8)), (first.Config.SkipDims, first.Config.AdaptToWeights, first.Config.Regularizer));
        var port = (FixedPointQuantizer)((QuantizedOutputLayer)model["quantize_1"]).ActivationQuantizer;
        Assert.Equal((RoundingMode.RoundHalfEven, OverflowMode.Wrap, true), (port.Config.Rounding, port.Config.Overflow, port.Config.KeepNegative));
        var output = (HgqQuantizer)((QuantizedOutputLayer)model["dense_1"]).ActivationQuantizer;
        Assert.Equal((6.0, RoundingStrategy.Floor, null), (output.InitBw, output.RndStrategy, output.Regularizer));
        var second = (HgqQuantizer)((KernelLayer)model["dense_2"]).KernelQuantizer;
        Assert.Equal((2.0, new BitRange(0, 5)), (second.InitBw, second.BwClip));
    }

    private static HgqModel Build(NetworkDescription description, int features = 6) =>
        description.Build(features, outputs: 2, QuantizerConfig.DefaultKernel, QuantizerConfig.DefaultPreActivation);
}
