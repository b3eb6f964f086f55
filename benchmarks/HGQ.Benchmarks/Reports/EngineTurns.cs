using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Benchmarks.Inference;
using HGQ.Benchmarks.Inference.Engines;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// Engines that take turns of a few hundredths of a second in one process. A machine whose speed changes from minute to minute
/// changes all engines of a turn alike: the ratios within turns, unlike times from different minutes, can be compared.
/// </summary>
internal static class EngineTurns
{
    private const int Turns = 41;
    private const double TurnSeconds = 0.02;
    private static readonly string[] Engines = ["csharp", "csharp-codes", "onnx-float32", "onnx-int8-static", "onnx-int8-dynamic", "gcc-loops"];
    private static readonly string[] Threaded = ["csharp", "csharp-codes", "onnx-float32"];

    /// <summary>Prints for each model the median time of a sample, and in brackets the median of the ratios to <c>csharp</c> in the same turn.</summary>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="models">Names of models.</param>
    /// <param name="output">Where to.</param>
    public static void Print(int batch, string[] models, TextWriter output)
    {
        output.WriteLine($"| model, batch | {string.Join(" | ", Engines)} |\n|---|{string.Concat(Enumerable.Repeat("---|", Engines.Length))}");
        foreach (string model in models)
        {
            Row(model, batch, [.. Engines.Select(engine => (engine, 1))], output);
        }
    }

    /// <summary>Prints for each model the same for some engines on one thread, then on two.</summary>
    /// <param name="batch">Samples of a batch.</param>
    /// <param name="models">Names of models.</param>
    /// <param name="output">Where to.</param>
    public static void PrintThreads(int batch, string[] models, TextWriter output)
    {
        output.WriteLine($"| model, batch | {string.Join(" | ", Threaded)} | {string.Join(" | ", Threaded.Select(engine => engine + ", two threads"))} |\n|---|{string.Concat(Enumerable.Repeat("---|", 2 * Threaded.Length))}");
        foreach (string model in models)
        {
            Row(model, batch, [.. Threaded.Select(engine => (engine, 1)), .. Threaded.Select(engine => (engine, 2))], output);
        }
    }

    private static void Row(string model, int batch, (string Engine, int Threads)[] engines, TextWriter output)
    {
        var running = Array.ConvertAll(engines, one => InferenceEngines.Create(one.Engine, new InferenceCase(InferenceModel.Find(model), batch, one.Threads)));
        double[][] times = Measure(running, batch);
        Array.ForEach(running, engine => engine.Dispose());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {model}, {batch} | {string.Join(" | ", times.Select(engine => Cell(engine, times[0])))} |"));
    }

    private static double[][] Measure(IInferenceEngine[] engines, int batch)
    {
        long[] runs = Array.ConvertAll(engines, Calibrate);
        double[][] times = Array.ConvertAll(engines, _ => new double[Turns]);
        for (var turn = 0; turn < Turns; turn++)
        {
            for (var e = 0; e < engines.Length; e++)
            {
                // The first run of a turn brings code and weights back to the caches.
                engines[e].Run();
                times[e][turn] = Seconds(engines[e], runs[e]) / runs[e] / batch * 1e9;
            }
        }

        return times;
    }

    private static long Calibrate(IInferenceEngine engine)
    {
        engine.Run();
        engine.Check();
        long runs = 1;
        while (Seconds(engine, runs) < TurnSeconds / 2)
        {
            runs *= 2;
        }

        return runs;
    }

    private static double Seconds(IInferenceEngine engine, long runs)
    {
        long begin = Stopwatch.GetTimestamp();
        for (var n = 0; n < runs; n++)
        {
            engine.Run();
        }

        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static string Cell(double[] engine, double[] csharp)
    {
        double time = Quantile(engine, 0.5);
        string shown = time.ToString(time < 100 ? "F1" : "N0", CultureInfo.InvariantCulture);
        if (ReferenceEquals(engine, csharp))
        {
            return shown;
        }

        double[] ratios = [.. engine.Zip(csharp, (other, own) => other / own)];
        return string.Create(CultureInfo.InvariantCulture, $"{shown} ({Quantile(ratios, 0.5):F2} ×, {Quantile(ratios, 0.25):F2}–{Quantile(ratios, 0.75):F2})");
    }

    private static double Quantile(double[] values, double part) => values.Order().ElementAt((int)(part * (values.Length - 1)));
}
