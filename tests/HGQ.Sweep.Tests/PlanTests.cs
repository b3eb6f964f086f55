using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using HGQ.Sweep.Plan;
using HGQ.Testing;
using NJsonSchema;

namespace HGQ.Sweep.Tests;

public sealed class PlanTests
{
    [Fact]
    public void All_combinations_are_planned_the_last_parameter_fastest()
    {
        using var folder = new TemporaryFolder();
        SweepPlan plan = SweepSource.Read(folder, """
            "options": { "target": "y", "features": ["a", "b,c"] },
            "parameters": { "hidden": [[8], [16, 8]], "seed": { "from": 0, "to": 2 } }
            """).Plan;
        Assert.Equal(["t0001", "t0002", "t0003", "t0004", "t0005", "t0006"], plan.Tasks.Select(task => task.Name));
        Assert.Equal(["8 0", "8 1", "8 2", "16,8 0", "16,8 1", "16,8 2"], plan.Tasks.Select(task => string.Join(' ', task.Values)));
        Assert.Equal(
            ["train", folder.Combine("data.csv"), "--target=y", "--features=a,\"b,c\"", "--hidden=16,8", "--seed=1"],
            plan.ArgumentsOf(plan.Tasks[4]));
        Assert.Equal("hidden=16,8 seed=1", plan.Describe(plan.Tasks[4]));
        Assert.Equal("sweep", plan.Title);
    }

    [Theory]
    [InlineData("""{ "from": 1, "to": 3 }""", "1 2 3")]
    [InlineData("""{ "from": 0.1, "to": 0.5, "step": 0.1 }""", "0.1 0.2 0.3 0.4 0.5")]
    [InlineData("""{ "from": 1, "to": 2, "step": 0.75 }""", "1 1.75")]
    [InlineData("""{ "from": 0, "to": 1, "count": 4 }""", "0 0.333333 0.666667 1")]
    [InlineData("""{ "from": 1e-4, "to": 1e-2, "count": 3, "scale": "logarithmic" }""", "0.0001 0.001 0.01")]
    [InlineData("""{ "from": 1e-7, "to": 1e-5, "count": 3, "scale": "logarithmic" }""", "1E-07 1E-06 1E-05")]
    [InlineData("""{ "from": 16, "to": 256, "count": 3, "scale": "logarithmic", "whole": true }""", "16 64 256")]
    [InlineData("""{ "from": 5, "to": 9, "count": 1 }""", "5")]
    public void Ranges_have_the_values_that_people_expect(string range, string values)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(values, string.Join(' ', SweepSource.Values(folder, $$"""  "parameters": { "lr": {{range}} }  """)));
    }

    [Fact]
    public void Draws_are_the_same_everywhere_and_do_not_depend_on_each_other()
    {
        const string lr = """ "lr": { "draw": "logarithmic", "from": 0.001, "to": 0.1 } """;
        const string batch = """ "batch": { "draw": "linear", "from": 32, "to": 512, "whole": true } """;
        const string norm = """ "norm": { "draw": "choice", "values": ["batch", "none"] } """;
        const string draws = """ "draws": { "count": 3, "seed": 7 }, """;
        using var folder = new TemporaryFolder();
        Assert.Equal(["0.0160025", "0.00707919", "0.0476734"], SweepSource.Values(folder, $"{draws} \"parameters\": {{ {lr} }}"));
        Assert.Equal(
            ["0.0160025 214 batch", "0.00707919 445 none", "0.0476734 56 batch"],
            SweepSource.Values(folder, $"{draws} \"parameters\": {{ {lr}, {batch}, {norm} }}"));

        // What is listed is combined with each draw.
        Assert.Equal(
            ["1 0.0160025", "2 0.0160025", "1 0.00707919", "2 0.00707919", "1 0.0476734", "2 0.0476734"],
            SweepSource.Values(folder, $"{draws} \"parameters\": {{ \"seed\": [1, 2], {lr} }}"));
    }

    [Fact]
    public void Equal_draws_are_trained_once_and_counted()
    {
        using var folder = new TemporaryFolder();
        SweepPlan plan = SweepSource.Read(folder, """
            "draws": { "count": 20, "seed": 1 }, "parameters": { "norm": { "draw": "choice", "values": ["batch", "none"] } }
            """).Plan;
        Assert.Equal((2, 18), (plan.Tasks.Count, plan.Repeated));
    }

    [Fact]
    public void Members_of_a_recipe_are_set_in_a_copy_of_it()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("recipe.json"),
            """{ "version": 1, /* note */ "training": { "epochs": 50, "batch": 512 }, "x": 5e-3, }""");
        SweepPlan plan = SweepSource.Read(folder, """
            "options": { "recipe": "recipe.json" },
            "parameters": { "recipe.training.batch": [32], "recipe.quantizers.kernelBits": [4, 6], "seed": [0] }
            """).Plan;
        JsonNode recipe = JsonNode.Parse(plan.RecipeOf(plan.Tasks[1])!)!;
        Assert.Equal(
            """{"version":1,"training":{"epochs":50,"batch":32},"x":5e-3,"quantizers":{"kernelBits":6}}""", recipe.ToJsonString());

        // The recipe is a file of the task's own, which its runner names.
        Assert.Equal(["train", folder.Combine("data.csv"), "--seed=0"], plan.ArgumentsOf(plan.Tasks[1]));
    }

    [Fact]
    public void A_target_that_is_a_file_is_found_from_anywhere()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Combine("labels.npy"), "");
        string[] Target(string name) => [.. SweepSource.Read(folder, $$"""
            "options": { "target": "{{name}}" }, "parameters": { "seed": [0] }
            """).Plan.Options.Select(option => option.Value)];
        Assert.Equal([folder.Combine("labels.npy")], Target("labels.npy"));
        Assert.Equal(["label"], Target("label"));
    }

    [Fact]
    public async Task The_schema_takes_what_the_reader_takes()
    {
        var schema = await JsonSchema.FromFileAsync(RepositoryRoot.Combine("docs", "hgq-sweep.schema.json"));
        foreach (string file in Directory.EnumerateFiles(RepositoryRoot.Combine("samples", "sweeps"), "*.json"))
        {
            Assert.NotEmpty(SweepFile.Read(file).Plan.Tasks);
            Assert.Empty(schema.Validate(File.ReadAllText(file)));
        }

        Assert.NotEmpty(schema.Validate(SweepSource.Text("""  "parameters": { "lrr": [1] }  """)));
        Assert.NotEmpty(schema.Validate(SweepSource.Text("""  "parameters": { "lr": { "from": 1, "too": 2 } }  """)));
        Assert.Equal(TrainOptions.Names, schema.Properties["options"].ActualProperties.Keys.Order(System.StringComparer.Ordinal));
        Assert.Equal(TrainOptions.Names, schema.Properties["parameters"].ActualProperties.Keys.Order(System.StringComparer.Ordinal));
    }
}
