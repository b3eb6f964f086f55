using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

/// <summary>What is wrong with a sweep file is told with its place, what was found and what to do.</summary>
public sealed class SweepFileErrorTests
{
    [Theory]
    [InlineData("""  "parametrs": { "lr": [1] }  """, 5, 3, "parametrs: there is no such member here; allowed: data, draws, format, " +
        "options, parameters, title, version. Did you mean parameters?")]
    [InlineData("""  "title": "a"  """, 1, 1, "parameters is missing; add it to this object.")]
    [InlineData("""  "parameters": { }  """, 5, 17, "parameters: found an object, expected an object with a member for each parameter.")]
    [InlineData("""  "parameters": { "lr": 5 }  """, 5, 25,
        "parameters.lr: found 5, expected a list [ … ], a range { \"from\": …, \"to\": … } or a draw { \"draw\": … }.")]
    [InlineData("""  "parameters": { "lr": [] }  """, 5, 25, "parameters.lr: found 0 values, expected 1 to 100000.")]
    [InlineData("""  "parameters": { "lr": [1, 2, 1] }  """, 5, 32, "parameters.lr[2]: the value 1 stands twice; remove one.")]
    [InlineData("""  "parameters": { "lr": [true] }  """, 5, 26,
        "parameters.lr[0]: found true, expected a text, a number, or a list of them as one value.")]
    [InlineData("""  "parameters": { "lr": { "from": 2, "too": 1 } }  """, 5, 38,
        "parameters.lr.too: there is no such member here; allowed: count, from, scale, step, to, whole. Did you mean to?")]
    [InlineData("""  "parameters": { "lr": { "from": 2, "to": 1 } }  """, 5, 25,
        "parameters.lr: expected a positive step, and an end that is not below the beginning.")]
    [InlineData("""  "parameters": { "lr": { "from": 0, "to": 1e6 } }  """, 5, 25,
        "parameters.lr: found 1000001 values, expected at most 100000.")]
    [InlineData("""  "parameters": { "lr": { "from": "2", "to": 1 } }  """, 5, 35,
        "parameters.lr.from: found \"2\", expected a number of at most 28 digits.")]
    [InlineData("""  "parameters": { "lr": { "from": 0, "to": 1, "count": 2, "scale": "logarithmic" } }  """, 5, 35,
        "parameters.lr.from: found 0, expected a positive number, since the scale is logarithmic.")]
    [InlineData("""  "parameters": { "lr": { "from": 0, "to": 1, "count": 2, "scale": "log" } }  """, 5, 68,
        "parameters.lr.scale: found \"log\", expected one of linear, logarithmic. Did you mean logarithmic?")]
    [InlineData("""  "parameters": { "lr": { "from": 0, "to": 1, "scale": "logarithmic" } }  """, 5, 25,
        "parameters.lr: count is missing; a logarithmic scale needs to know how many values.")]
    [InlineData("""  "parameters": { "lr": { "from": 0, "to": 1, "count": 2, "step": 1 } }  """, 5, 67,
        "parameters.lr.step: step and count both say how many values there are; leave one out.")]
    [InlineData("""  "parameters": { "batch": { "from": 1, "to": 3, "count": 9, "whole": true } }  """, 5, 59,
        "parameters.batch.count: values come out equal; take fewer of them, or a wider range.")]
    [InlineData("""  "parameters": { "lr": { "draw": "linear", "from": 1, "to": 2 } }  """, 5, 25,
        "parameters.lr: it is drawn; say how often by a member \"draws\": { \"count\": 20, \"seed\": 1 } of the file.")]
    [InlineData("""  "parameters": { "lr": [1] }, "draws": { "count": 2, "seed": 1 }  """, 5, 41,
        "draws: no parameter is drawn; leave it out.")]
    [InlineData("""  "parameters": { "lr": [1] }, "draws": { "count": 2, "seed": -1 }  """, 5, 63,
        "draws.seed: found -1, expected a whole number from 0 to 18446744073709551615.")]
    [InlineData("""  "parameters": { "lr": [1] }, "options": { "lr": 2 }  """, 5, 19,
        "parameters.lr: it stands among the options too; leave one out.")]
    [InlineData("""  "parameters": { "lr": [1] }, "options": { "out": "x" }  """, 5, 45,
        "options.out: hgq train has no option --out that a sweep may set; *")]
    [InlineData("""  "parameters": { "hiden": ["8"] }  """, 5, 19, "*Did you mean hidden?")]
    [InlineData("""  "parameters": { "recipe.training.batch": [1] }  """, 5, 44,
        "parameters.recipe.training.batch: it is a member of a recipe; name the file by options.recipe.")]
    [InlineData("""  "parameters": { "model": ["none.json"] }  """, 5, 28,
        "*none.json can't be read (no such file); the path is seen from the folder of the sweep file.")]
    [InlineData("""  "parameters": { "seed": [1], "seed": [2] }  """, 5, 32, "the member seed stands twice in its object; remove one.")]
    [InlineData("""  "parameters": { "seed": { "from": 1, "to": 400 }, "batch": { "from": 1, "to": 400 } }  """, 5, 17,
        "parameters: together they make 160000 tasks, expected at most 100000.")]
    [InlineData("""  "parameters": { "lr": [1] """, 6, 2, "this is no JSON: *")]
    public void A_wrong_file_is_refused(string members, int line, int column, string problem)
    {
        using var folder = new TemporaryFolder();
        SweepException fault = Assert.Throws<SweepException>(() => SweepSource.Read(folder, members.Trim()));
        Assert.Equal(folder.Combine("sweep.json"), fault.File);
        string[] ends = problem.Split('*');
        string message = fault.Message[(fault.Message.IndexOf("column", System.StringComparison.Ordinal))..];
        string told = message[(message.IndexOf(": ", System.StringComparison.Ordinal) + 2)..];
        Assert.StartsWith(ends[0], told, System.StringComparison.Ordinal);
        Assert.EndsWith(ends[^1], told, System.StringComparison.Ordinal);
        Assert.True(ends.Length > 1 || told == problem, told);
        Assert.Equal((line, column), (fault.Line, fault.Column));
    }

    [Theory]
    [InlineData("[]", "found an array, expected an object { … }.")]
    [InlineData("{\"format\": \"hgq-recipe\"}", "format: found \"hgq-recipe\", expected one of hgq-sweep.")]
    [InlineData("{\"format\": \"hgq-sweep\", \"version\": 2}", "version: found 2, expected a whole number from 1 to 1.")]
    [InlineData("{\"format\": \"hgq-sweep\", \"version\": 1, \"data\": \"none.csv\"}",
        "none.csv; the path is seen from the folder of the sweep file.")]
    [InlineData("", "this is no JSON: ")]
    public void So_is_another_file(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(problem, Assert.Throws<SweepException>(() => SweepSource.ReadText(folder, text)).Message,
            System.StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() => Assert.Equal(
        "none.json: no sweep file can be read there (no such file); check the path.",
        Assert.Throws<SweepException>(() => SweepFile.Read("none.json")).Message);
}
