using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests.Tasks;

/// <summary>The programs of <c>samples/tasks</c> outside of the clone, with the lines that their README gives for that.</summary>
[Collection(PackedFeed.Collection)]
public sealed class StrangerTests(PackedFeed feed)
{
    [Fact]
    public async Task A_program_with_a_model_needs_the_package_and_the_file()
    {
        Directory.CreateDirectory(feed.Combine("alone-model"));
        File.Copy(
            RepositoryRoot.Combine("samples", "models", "pendigits-1336.hgq.json"), feed.Combine("alone-model", "pendigits-1336.hgq.json"));

        string output = await RunAsync(
            "alone-model",
            "batch-inference",
            ["#:property HgqModel=../models/pendigits-1336.hgq.json"],
            ["#:package HGQ.Generators@0.1.0"],
            RepositoryRoot.Combine("samples", "data", "pendigits.tsv.gz"));

        Assert.Matches(@"^\d+ of 10992 right: 99\.\d+", output);
    }

    [Fact]
    public async Task A_program_that_trains_needs_the_package()
    {
        string output = await RunAsync(
            "alone-training",
            "train-csv",
            ["#:project ../../src/HGQ.Runtime", "#:property LoadsTorch=true"],
            [
                "#:package HGQ.Runtime@0.1.0", "#:property PublishAot=false", "#:property UseCurrentRuntimeIdentifier=true",
                "#:property SelfContained=false",
            ],
            RepositoryRoot.Combine("samples", "data", "clusters.csv"),
            "cluster",
            feed.Combine("alone-training", "run"));

        Assert.Contains("400 rows of 4 features; classes: east, north, south, west", output);
        Assert.True(File.Exists(feed.Combine("alone-training", "run", "chosen.hgq.json")), output);
    }

    private async Task<string> RunAsync(string folder, string name, string[] here, string[] there, params string[] arguments)
    {
        Directory.CreateDirectory(feed.Combine(folder));
        string[] lines = File.ReadAllLines(TaskProgram.Path(name));
        string[] page = File.ReadAllLines(RepositoryRoot.Combine("samples", "tasks", "README.md"));
        Assert.Equal(here, lines.TakeWhile(line => line.StartsWith("#:", StringComparison.Ordinal)));
        Assert.Contains(page, row => here.Concat(there).All(line => row.Contains($"`{line}`", StringComparison.Ordinal)));
        string text = string.Join('\n', there.Concat(lines.Skip(here.Length)))
            .Replace("@0.1.0", $"@{PackedFeed.Version}", StringComparison.Ordinal);
        string file = feed.Combine(folder, name + ".cs");
        await File.WriteAllTextAsync(file, text + "\n");

        var built = await feed.DotnetInAsync(
            feed.Combine(folder), "build", file, "-c", "Release", "--artifacts-path", feed.Combine(folder, "built"));
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.DoesNotContain(": warning ", built.Output);
        string program = Directory.GetFiles(feed.Combine(folder, "built", "bin"), name + ".dll", SearchOption.AllDirectories).Single();
        var run = await feed.DotnetInAsync(feed.Combine(folder), [program, .. arguments]);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }
}
