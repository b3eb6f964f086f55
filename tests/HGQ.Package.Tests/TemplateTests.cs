using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Package.Tests;

/// <summary>What <c>dotnet new</c> makes of the templates runs as it is made.</summary>
[Collection(PackedFeed.Collection)]
public sealed class TemplateTests(PackedFeed feed)
{
    [Fact]
    public async Task The_console_program_computes_its_model()
    {
        string folder = await CreateAsync("hgq-console", "my.digits");

        string output = await feed.RunProjectAsync(Path.Combine(folder, "my.digits.csproj"));

        for (int digit = 0; digit < 10; digit++)
        {
            Assert.Contains($"sample {digit}: class {digit}, scores ", output);
        }

        Assert.Contains("batch and single sample agree", output);
    }

    [Fact]
    public async Task The_training_program_exports_a_model()
    {
        string folder = await CreateAsync("hgq-train", "Learn");

        string output = await feed.RunProjectAsync(Path.Combine(folder, "Learn.csproj"));

        Assert.Matches(@"chosen: epoch \d+, (9[7-9]\.\d|100\.0) ?%, \d+ EBOPs", output);
        Assert.Contains("the integers of the export differ 0 times", output);

        // The model takes the columns as the table has them, and puts the classes in the order of their names.
        string[] rows = [.. File.ReadLines(Path.Combine(folder, "data.csv")).Skip(1)];
        string[] classes = [.. rows.Select(row => row.Split(',')[^1]).Distinct().Order(StringComparer.Ordinal)];
        Assert.Contains($"classes: {string.Join(", ", classes)}", output);
        var model = ModelReader.Read(File.ReadAllText(Path.Combine(folder, "model.hgq.json")));
        var interpreter = new ReferenceInterpreter(Lowerer.Lower(model));
        int right = rows.Select(row => row.Split(',')).Count(cells =>
        {
            double[] scores = interpreter.Decode(interpreter.Predict([.. cells[..^1].Select(Number)]));
            return classes[Array.IndexOf(scores, scores.Max())] == cells[^1];
        });
        Assert.InRange(right, rows.Length * 95 / 100, rows.Length);
    }

    [ToolFact("g++", "make", "iverilog")]
    public async Task The_hardware_project_simulates_its_model()
    {
        string folder = await CreateAsync("hgq-fpga", "circuit");

        var made = await feed.RunInAsync(folder, "make", "csim", "sim");

        Assert.True(made.ExitCode == 0, made.ToString());
        Assert.Matches(@"pendigits: \d+ samples, 10 results each, 0 differences", made.Output);
        Assert.Contains("pendigits: 200 samples, 0 differences", made.Output);

        // What is there is not made again.
        var again = await feed.RunInAsync(folder, "make", "hls", "verilog");
        Assert.True(again.ExitCode == 0, again.ToString());
        Assert.DoesNotContain("emit", again.Output);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private async Task<string> CreateAsync(string template, string name)
    {
        await feed.InstallTemplatesAsync();
        var created = await feed.DotnetAsync("new", template, "--output", name);
        Assert.True(created.ExitCode == 0, created.ToString());
        return feed.Combine(name);
    }
}
