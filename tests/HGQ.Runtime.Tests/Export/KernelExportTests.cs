using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Tests.Golden;
using TorchSharp;
using Padding = HGQ.Runtime.Layers.Padding;

namespace HGQ.Runtime.Tests.Export;

public class KernelExportTests
{
    [Theory]
    [InlineData(3, 1, 1, 1, Padding.Valid)]
    [InlineData(3, 2, 1, 2, Padding.Same)]
    [InlineData(2, 1, 2, 4, Padding.Causal)]
    [InlineData(4, 3, 1, 1, Padding.Same)]
    public void Convolution_of_one_dimension(int taps, int stride, int dilation, int groups, Padding padding)
    {
        var options = new ConvOptions(4, [taps])
        {
            Strides = [stride],
            Dilations = [dilation],
            Groups = groups,
            Padding = padding,
            Activation = Activation.Relu,
            ParallelFactor = 2,
        };
        ModelGraph graph = ExportCheck.Sequential([11, 4], new HConv1D(options, "c"), new HConv1D(new ConvOptions(2, [2]), "d"));
        ConvLayer conv = graph.Layers.OfType<ConvLayer>().First();
        Assert.Equal((groups, 2, ActivationKind.Relu), (conv.Groups, conv.ParallelFactor, conv.Activation));
    }

    [Theory]
    [InlineData(3, 2, 1, 1, Padding.Same)]
    [InlineData(2, 1, 2, 3, Padding.Valid)]
    public void Convolution_of_two_dimensions(int rows, int columns, int stride, int groups, Padding padding)
    {
        var options = new ConvOptions(6, [rows, columns]) { Strides = [stride], Groups = groups, Padding = padding, UseBias = groups == 1 };
        ExportCheck.Sequential([7, 6, 3], new HConv2D(options, "c"), new PFlatten(), new HDense(3, Activation.Relu));
    }

    [Fact]
    public void Dense_over_positions()
    {
        ExportCheck.Sequential([3, 4], new HDense(5, Activation.Relu), new HDense(2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Batch_norms_are_folded_with_their_moving_statistics(bool useBias)
    {
        var norm = new BatchNormOptions { Momentum = 0.5 };
        var dense = new HDenseBatchNorm(3, useBias: useBias, batchNorm: norm, name: "dense");
        var line = new HConv1DBatchNorm(new ConvOptions(4, [2]) { UseBias = useBias, Activation = Activation.Relu }, norm, "line");
        var plane = new HConv2DBatchNorm(new ConvOptions(3, [3]) { UseBias = useBias }, norm, "plane");
        HLayer[] layers =
        [
            new HQuantize(name: "q"), plane, new PReshape([16, 3]), line, new PFlatten(), dense,
        ];
        using var model = new HgqSequential([6, 6, 2], layers);
        Train(model);
        ModelGraph graph = ExportCheck.Agrees(model);
        Assert.All([plane.BatchNorm!, line.BatchNorm!, dense.BatchNorm!], static b => Assert.True(b.MovingMean.abs().max().ToDouble() > 0.01));
        Assert.NotNull(graph.Layers.OfType<DenseLayer>().Single().Bias);
        Assert.NotNull(graph.Layers.OfType<ConvLayer>().First().Bias);
    }

    private static void Train(HgqModel model)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        var random = new Seeded(8);
        foreach (KernelLayer layer in model.Layers.OfType<KernelLayer>())
        {
            layer.BatchNorm!.Gamma.copy_(random.Normal(torch.ScalarType.Float32, layer.BatchNorm.Gamma.shape));
            layer.BatchNorm.Beta.copy_(random.Normal(torch.ScalarType.Float32, layer.BatchNorm.Beta.shape));
        }

        model.train();
        model.forward(random.Normal(torch.ScalarType.Float32, [40, .. model.InputPorts[0].OutputShape]));
        model.forward(random.Normal(torch.ScalarType.Float32, [40, .. model.InputPorts[0].OutputShape]));
        model.eval();
    }
}
