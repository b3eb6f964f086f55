using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tests.Export;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

public sealed class BlockTests
{
    [Fact]
    public void Parts_are_named_after_their_block_and_the_last_one_is_called_like_it()
    {
        using var model = new HgqSequential([2, 4], new HQuantize(), new HSoftmax(), new HMultiHeadAttention(new AttentionOptions(1, 2), "a"));
        Assert.Equal(
            ["quantize_1", "softmax_1_max", "softmax_1_input", "softmax_1_exp", "softmax_1_sum", "softmax_1_reciprocal", "softmax_1"],
            model.Layers.Take(7).Select(static l => l.Name));
        Assert.Contains("a_softmax_exp", model.Layers.Select(static l => l.Name));
        Assert.Equal("a", model.Outputs[0].Name);
        Assert.Contains("a_query.kernel", model.state_dict().Keys);
    }

    [Fact]
    public void A_block_gives_what_its_parts_give_in_a_model()
    {
        using var scope = torch.NewDisposeScope();
        var block = new HMultiHeadAttention(new AttentionOptions(2, 2), "a");
        var model = new HgqSequential([3, 4], new HQuantize(name: "q"), block);
        model.eval();
        var x = new Seeded(1).Normal(torch.float32, 5, 3, 4);
        Assert.Equal(model.forward(x).Values(), block.forward(model["q"].forward(x)).Values());
    }

    [Fact]
    public void Nested_models_are_flattened_with_their_parameters()
    {
        using var scope = torch.NewDisposeScope();
        var inner = new HgqSequential([4], new HDense(4, name: "d"), new HSoftmax(name: "s"));
        var middle = new HgqSequential([4], new HNested(inner, "inner"), new HDense(3));
        var model = new HgqSequential([4], new HQuantize(name: "q"), new HNested(middle, "middle"), new HDense(2, name: "out"));
        Assert.Equal(
            ["q", "middle_inner_d", "middle_inner_s_max", "middle_inner_s_input", "middle_inner_s_exp", "middle_inner_s_sum", "middle_inner_s_reciprocal", "middle_inner_s", "middle_dense_1", "out"],
            model.Layers.Select(static l => l.Name));
        Assert.Same(((KernelLayer)inner.Layers[0]).Kernel, ((KernelLayer)model["middle_inner_d"]).Kernel);
        ExportCheck.Agrees(model);
    }

    [Fact]
    public void A_nested_model_with_several_inputs_and_outputs()
    {
        HInput a = new([3], "a"), b = new([3], "b");
        HLayer sum = new HAdd(name: "sum").On(a, b), difference = new HSubtract(name: "difference").On(a, b);
        var pair = new HNested(new HgqGraphModel("pair", [a, b], [sum, difference]), "pair");
        var x = new HInput([3], "x");
        HLayer q = new HQuantize(name: "q").On(x), d = new HDense(3, name: "d").On(q);
        pair.On(q, d);
        HLayer product = new HMultiply(name: "product").On(pair.Outputs[0], pair.Outputs[1]);
        ExportCheck.Graph(x, product);
    }

    [Fact]
    public void A_model_used_twice_is_refused_by_name()
    {
        var shared = new HgqSequential(new HInput([3], "x"), "shared", [new HDense(3)]);
        var q = new HQuantize().On(new HInput([3], "x"));
        var first = new HNested(shared, "first").On(q);
        var e = Assert.Throws<InvalidOperationException>(() => new HNested(shared, "second").On(first));
        Assert.Contains("shared", e.Message, StringComparison.Ordinal);
        Assert.Contains("first", e.Message, StringComparison.Ordinal);
        Assert.Contains("second", e.Message, StringComparison.Ordinal);
        Assert.Contains("used twice", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused_with_the_layer_and_the_shapes()
    {
        HLayer Input(params long[] shape) => new HQuantize(name: "q").On(new HInput(shape, "x"));
        (Func<HLayer> Make, string[] Says)[] cases =
        [
            (() => new HNested(new HgqSequential([3], new HDense(2)), "n").On(Input(4)), ["n", "[3]", "[4]"]),
            (() => new HMultiHeadAttention(new AttentionOptions(2, 2), "a").On(Input(4)), ["a", "[4]"]),
            (() => new HSoftmax(new SoftmaxOptions { Axis = 3 }, "s").On(Input(4, 2)), ["s", "3", "[batch, 4, 2]"]),
            (() => new HSum([2], name: "s").On(Input(4)), ["s", "2", "[batch, 4]"]),
            (() => new PReduceMax([0], name: "m").On(Input(4)), ["m", "0", "[batch, 4]"]),
            (() => new HDenseOnAxis(3, new HDense(2), "d").On(Input(4, 2)), ["d", "3", "[batch, 4, 2]"]),
            (() => new HBatchNormalization(name: "b").On(Input()), ["b"]),
            (() => new HMatMul(name: "p").On(Input(2, 3), Input(2, 3)), ["p", "[2, 3]"]),
            (() => new HAdd(name: "p").On(Input(2), Input(3)), ["p", "[2]", "[3]"]),
            (() => new HConv1D(new ConvOptions(2, [5]), "c").On(Input(4, 2)), ["c", "[5]", "[4, 2]"]),
            (() => new PMaxPool1D([5], name: "p").On(Input(4, 2)), ["p", "[4, 2]"]),
        ];
        foreach (var (make, says) in cases)
        {
            string message = Assert.Throws<ArgumentException>(make).Message;
            Assert.All(says, part => Assert.Contains(part, message, StringComparison.Ordinal));
        }
    }
}
