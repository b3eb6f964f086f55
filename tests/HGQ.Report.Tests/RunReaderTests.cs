using System;
using System.IO;
using HGQ.Report.Runs;
using HGQ.Testing;

namespace HGQ.Report.Tests;

/// <summary>What is read of a run's folder, and what is said where it is damaged.</summary>
public sealed class RunReaderTests
{
    private const string Summary =
        """
        {
          "title": "t", "data": "d.csv", "seed": 18446744073709551614, "score": "rms error", "candidates": 2,
          "rows": { "training": 6, "validation": 2, "test": 1 },
          "chosen": { "file": "pareto/b" },
          "front": [
            { "origin": "seed 3, epoch 2", "ebops": 10, "validation": 0.5, "validationError": 0.1, "test": 0.6, "testError": 0.2,
              "nonZeroWeights": 4, "file": "pareto/a" },
            { "epoch": 4, "origin": null, "ebops": 20, "validation": 0.4, "test": null, "nonZeroWeights": 5, "file": "pareto/b" }
          ],
          "warnings": ["w"]
        }
        """;

    private const string Request = """{ "dataHash": "AB", "target": "y", "recipe": { "title": "t" }, "command": ["train", "d.csv"] }""";

    private const string History = "epoch,loss,validation_score,ebops,beta,learning_rate\n0,1.5,-0.25,30,1E-06,0.001\n";

    [Fact]
    public void A_run_is_read_in_the_units_of_people()
    {
        using var folder = Write();
        RunRecord run = RunReader.Read(folder.Path);
        Assert.Equal((2, 1, false, new RowCounts(6, 2, 1)), (run.Front.Count, run.Chosen, run.IsAccuracy, run.Rows));
        Assert.Equal(new RunPoint(20, 0.4, null, null, null, 5, "epoch 5", "pareto/b"), run.Front[1]);
        Assert.Equal([new RunCandidate(30, 0.7, "seed 3, epoch 2")], run.Candidates);
        RunCurve curve = Assert.Single(run.Curves);
        Assert.Equal(("seed 18446744073709551614", new RunEpoch(1, 1.5, 0.25, 30, 1e-6, 1e-3)), (curve.Name, curve.Epochs[0]));
        Assert.Equal(["train", "d.csv"], run.Command);
    }

    [Theory]
    [InlineData("summary.json", "{", "summary.json: damaged (line 1)")]
    [InlineData("summary.json", "[]", "summary.json: damaged")]
    [InlineData("summary.json", "{\"seed\": -1}", "summary.json: damaged")]
    [InlineData("summary.json", "null", "summary.json: damaged")]
    [InlineData("summary.json", null, "go on with: hgq train --resume")]
    [InlineData("checkpoint/run.json", "{}", "run.json: damaged")]
    [InlineData("checkpoint/run.json", null, "not the folder of a run")]
    [InlineData("history.csv", "epoch,loss\n", "history.csv: found another first line")]
    [InlineData("history.csv", "epoch,loss,validation_score,ebops,beta,learning_rate\n0,1\n", "line 2 has 2 cells, expected 6")]
    [InlineData("history.csv", "epoch,loss,validation_score,ebops,beta,learning_rate\n0,1,0.005,x,1,1\n", "line 2: 'x' is no number")]
    [InlineData("candidates.csv", "", "candidates.csv: found another first line")]
    public void What_is_damaged_is_named(string file, string? content, string message)
    {
        using var folder = Write();
        if (content is null)
        {
            File.Delete(folder.Combine(file));
        }
        else
        {
            File.WriteAllText(folder.Combine(file), content);
        }

        Assert.Contains(message, Assert.Throws<ReportException>(() => RunReader.Read(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Assert.StartsWith(
            "none: there is no such folder",
            Assert.Throws<ReportException>(() => RunReader.Read("none")).Message,
            StringComparison.Ordinal);

    private static TemporaryFolder Write()
    {
        var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("checkpoint"));
        File.WriteAllText(folder.Combine("summary.json"), Summary);
        File.WriteAllText(folder.Combine("checkpoint", "run.json"), Request);
        File.WriteAllText(folder.Combine("history.csv"), History);
        File.WriteAllText(
            folder.Combine("candidates.csv"), "ebops,validation_score,nonzero_weights,origin\n30,0.7,5,\"seed 3, epoch 2\"\n");
        return folder;
    }
}
