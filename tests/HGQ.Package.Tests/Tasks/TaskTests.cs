using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Package.Tests.Tasks;

/// <summary>The programs of <c>samples/tasks</c> do what they say.</summary>
public sealed partial class TaskTests
{
    private const double Noise = 2.5;

    [Fact]
    public async Task A_table_becomes_a_model()
    {
        using var folder = new TemporaryFolder();
        string table = RepositoryRoot.Combine("samples", "data", "clusters.csv");

        string output = await TaskProgram.RunAsync("train-csv", table, "cluster", folder.Combine("run"));

        Assert.Contains("400 rows of 4 features; classes: east, north, south, west", output);
        double[] costs = [.. FrontLine().Matches(output).Select(line => TaskProgram.Number(line.Groups[1].Value))];
        Assert.NotEmpty(costs);
        Assert.Equal(costs.Order(), costs);
        Assert.Single(Chosen().Matches(output));

        // What was written knows the classes, by the integers of the interpreter.
        var interpreter = Interpreter(ModelReader.ReadFile(folder.Combine("run", "chosen.hgq.json")));
        string[][] rows = TaskProgram.Rows("clusters.csv", ',');
        string[] classes = [.. rows.Select(row => row[^1]).Distinct().Order(StringComparer.Ordinal)];
        int right = rows.Count(row => classes[Largest(interpreter, TaskProgram.Numbers(row[..^1]))] == row[^1]);
        Assert.InRange(right, rows.Length * 92 / 100, rows.Length);
    }

    [Fact]
    public async Task A_loop_trains_and_bits_go()
    {
        string output = await TaskProgram.RunAsync("training-loop");

        var epochs = Epoch().Matches(output);
        Assert.Equal(["10", "20", "30", "40", "50", "60"], epochs.Select(epoch => epoch.Groups[1].Value));
        Assert.InRange(epochs.Max(epoch => TaskProgram.Number(epoch.Groups[2].Value)), 90, 100);
        double[] costs = [.. epochs.Select(epoch => TaskProgram.Number(epoch.Groups[3].Value))];
        Assert.InRange(costs[^1], 1, costs.Max() / 1.5);
    }

    [Fact]
    public async Task A_loss_of_ones_own_finds_the_quantile()
    {
        string output = await TaskProgram.RunAsync("custom-loss");

        Match losses = Loss().Match(output);
        double first = TaskProgram.Number(losses.Groups[1].Value), last = TaskProgram.Number(losses.Groups[2].Value);
        Assert.InRange(last, 0, first / 4);
        Assert.InRange(TaskProgram.Number(Below().Match(output).Groups[1].Value), 80 - (2 * Noise), 80 + (2 * Noise));
    }

    [Fact]
    public async Task A_convolution_is_exported_exactly()
    {
        using var folder = new TemporaryFolder();

        string output = await TaskProgram.RunAsync("convolution", folder.Combine("pen.hgq.json"));

        Assert.InRange(TaskProgram.Number(Validation().Match(output).Groups[1].Value), 93, 100);
        Assert.Matches(@"\n2\d{3} samples: 0 mismatches, ", output);

        // The network read the points divided by 64, and so does the model.
        var interpreter = Interpreter(ModelReader.ReadFile(folder.Combine("pen.hgq.json")));
        string[][] rows = TaskProgram.Rows("pendigits.tsv.gz", '\t');
        int right = rows.Count(
            row => Largest(interpreter, [.. TaskProgram.Numbers(row[..^1]).Select(x => x / 64)]) == TaskProgram.Number(row[^1]));
        Assert.InRange(right, rows.Length * 92 / 100, rows.Length);
    }

    [Fact]
    public async Task A_regression_knows_more_than_the_mean()
    {
        string output = await TaskProgram.RunAsync("regression");

        double mean = TaskProgram.Number(Guess().Match(output).Groups[1].Value);
        double[] errors = [.. ErrorLine().Matches(output).Select(line => TaskProgram.Number(line.Groups[1].Value))];
        Assert.NotEmpty(errors);
        Assert.InRange(errors.Min(), 0, mean / 3);
    }

    [Fact]
    public async Task A_model_of_QKeras_is_imported()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Combine("imported.hgq.json");

        string output = await TaskProgram.RunAsync("import-qkeras", RepositoryRoot.Combine("samples", "models", "qkeras.h5"), file);

