using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.Evaluation;

public sealed class RegressionEvaluationTests
{
    [Fact]
    public void A_rare_large_error_widens_the_rms_but_not_the_core()
    {
        // Errors −49.5, −48.5, … 49.5: 15 of 100 lie outside of the core on either side.
        double[] errors = [.. Enumerable.Range(0, 100).Select(static n => n - 49.5)];
        RegressionReport report = Evaluate(errors);
        Assert.Equal(100, report.Count);
        Assert.Equal(0, report.Bias);
        Assert.Equal(34.5, report.CentralResolution);
        Assert.Equal(Math.Sqrt(errors.Average(static e => e * e)), report.RootMeanSquare, 12);

        errors[99] = 1000;
        RegressionReport withOutlier = Evaluate(errors);
        Assert.Equal(34.5, withOutlier.CentralResolution);
        Assert.True(withOutlier.RootMeanSquare > 100);
    }

    // A model that gives back its input; the target lies as far below it as the error says.
    private static RegressionReport Evaluate(double[] errors)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Combine("rows.csv");
        File.WriteAllLines(file, errors.Select(static (error, n) => string.Create(CultureInfo.InvariantCulture, $"{n},{n - error}")).Prepend("x,y"));
        TensorShape shape = TensorShape.Of(1);
        var quantizer = new QuantizerSpec(
            TensorFormat.Uniform(shape, new FixedPointFormat(true, 7, 0)), RoundingMode.RoundHalfUp, OverflowMode.Wrap);
        var graph = new ModelGraph(
            "same", new LayerNode[] { new InputLayer("x", shape), new QuantizeLayer("q", "x", quantizer) }, new[] { new ModelOutput("y", "q") }, ModelMetadata.Empty);
        var program = Lowerer.Lower(graph);
        var description = ModelDescription.Of(graph.Metadata, program.OutputSize);
        LabelledSamples labelled = LabelledSamples.Load(file, program, description, new DataOptions { Target = "y" });
        return Assert.IsType<RegressionReport>(Assert.Single(ModelEvaluator.Evaluate(graph, OutputSlice.Of(program), description, labelled, null, default).Outputs));
    }
}
