using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Sweep.Collect;
using HGQ.Sweep.Folders;
using HGQ.Sweep.Plan;
using HGQ.Testing;

namespace HGQ.Sweep.Tests;

public sealed class CollectTests
{
    [Fact]
    public void The_front_keeps_what_nothing_cheaper_beats_and_says_where_it_comes_from()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "title": "t", "parameters": { "lr": [0.1, 0.2], "seed": [1, 2] }  """);
        Finish(folder, 0, "accuracy", (100, 0.5), (300, 0.9));
        Finish(folder, 1, "accuracy", (100, 0.5), (200, 0.4), (250, 0.8));
        Finish(folder, 3, "accuracy", (90, 0.45), (300, 0.85), (400, 0.9));
        var front = SweepFront.Collect(folder, [100, 250]);

        // Equal points stand once, with the first task; an equal score at a higher price is none.
        Assert.Equal(
            ["90 0.45 t0004", "100 0.5 t0001", "250 0.8 t0002", "300 0.9 t0001"],
            front.Points.Select(point =>
                string.Create(CultureInfo.InvariantCulture, $"{point.Ebops} {point.Validation} {point.Task.Name}")));
        Assert.Equal((3, 8), (front.Finished, front.Models));
        Assert.Equal(
            ["lr 0.1 2 0.5 0.8 0.9", "lr 0.2 1 0.45 0.45 0.9", "seed 1 1 0.5 0.5 0.9", "seed 2 2 0.5 0.8 0.9"],
            front.Effects.Select(Row));
        Assert.Equal(
            "ebops,validation,test,non_zero_weights,task,lr,seed,file\n"
            + "90,0.45,,7,t0004,0.2,2,tasks/t0004/run/pareto/90.hgq.json\n"
            + "100,0.5,,7,t0001,0.1,1,tasks/t0001/run/pareto/100.hgq.json\n"
            + "250,0.8,,7,t0002,0.1,2,tasks/t0002/run/pareto/250.hgq.json\n"
            + "300,0.9,,7,t0001,0.1,1,tasks/t0001/run/pareto/300.hgq.json\n",
            FrontFiles.Csv(front));
        Assert.Contains("\"effects\"", FrontFiles.Json(front), System.StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_are_better_where_they_are_smaller()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [1] }  """);
        Finish(folder, 0, "rms error", (100, 0.5), (150, 0.6), (200, 0.4));
        var front = SweepFront.Collect(folder);
        Assert.Equal([100, 200], front.Points.Select(point => point.Ebops));
        Assert.Equal([100, 150], front.Budgets);
        Assert.Equal("seed 1 1 0.5 0.5 0.4", Row(front.Effects[0]));
    }

    [Fact]
    public void Many_numbers_are_put_into_ranges()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": { "from": 1, "to": 10 } }  """);
        for (int task = 0; task < 10; task++)
        {
            Finish(folder, task, "accuracy", (100, task / 10.0));
        }

        Assert.Equal(
            ["seed 1..2 2 0.1", "seed 3..5 3 0.4", "seed 6..7 2 0.6", "seed 8..10 3 0.9"],
            SweepFront.Collect(folder, []).Effects.Select(Row));
    }

    [Fact]
    public void What_cannot_be_compared_is_not_merged()
    {
        using var temporary = new TemporaryFolder();
        SweepFolder folder = SweepSource.Create(temporary, """  "parameters": { "seed": [1, 2] }  """);
        Assert.EndsWith("none of its 2 tasks is complete yet; --status tells how far they are.", Refused(folder),
            System.StringComparison.Ordinal);
        Finish(folder, 0, "accuracy", (100, 0.5));
        Finish(folder, 1, "rms error", (100, 0.5));
        Assert.EndsWith(
            "t0001 is judged by accuracy and t0002 by rms error; fronts of one score only can be merged.", Refused(folder),
                System.StringComparison.Ordinal);
        string summary = folder.Of(StubTrainer.Task(folder, 1)).Summary;
        File.WriteAllText(summary, "{\"front\": [{}]}");
        Assert.Equal(
            $"{summary}: the figures of this run are damaged; delete the folder of its task, and run the sweep again.", Refused(folder));
    }

    private static string Refused(SweepFolder folder) => Assert.Throws<SweepException>(() => SweepFront.Collect(folder)).Message;

    private static string Row(ParameterEffect effect) => string.Join(' ', [
        effect.Parameter, effect.Value, effect.Tasks.ToString(CultureInfo.InvariantCulture),
        .. effect.Best.Select(score => score?.ToString(CultureInfo.InvariantCulture) ?? "-"),
    ]);

    private static void Finish(SweepFolder folder, int task, string score, params (int Ebops, double Validation)[] front)
    {
        TaskFolder place = folder.Of(StubTrainer.Task(folder, task));
        Directory.CreateDirectory(place.Run);
        string points = string.Join(',', front.Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            {"ebops":{{point.Ebops}},"validation":{{point.Validation}},"test":null,
             "nonZeroWeights":7,"file":"pareto/{{point.Ebops}}.hgq.json"}
            """)));
        File.WriteAllText(place.Summary, $$"""{"score":"{{score}}","front":[{{points}}]}""");
    }
}
