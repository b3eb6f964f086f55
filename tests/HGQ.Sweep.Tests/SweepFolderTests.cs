using System.IO;
using System.Linq;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

public sealed class SweepFolderTests
{
    private const string Sweep = """  "title": "a", "options": { "target": "y" }, "parameters": { "lr": [0.1, 0.2], "seed": [1, 2] }  """;

    [Fact]
    public void A_plan_comes_back_as_it_was_written()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder created = SweepSource.Create(temporary, Sweep);
        SweepPlan read = SweepFolder.Open(created.Path).Plan;
        Assert.Empty(created.Plan.DifferencesFrom(read));
        Assert.Equal("a", read.Title);
        Assert.Equal(created.Plan.Tasks.Select(created.Plan.Describe), read.Tasks.Select(read.Describe));

        // The same file is the same sweep.
        Assert.Equal(created.Path, SweepSource.Create(temporary, Sweep).Path);
    }

    [Theory]
    [InlineData("""  "options": { "target": "z" }, "parameters": { "lr": [0.1, 0.2], "seed": [1, 2] }  """, "its target is y, not z")]
    [InlineData("""  "options": { "target": "y", "epochs": 5 }, "parameters": { "lr": [0.1, 0.2], "seed": [1, 2] }  """,
        "its epochs is not given, not 5")]
    [InlineData("""  "options": { "target": "y" }, "parameters": { "lr": [0.1, 0.3], "seed": [1, 2] }  """,
        "lr takes the values 0.1, 0.2, not 0.1, 0.3")]
    [InlineData("""  "options": { "target": "y" }, "parameters": { "lr": [0.1, 0.2] }  """, "its parameters are lr, seed, not lr")]
    public void Another_sweep_is_refused_by_what_differs(string other, string difference)
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, Sweep);
        byte[] before = File.ReadAllBytes(folder.Combine("plan.json"));
        SweepException refused = Assert.Throws<SweepException>(() => SweepSource.Create(temporary, other));
        Assert.Equal($"{folder.Path}: it holds another sweep: {difference}. Name another folder.", refused.Message);
        Assert.Equal(before, File.ReadAllBytes(folder.Combine("plan.json")));
    }

    [Fact]
    public void A_description_that_has_changed_makes_another_sweep()
    {
        const string sweep = """  "parameters": { "model": ["m.json"] }  """;
        using var temporary = new TemporaryFolder();
        File.WriteAllText(temporary.Combine("m.json"), "{}");
        SweepSource.Create(temporary, sweep);
        File.WriteAllText(temporary.Combine("m.json"), "{ }");
        SweepException refused = Assert.Throws<SweepException>(() => SweepSource.Create(temporary, sweep));
        Assert.Contains($"{temporary.Combine("m.json")} has changed since it was begun", refused.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_something_else_is_left_as_it_is()
    {
        using var temporary = new TemporaryFolder();
        Directory.CreateDirectory(temporary.Combine("out"));
        File.WriteAllText(temporary.Combine("out", "thesis.tex"), "");
        SweepException refused = Assert.Throws<SweepException>(() => SweepSource.Create(temporary, Sweep));
        Assert.EndsWith("it is not the folder of a sweep, and holds something else; name another one.", refused.Message,
            System.StringComparison.Ordinal);
        Assert.Equal([temporary.Combine("out", "thesis.tex")], Directory.EnumerateFileSystemEntries(temporary.Combine("out")));
        Assert.Throws<SweepException>(() => SweepFolder.Open(temporary.Combine("out")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{\"format\": \"hgq-sweep-plan\", \"version\": 1}")]
    [InlineData("{\"format\": \"hgq-sweep-plan\", \"version\": 9, \"plan\": null}")]
    public void A_damaged_plan_is_named(string text)
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, Sweep);
        File.WriteAllText(folder.Combine("plan.json"), text);
        Assert.Equal(
            $"{folder.Combine("plan.json")}: the plan of the sweep can't be read (it is damaged); give the sweep file and another folder.",
            Assert.Throws<SweepException>(() => SweepFolder.Open(folder.Path)).Message);
    }
}
