using System;
using System.Linq;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;

namespace HGQ.Runtime.Tests.Layers;

/// <summary>With so many bits that quantizers change nothing visible, layers are the plain functions: values and gradients against torch.</summary>
public sealed class NewLayerGradientTests
{
    private static readonly QuantizerConfig Fine = new()
    {
        InitBw = 45,
        BwClip = (-60, 60),
        RndStrategy = RoundingStrategy.Standard,
        SkipDims = SkipDims.Batch,
        MinmaxRecord = true,
    };

    private static readonly QuantizerConfig FineKernel = Fine with { SkipDims = SkipDims.None };

    [Theory]
    [InlineData(true, -1, 1.0)]
    [InlineData(false, 1, 0.5)]
    public void Softmax_is_that_of_torch(bool stable, int axis, double scale)
    {
        var options = new SoftmaxOptions
        {
            Axis = axis,
            SubtractMaximum = stable,
            InputScale = scale,
            ExponentialInput = Fine,
            Exponential = Fine,
            Sum = Fine,
            Reciprocal = Fine,
            Paq = Fine,
        };
        Compare([3, 4], x => (x * scale).softmax(axis), new HSoftmax(options));
    }

    [Fact]
    public void Sums_maxima_and_functions_are_those_of_torch()
    {
        Compare([3, 4], static x => x.sum(1) / 4, new HSum([1], shift: -2, paq: Fine));
        Compare([3, 4], static x => x.amax([2L], keepdim: true), new PReduceMax([2], keepDimensions: true));
        Compare([5], static x => torch.nn.functional.gelu(x), new HActivation(UnaryFunction.Gelu, Fine));
    }

    [Fact]
    public void Batch_norm_is_that_of_torch_in_training_and_inference()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Seeded(4);
        var layer = new HBatchNormalization(kq: FineKernel, paq: Fine);
        var model = new HgqSequential([2, 3], new HQuantize(Fine), layer);
        model.@double();
        var norm = torch.nn.BatchNorm1d(3, eps: 1e-3, momentum: 0.01, dtype: torch.float64);
        using (torch.no_grad())
        {
            layer.BatchNorm.Gamma.copy_(random.Normal(torch.float64, 3));
            layer.BatchNorm.Beta.copy_(random.Normal(torch.float64, 3));
            norm.weight!.copy_(layer.BatchNorm.Gamma);
            norm.bias!.copy_(layer.BatchNorm.Beta);
        }

        var (x, y) = (random.Normal(torch.float64, 20, 2, 3).requires_grad_(), random.Normal(torch.float64, 20, 2, 3));
        var referee = x.detach().clone().requires_grad_();
        var expected = norm.call(referee.reshape(-1, 3)).reshape(20, 2, 3);
        var actual = model.forward(x);
        (expected * y).sum().backward();
        (actual * y).sum().backward();
        Close.Absolute(expected.Values(), actual.Values(), 1e-9, "training");
        Close.Absolute(referee.grad!.Values(), x.grad!.Values(), 1e-9, "gradient of the input");
        Close.Absolute(norm.weight.grad!.Values(), layer.BatchNorm.Gamma.grad!.Values(), 1e-9, "gradient of gamma");
        Close.Absolute(norm.bias.grad!.Values(), layer.BatchNorm.Beta.grad!.Values(), 1e-9, "gradient of beta");

        // Keras' moving variance is the biased one, torch's is not.
        using (torch.no_grad())
        {
            norm.running_var!.copy_(layer.BatchNorm.MovingVariance);
        }

