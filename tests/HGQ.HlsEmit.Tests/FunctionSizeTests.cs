using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.HlsEmit.Kernels;
using HGQ.Model.Graph;

namespace HGQ.HlsEmit.Tests;

/// <summary>No function of the emitted code is a giant for a compiler (docs/hls.md 3.2).</summary>
public sealed partial class FunctionSizeTests
{
    [Theory]
    [InlineData(600, 3)]
    [InlineData(200, 40)]
    [InlineData(3, 900)]
    public void A_function_has_at_most_a_thousand_adders(int inputs, int outputs)
    {
        var any = new AnyModel(5) { MaxWidth = 10 };
        var project = HlsEmitter.Emit(SmallPrograms.Lower([inputs], any.DenseOf("layer", "q", inputs, outputs, true)), new HlsOptions());
        var sizes = Sizes(project).ToList();
        Assert.All(sizes, size => Assert.InRange(size, 0, KernelWriter.ElementAdders));

        // As few functions as the bound allows: on average they hold a good part of it.
        int adders = project.Report.Layers.Single(layer => layer.Layer == "layer").AdderCount;
        Assert.InRange(sizes.Count(size => size > 0), 1, 3 + (4 * adders / KernelWriter.FunctionAdders));
    }

    [Fact]
    public void The_kernel_of_a_convolution_is_split_too()
    {
        var any = new AnyModel(6) { MaxWidth = 10 };
        var layer = new ConvLayer(
            "layer", "q", any.Tensor(TensorShape.Of(3, 3, 8, 40)), null, new[] { 1, 1 }, new[] { 1, 1 }, PaddingKind.Valid, 1, ActivationKind.Linear, null, 1);
        var sizes = Sizes(HlsEmitter.Emit(SmallPrograms.Lower([5, 5, 8], layer), new HlsOptions())).ToList();
        Assert.All(sizes, size => Assert.InRange(size, 0, KernelWriter.ElementAdders));
        Assert.InRange(sizes.Count(size => size > 100), 2, 40);
    }

    // Operators between operands, which is what an adder is in the text; by function.
    private static IEnumerable<int> Sizes(HlsProject project) => project.Files
        .Where(file => file.Key.StartsWith("firmware/layers/layer", StringComparison.Ordinal) && file.Key.EndsWith(".cpp", StringComparison.Ordinal))
        .SelectMany(file => Function().Split(file.Value))
        .Select(function => function.Split('\n').Where(line => line.Contains(" = ", StringComparison.Ordinal) || line.Contains("return ", StringComparison.Ordinal))
            .Sum(line => Adder().Count(line)));

    [GeneratedRegex(@"^\}", RegexOptions.Multiline)]
    private static partial Regex Function();

    [GeneratedRegex(@" [-+] ")]
    private static partial Regex Adder();
}