        Assert.Contains("note: softmax: ", output);
        var interpreter = Interpreter(ModelReader.ReadFile(file));
        var lines = Computed().Matches(output);
        Assert.Equal(3, lines.Count);
        Assert.All(lines, line =>
        {
            long[] results = interpreter.Predict(TaskProgram.Numbers(line.Groups[1].Value.Split(' ')));
            Assert.Equal(results.Select(n => (double)n), TaskProgram.Numbers(line.Groups[2].Value.Split(' ')));
            Assert.Equal(interpreter.Decode(results), TaskProgram.Numbers(line.Groups[3].Value.Split(' ')));
        });
    }

    [Fact]
    public async Task A_batch_is_the_interpreters()
    {
        string output = await TaskProgram.RunAsync("batch-inference");

        var interpreter = Interpreter(ModelReader.ReadFile(RepositoryRoot.Combine("samples", "models", "pendigits-1336.hgq.json")));
        string[][] rows = TaskProgram.Rows("pendigits.tsv.gz", '\t');
        int right = rows.Count(row => Largest(interpreter, TaskProgram.Numbers(row[..^1])) == TaskProgram.Number(row[^1]));
        Assert.StartsWith($"{right} of {rows.Length} right: ", output);
    }

    [ToolFact("g++", "make")]
    public async Task A_model_becomes_HLS()
    {
        using var folder = new TemporaryFolder();
        string model = RepositoryRoot.Combine("samples", "models", "pendigits-1336.hgq.json");

        string output = await TaskProgram.RunAsync("emit-hls", model, folder.Combine("hls"));

        Assert.Contains("the test bench passes\n1000 samples: 0 mismatches\n", output);
        Assert.True(File.Exists(folder.Combine("hls", "Makefile")));
    }

    [ToolFact("g++", "make", "verilator")]
    public async Task A_model_becomes_Verilog()
    {
        string output = await TaskProgram.RunAsync("emit-verilog");

        Assert.Matches(@"^\d+ LUTs, \d+ registers, \d+ stages; ", output);
        Assert.Contains("the test bench passes\n1000 samples: 0 mismatches\n", output);
    }

    /// <summary>A program that is not listed is not found, and one that is not tested may be wrong.</summary>
    [Fact]
    public void All_programs_are_listed_and_run_here()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("samples", "tasks", "README.md"));
        string programs = RepositoryRoot.Combine("samples", "tasks"), own = RepositoryRoot.Combine("tests", "HGQ.Package.Tests", "Tasks");
        string[] files = [.. Directory.GetFiles(programs, "*.cs").Select(path => Path.GetFileName(path)!)];
        string tests = string.Concat(Directory.GetFiles(own, "*.cs").Select(File.ReadAllText));
        Assert.Equal(10, files.Length);
        Assert.All(files, file =>
        {
            Assert.Contains($"]({file})", page);
            Assert.Contains($"\n$ dotnet run -c Release samples/tasks/{file}", page);
            Assert.Contains($"\"{Path.GetFileNameWithoutExtension(file)}\"", tests);
            Assert.InRange(File.ReadLines(TaskProgram.Path(Path.GetFileNameWithoutExtension(file))).Count(), 1, 65);
        });
    }

    private static ReferenceInterpreter Interpreter(ModelGraph graph) => new(Lowerer.Lower(graph));

    private static int Largest(ReferenceInterpreter interpreter, double[] features)
    {
        double[] scores = interpreter.Decode(interpreter.Predict(features));
        return Array.IndexOf(scores, scores.Max());
    }

    [GeneratedRegex(@"^ *(\d+)  +[\d.]+ %  +[\d.]+ %", RegexOptions.Multiline)]
    private static partial Regex FrontLine();

    [GeneratedRegex("  chosen$", RegexOptions.Multiline)]
    private static partial Regex Chosen();

    [GeneratedRegex(@"^epoch (\d+): validation ([\d.]+) %, (\d+) EBOPs", RegexOptions.Multiline)]
    private static partial Regex Epoch();

    [GeneratedRegex(@"^loss ([\d.]+) in the first epoch, ([\d.]+) in the last", RegexOptions.Multiline)]
    private static partial Regex Loss();

    [GeneratedRegex(@"^([\d.]+) % of the points lie below", RegexOptions.Multiline)]
    private static partial Regex Below();

    [GeneratedRegex(@"^validation ([\d.]+) %, \d+ EBOPs", RegexOptions.Multiline)]
    private static partial Regex Validation();

    [GeneratedRegex(@"^guessing the mean: rms error ([\d.]+)", RegexOptions.Multiline)]
    private static partial Regex Guess();

    [GeneratedRegex(@"^ *\d+  +([\d.]+)$", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"^([-\d. ]+) -> ([-\d ]+) = ([-\d. ]+)$", RegexOptions.Multiline)]
    private static partial Regex Computed();
}
