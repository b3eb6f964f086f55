using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Testing;
using static HGQ.Import.Tests.KerasFiles;

namespace HGQ.Import.Tests;

/// <summary>Float models of Keras whose formats are chosen from data; wanted numbers are computed here in float64.</summary>
public sealed class CalibrationTests
{
    private const double Epsilon = 0.001;
    private static readonly float[] Kernel = Numbers(1, 12, 0.7), Bias = Numbers(2, 3, 0.4), Gamma = Numbers(3, 3, 1),
        Beta = Numbers(4, 3, 0.5), Mean = Numbers(5, 3, 0.3), Variance = [.. Numbers(6, 3, 1).Select(static v => 0.2f + Math.Abs(v))],
        Last = Numbers(7, 6, 1.5);

    [Fact]
    public void Reported_errors_are_those_of_the_integers_and_keep_the_limit()
    {
        foreach (double limit in new[] { 0.1, 0.01, 0.001 })
        {
            (ImportResult result, double[] rows) = Small(new CalibrationOptions(Data(4)) { MaxError = limit });
            double error = Error(result, rows, 4, Wanted);
            Assert.Equal(result.Calibrated[^1].Error, error, 1e-9);
            Assert.InRange(error, 1e-7, limit);
            Assert.All(result.Calibrated, layer => Assert.InRange(layer.Error, 0, limit));
            Assert.Contains(result.Notes, static note => note.StartsWith("approximated:", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_smaller_error_takes_more_bits()
    {
        int[] bits = [.. new[] { 0.1, 0.01, 0.001 }.Select(limit
            => Small(new CalibrationOptions(Data(4)) { MaxError = limit }).Result.Calibrated.Sum(static layer => layer.WeightBits
            + layer.MostBits))];
        Assert.True(bits[0] < bits[1] && bits[1] < bits[2], string.Join(" ", bits));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(14)]
    public void Widths_are_those_that_are_asked_for(int bits)
    {
        (ImportResult result, double[] rows) = Small(new CalibrationOptions(Data(4)) { Bits = bits });
        Assert.Equal(result.Calibrated[^1].Error, Error(result, rows, 4, Wanted), 1e-9);
        Assert.Equal((0, bits, bits), (result.Calibrated[0].WeightBits, result.Calibrated[0].FewestBits, result.Calibrated[0].MostBits));
        Assert.All(result.Calibrated.Skip(1), layer => Assert.InRange(layer.WeightBits, bits - 1, bits));
        Assert.All(result.Graph.Layers.OfType<DenseLayer>(), layer => Assert.All(layer.Kernel.Format.Elements,
            format => Assert.InRange(format.Width, 0, bits)));
    }

    [Fact]
    public void Normalisations_are_folded_into_dense_layers()
    {
        ModelGraph graph = Small(new CalibrationOptions(Data(4))).Result.Graph;
        Assert.Equal(["InputLayer", "QuantizeLayer", "DenseLayer", "DenseLayer"], graph.Layers.Select(static l => l.GetType().Name));
        var first = (DenseLayer)graph.Layers[2];
        Assert.Equal((ActivationKind.Relu, true), (first.Activation, first.Quantizer is not null));
    }

    [Fact]
    public void Images_with_padding_pools_and_two_ways()
    {
        using var files = new KerasFiles();
        string path = files.H5(
            Input(5, 5, 1),
            new Layer("Conv2D", "c", "\"padding\":\"same\",\"activation\":\"relu\"", ("kernel", [3, 3, 1, 2], Numbers(8, 18, 0.6)),
                ("bias", [2], Numbers(9, 2, 0.3))),
            new Layer("BatchNormalization", "n", "\"epsilon\":0.001", ("gamma", [2], Gamma[..2]), ("beta", [2], Beta[..2]),
                ("moving_mean", [2], Mean[..2]), ("moving_variance", [2], Variance[..2])),
            new Layer("MaxPooling2D", "p", "\"pool_size\":[2,2]"),
            new Layer("AveragePooling2D", "m", "\"pool_size\":[2,2]"),
            new Layer("Flatten", "f", ""),
            new Layer("Dense", "d", "\"activation\":\"tanh\",\"use_bias\":false", ("kernel", [2, 2], Numbers(10, 4, 1))));
        double[] rows = Rows(60, 25);
        ImportResult result = ModelImporter.Import([path],
            new ImportOptions { Calibration = new CalibrationOptions(new CalibrationData("data", 25, rows)) { MaxError = 0.02 } });
        double error = Error(result, rows, 25, WantedOfImage);
        Assert.Equal(result.Calibrated[^1].Error, error, 1e-9);
        Assert.InRange(error, 1e-7, 0.02);
    }

    [Fact]
    public void A_format_of_the_input_that_is_given_stays()
    {
        (ImportResult result, _) = Small(new CalibrationOptions(Data(4)) { MaxError = 0.1 }, InputFormat.Parse("fixed<8,3>"));
        var port = (QuantizeLayer)result.Graph.Layers[1];
        Assert.Equal("s<2,5> Truncate Wrap", $"{port.Quantizer.Format[0]} {port.Quantizer.Rounding} {port.Quantizer.Overflow}");
        Assert.Contains("--input gives", Assert.Throws<ImportException>(()
            => Small(new CalibrationOptions(Data(4)), InputFormat.Parse("fixed<8,3>"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_that_no_format_keeps_is_refused_by_layer()
    {
        ImportException fault = Assert.Throws<ImportException>(() => Small(new CalibrationOptions(Data(4)) { MaxError = 1e-9 }));
        Assert.NotEqual("", fault.Layer);
        Assert.Contains("--max-error", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_do_not_fit_are_refused()
    {
        Assert.Contains("the model reads 4 ('x' [4])", Fault(Data(5)), StringComparison.Ordinal);
        Assert.Contains("no rows", Fault(new CalibrationData("data", 4, [])), StringComparison.Ordinal);
        double[] rows = Rows(3, 4);
        rows[6] = double.NaN;
        Assert.Contains("row 1, number 2 is NaN", Fault(new CalibrationData("data", 4, rows)), StringComparison.Ordinal);

        static string Fault(CalibrationData data) => Assert.Throws<ImportException>(() => Small(new CalibrationOptions(data))).Message;
    }

    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(21, 0.01)]
    [InlineData(null, 0.0)]
    [InlineData(null, double.NaN)]
    public void Wrong_options_are_refused(int? bits, double error) => Assert.Throws<ArgumentOutOfRangeException>(()
        => Small(new CalibrationOptions(Data(4)) { Bits = bits, MaxError = error }));

    [Fact]
    public void A_model_with_quantizers_is_refused()
    {
        using var files = new KerasFiles();
        string path = files.H5(Input(2), Activation("\"quantized_bits(4, 1, alpha=1)\""));
        ImportException fault = Assert.Throws<ImportException>(()
            => ModelImporter.Import([path], new ImportOptions { Calibration = new CalibrationOptions(Data(2)) }));
        Assert.Contains("leave --calibrate out", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_approximation_is_refused_by_layer()
    {
        using var files = new KerasFiles();
        foreach ((Layer layer, string part) in new[]
        {
            (new Layer("Softmax", "s", ""), "softmax"), (new Layer("LSTM", "s", ""), "not supported"),
            (new Layer("Activation", "s", "\"activation\":\"hard_sigmoid\""), "hard_sigmoid"),
        })
        {
            string path = files.H5(Input(2), layer, new Layer("Dense", "d", "\"use_bias\":false", ("kernel", [2, 1], [1, 2])));
            ImportException fault = Assert.Throws<ImportException>(()
                => ModelImporter.Import([path], new ImportOptions { Calibration = new CalibrationOptions(Data(2)) }));
            Assert.Equal("s", fault.Layer);
            Assert.Contains(part, fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_float_model_without_data_is_refused_with_the_hint()
    {
        using var files = new KerasFiles();
        Assert.Contains("--calibrate", Imported.Refused(Write(files)).Message, StringComparison.Ordinal);
    }

    [GoldenFact]
    public void A_published_model()
    {
        var options = new ImportOptions { Calibration = new CalibrationOptions(Recorded()) };
        var model = new RecordedModel("keras_3layer_bn", ["KERAS_3layer_batch_norm.json", "KERAS_3layer_batch_norm_weights.h5"], options);
        double[] wanted = [.. model.Numbers("logits").SelectMany(static row => row)];
        double[] found = [.. model.Values().SelectMany(static row => row)];

        // These inputs are none of those that chose the ranges; some leave them.
        Assert.InRange(Math.Sqrt(found.Zip(wanted, static (f, w) => (f - w) * (f - w)).Sum() / wanted.Sum(static w => w * w)), 1e-7, 0.03);
        Assert.All(model.Result.Calibrated, static layer => Assert.InRange(layer.Error, 1e-7, 0.01));

        static CalibrationData Recorded()
        {
            using var document = System.Text.Json.JsonDocument.Parse(System.IO.File.ReadAllBytes(
                SharedVectors.Find("models", "keras_3layer_bn", "expected.json")));
            double[] values = [.. document.RootElement.GetProperty("calibration").EnumerateArray().SelectMany(
                static row => row.EnumerateArray().Select(static x => x.GetDouble()))];
            return new CalibrationData("expected.json", 16, values);
        }
    }

    private static (ImportResult Result, double[] Rows) Small(CalibrationOptions options, InputFormat? input = null)
    {
        using var files = new KerasFiles();
        return (ModelImporter.Import([Write(files)], new ImportOptions { Calibration = options, Input = input }), [.. options.Data.Values]);
    }

    private static string Write(KerasFiles files) => files.H5(
        Input(4),
        new Layer("Dense", "d", "\"activation\":\"linear\"", ("kernel", [4, 3], Kernel), ("bias", [3], Bias)),
        new Layer("BatchNormalization", "n", "\"epsilon\":0.001", ("gamma", [3], Gamma), ("beta", [3], Beta), ("moving_mean", [3], Mean),
            ("moving_variance", [3], Variance)),
        new Layer("Activation", "r", "\"activation\":\"relu\""),
        new Layer("Dense", "e", "\"activation\":\"softmax\",\"use_bias\":false", ("kernel", [3, 2], Last)));

    private static double[] Wanted(double[] x)
    {
        double[] middle = [.. Enumerable.Range(0, 3).Select(o => Math.Max(0, Normalized(
            Enumerable.Range(0, 4).Sum(i => x[i] * Kernel[(i * 3) + o]) + Bias[o], o)))];
        return [.. Enumerable.Range(0, 2).Select(o => Enumerable.Range(0, 3).Sum(i => middle[i] * Last[(i * 2) + o]))];
    }

    private static double[] WantedOfImage(double[] x)
    {
        float[] kernel = Numbers(8, 18, 0.6), bias = Numbers(9, 2, 0.3), last = Numbers(10, 4, 1);
        double Pixel(int row, int column) => row is < 0 or > 4 || column is < 0 or > 4 ? 0 : x[(row * 5) + column];
        double Convolved(int row, int column, int c) => Normalized(Math.Max(0, bias[c] + Enumerable.Range(0, 9).Sum(
            t => Pixel(row + (t / 3) - 1, column + (t % 3) - 1) * kernel[(t * 2) + c])), c);
        double Pooled(int row, int column, int c)
            => Enumerable.Range(0, 4).Max(n => Convolved((2 * row) + (n / 2), (2 * column) + (n % 2), c));
        double[] flat = [.. Enumerable.Range(0, 2).Select(c => Enumerable.Range(0, 4).Average(n => Pooled(n / 2, n % 2, c)))];
        return [.. Enumerable.Range(0, 2).Select(o => Math.Tanh((flat[0] * last[o]) + (flat[1] * last[2 + o])))];
    }

    private static double Normalized(double x, int c) => ((x - Mean[c]) / Math.Sqrt(Variance[c] + Epsilon) * Gamma[c]) + Beta[c];

    private static double Error(ImportResult result, double[] rows, int columns, Func<double[], double[]> wanted)
    {
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(result.Graph));
        double differences = 0, squares = 0;
        foreach (double[] row in rows.Chunk(columns))
        {
            foreach ((double found, double expected) in interpreter.Values(row).Zip(wanted(row)))
            {
                differences += (found - expected) * (found - expected);
                squares += expected * expected;
            }
        }

        return Math.Sqrt(differences / squares);
    }

    private static CalibrationData Data(int columns) => new("data", columns, Rows(100, columns));

    private static double[] Rows(int rows, int columns) => [.. Numbers(11, rows * columns, 2).Select(static x => (double)x)];

    private static float[] Numbers(int seed, int count, double scale)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.5) * 2 * scale))];
    }
}
