using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Runtime.Calibration;
using HGQ.Runtime.Export;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using TorchSharp;

namespace HGQ.Runtime.Tests.Export;

public class MovementExportTests
{
    [Fact]
    public void Operators_on_several_layers_and_movements_between_them()
    {
        var x = new HInput([4, 3], "x");
        HLayer q = new HQuantize(name: "q").On(x);
        HLayer left = new HDense(3, Activation.Relu, name: "left").On(q);
        HLayer right = new HDense(3, name: "right").On(q);
        HLayer turned = new PPermute([2, 1], "turned").On(left);
        HLayer product = new HMatMul(name: "product").On(right, turned);
        HLayer times = new HMultiply(name: "times").On(left, right);
        HLayer row = new PSlice(1, 2, 1, "row").On(right);
        HLayer sum = new HAdd(name: "sum").On(times, right, row);
        HLayer difference = new HSubtract(name: "difference").On(left, row);
        HLayer joined = new PConcatenate(-1, "joined").On(sum, difference, product);
        HLayer flat = new PReshape([2, -1], "flat").On(joined);
        ModelGraph graph = ExportCheck.Graph(x, new HDense(2, name: "last").On(flat), sum);
        Assert.Equal([false, true], graph.Layers.OfType<AddLayer>().Single(static l => l.Name == "difference").Negate);
        Assert.Equal(2, graph.Outputs.Length);
    }

    [Fact]
    public void Dropout_disappears_also_behind_the_port_and_at_the_end()
    {
        using var model = new HgqSequential(
            [5], new PDropout(0.1, "first"), new HQuantize(name: "q"), new PDropout(0.2, "second"), new HDense(4, name: "d"), new PDropout(0.3, "third"));
        ModelGraph graph = ExportCheck.Agrees(model);
        Assert.Equal(["x", "q", "d"], graph.Layers.Select(static l => l.Name));
        Assert.Equal(("third", "d"), (graph.Outputs[0].Name, graph.Outputs[0].Layer));
    }

    [Fact]
    public void A_signature_declares_the_format_of_the_port()
    {
        using var model = new HgqSequential([2], new Signature(true, 8, 3, "declared"), new HDense(2));
        ModelGraph graph = ExportCheck.Export(model);
        QuantizerSpec quantizer = graph.Layers.OfType<QuantizeLayer>().Single().Quantizer;
        Assert.Equal(new FixedPointFormat(true, 2, 5), quantizer.Format[1]);

        // Every code of the format, and its mirror image.
        float[] codes = [.. Enumerable.Range(-127, 255).SelectMany(static n => new[] { n / 32f, -n / 32f })];
        using torch.Tensor data = torch.tensor(codes, [codes.Length / 2, 2]);
        MinmaxTracer.TraceMinmax(model, data);
        FloatVerification found = FloatVerifier.Verify(model, ModelExporter.Export(model, new ExportOptions()), codes);
        Assert.Equal((255, 0L, 0), (found.Samples, found.Mismatches, found.OverflowSamples));
        Assert.Equal((0, 255, 510L), (found.OffGridSamples, found.ComparedSamples, found.Elements));
    }

    [Fact]
    public void Samples_beside_the_grid_that_a_signature_declares_are_shown_apart()
    {
        using var model = new HgqSequential([2], new Signature(true, 8, 3, "declared"), new HDense(2));
        const float step = 1 / 32f;
        float[] codes = [.. Enumerable.Range(-127, 255).SelectMany(static n => new[] { n * step, -n * step })];
        using torch.Tensor data = torch.tensor(codes, [codes.Length / 2, 2]);
        MinmaxTracer.TraceMinmax(model, data);

        // On the grid, beside it (half a step, far less than a step), beyond the range, and both.
        float[] samples = [step, 0, step, step / 2, step / 1024, 3 * step, 4, 0, 4, step / 2];
        FloatVerification found = FloatVerifier.Verify(model, ModelExporter.Export(model, new ExportOptions()), samples);
        Assert.Equal((5, 1, 0L), (found.Samples, found.ComparedSamples, found.Mismatches));
        Assert.Equal((2, new FloatDifference(1, "declared", 1, step / 2, step)), (found.OffGridSamples, found.FirstOffGrid));
        Assert.Equal((2, 3), (found.OverflowSamples, found.FirstOverflow!.Sample));
    }
}
