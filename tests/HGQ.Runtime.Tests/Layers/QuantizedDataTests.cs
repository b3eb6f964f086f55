using System.Collections.Generic;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

/// <summary>
/// Data have no gradient, so that a dense layer behind their quantizer hands the widths their gradient without computing that of its input;
/// against the chain of torch operators, which does.
/// </summary>
public sealed class QuantizedDataTests
{
    // More than a pass takes at a time of each, and no multiple of it.
    private const int Rows = 300;
    private const int Columns = 150;
    private const int Units = 70;

    public static TheoryData<string, bool, bool> Cases => new()
    {
        { "batch", false, false }, { "batch", true, false }, { "all", false, false }, { "batch", false, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Gradients_are_those_of_the_operators(string sharing, bool readTwice, bool fixedPoint)
    {
        using var scope = torch.NewDisposeScope();
        var (fused, operators) = (Step(sharing, readTwice, fixedPoint, true), Step(sharing, readTwice, fixedPoint, false));
        Assert.Contains(operators.Gradients, pair => pair.Name.StartsWith("q.", System.StringComparison.Ordinal) && pair.Values.Any(g => g != 0));
        Close.Relative(operators.Output, fused.Output, 1e-12, "output");
        foreach (var ((name, expected), (_, gradient)) in operators.Gradients.Zip(fused.Gradients))
        {
            Close.Relative(expected, gradient, 1e-12, name);
        }
    }

    private static (double[] Output, List<(string Name, double[] Values)> Gradients) Step(string sharing, bool readTwice, bool fixedPoint, bool fused)
    {
        var random = new Seeded(17);
        using var model = Model(sharing, readTwice, fixedPoint);
        model.InitializeWeights(random.Uniform);
        model.@double();
        model.UseFusedPasses = fused;
        model.train();
        var y = model.forward(Data(random));
        var loss = (y * random.Normal(torch.float64, y.shape)).sum() + model.EbopsLoss();
        loss.backward();
        return (y.Values(), [.. model.named_parameters().Where(p => p.parameter.requires_grad).Select(p => (p.name, p.parameter.grad!.Values()))]);
    }

    private static HgqGraphModel Model(string sharing, bool readTwice, bool fixedPoint)
    {
        IQuantizerConfig activation = fixedPoint
            ? FixedPointQuantizerConfig.DefaultActivation with { SkipDims = sharing }
            : QuantizerConfig.DefaultPreActivation with { SkipDims = sharing };
        using var defaults = QuantizerDefaults.Scope(QuantizerConfig.DefaultKernel, activation);
        var x = new HInput([Columns]);
        var q = new HQuantize(name: "q").On(x);
        HLayer hidden = new HDense(readTwice ? Columns : Units, Activation.Relu, beta: 1e-3).On(q);
        return new HgqGraphModel("data", [x], [new HDense(5, beta: 1e-3).On(readTwice ? new HAdd().On(hidden, q) : hidden)]);
    }

    // The first half of the rows lies on the grid in every column: there is no error.
    private static torch.Tensor Data(Seeded random)
    {
        var x = random.Normal(torch.float64, Rows, Columns);
        x.narrow(0, 0, Rows / 2).round_();
        return x;
    }
}
