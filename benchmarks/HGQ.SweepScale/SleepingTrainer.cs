using System;
using System.Globalization;
using System.IO;
using System.Threading;

namespace HGQ.SweepScale;

/// <summary>A training that sleeps for a time and leaves a result.</summary>
internal static class SleepingTrainer
{
    public const string Verb = "train";
    public const string Variable = "HGQ_SWEEP_SCALE_SLEEP";

    /// <summary>What a run with 20 models leaves, in the form of <c>hgq train</c>.</summary>
    public static string Summary(int seed)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        text.Write("{\"score\": \"accuracy\", \"front\": [");
        for (int point = 0; point < 20; point++)
        {
            int ebops = 100 + (point * 37) + (seed * 7919 % 97);
            double validation = 1 - (1 / (2.0 + point + (seed * 104729 % 89 / 89.0)));
            text.Write($$"""
                {{(point > 0 ? "," : "")}}
                  { "epoch": {{point}}, "origin": null, "ebops": {{ebops}}, "validation": {{validation:R}}, "test": {{validation:R}},
                    "nonZeroWeights": {{ebops / 8}}, "file": "pareto/e{{point:D4}}-{{ebops}}.hgq.json" }
                """);
        }

        text.Write("] }\n");
        return text.ToString();
    }

    public static int Run()
    {
        Thread.Sleep(int.Parse(Environment.GetEnvironmentVariable(Variable) ?? "1000", CultureInfo.InvariantCulture));
        Directory.CreateDirectory("run");
        File.WriteAllText(Path.Combine("run", "summary.json"), Summary(1));
        return 0;
    }
}