        norm.eval();
        model.eval();
        Close.Absolute(norm.call(x.reshape(-1, 3)).Values(), model.forward(x).Values(), 1e-9, "inference");
    }

    [Fact]
    public void Attention_is_softmax_of_products_in_every_head()
    {
        using var scope = torch.NewDisposeScope();
        var fine = new DenseQuantizers(FineKernel, Fine);
        var softmax = new SoftmaxOptions { ExponentialInput = Fine, Exponential = Fine, Sum = Fine, Reciprocal = Fine, Paq = Fine };
        var options = new AttentionOptions(2, 3) { Query = fine, Key = fine, Value = fine, Output = fine, Scores = Fine, Mixed = Fine, Softmax = softmax };
        var model = new HgqSequential([5, 4], new HQuantize(Fine), new HMultiHeadAttention(options, "a"));
        model.@double();
        var x = new Seeded(5).Normal(torch.float64, 2, 5, 4);
        torch.Tensor Project(string name, torch.Tensor input) => input.matmul(((HDense)model[name]).Kernel);
        torch.Tensor Heads(torch.Tensor t) => t.reshape(2, 5, 2, 3).permute(0, 2, 1, 3);
        var (q, k, v) = (Heads(Project("a_query", x)), Heads(Project("a_key", x)), Heads(Project("a_value", x)));
        var weights = (q.matmul(k.transpose(-1, -2)) / Math.Sqrt(3)).softmax(-1);
        var expected = Project("a", weights.matmul(v).permute(0, 2, 1, 3).reshape(2, 5, 6));
        Close.Absolute(expected.Values(), model.forward(x).Values(), 1e-6, "attention");
    }

    [Fact]
    public void Gradients_of_all_parameters_are_those_of_finite_differences()
    {
        using var scope = torch.NewDisposeScope();
        var fine = new DenseQuantizers(FineKernel, Fine);
        var softmax = new SoftmaxOptions { ExponentialInput = Fine, Exponential = Fine, Sum = Fine, Reciprocal = Fine, Paq = Fine };
        var options = new AttentionOptions(1, 2) { Query = fine, Key = fine, Value = fine, Output = fine, Scores = Fine, Mixed = Fine, Softmax = softmax };
        var model = new HgqSequential(
            [3, 2], new HQuantize(Fine), new HMultiHeadAttention(options, "a"), new HBatchNormalization(kq: FineKernel, paq: Fine), new HSum([1], paq: Fine));
        model.@double();
        var x = new Seeded(6).Normal(torch.float64, 6, 3, 2);
        double Loss() => model.forward(x).pow(2).sum().ToDouble();
        model.forward(x).pow(2).sum().backward();
        foreach (var (name, parameter) in model.named_parameters().Where(static p => !p.name.Contains("fbw", StringComparison.Ordinal)))
        {
            double[] expected = new double[parameter.numel()];
            using var noGradient = torch.no_grad();
            var flat = parameter.view(-1);
            for (var e = 0; e < expected.Length; e++)
            {
                double before = flat[e].ToDouble();
                double Shifted(double step)
                {
                    flat[e] = torch.tensor(before + step, dtype: torch.float64);
                    return Loss();
                }

                expected[e] = (Shifted(1e-5) - Shifted(-1e-5)) / 2e-5;
                flat[e] = torch.tensor(before, dtype: torch.float64);
            }

            Close.Absolute(expected, parameter.grad!.Values(), 1e-5, name);
        }
    }

    private static void Compare(long[] shape, Func<torch.Tensor, torch.Tensor> expected, HLayer layer)
    {
        using var scope = torch.NewDisposeScope();
        var random = new Seeded(7);
        var model = new HgqSequential(shape, new HQuantize(Fine), layer);
        model.@double();
        var x = random.Normal(torch.float64, [4, .. shape]).requires_grad_();
        var referee = x.detach().clone().requires_grad_();
        var (found, wanted) = (model.forward(x), expected(referee));
        var upstream = random.Normal(torch.float64, wanted.shape);
        (found * upstream).sum().backward();
        (wanted * upstream).sum().backward();
        Close.Absolute(wanted.Values(), found.Values(), 1e-6, "values");
        Close.Absolute(referee.grad!.Values(), x.grad!.Values(), 1e-6, "gradient");
    }
}
