using System;
using System.Globalization;
using System.Linq;
using HGQ.Benchmarks.Inference.Engines;
using HGQ.Benchmarks.Reports;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// What an engine adds to the largest resident set of a process that has the samples already: its libraries, its model, and what it
/// needs to compute a batch. Each model and engine in a process of its own.
/// </summary>
internal static class InferenceMemory
{
    private const int Batch = 1024;
    private const int Runs = 20;

    // Int8 with measured ranges takes them from TorchSharp, and a class that is compiled here brings the compiler.
    private static readonly string[] Engines = ["csharp", "onnx-float32", "onnx-int8-dynamic", "torchsharp", "gcc-loops"];

    /// <summary>Starts the processes and prints a table in MB.</summary>
    public static void Print()
    {
        Console.WriteLine($"| model | {string.Join(" | ", Engines)} |\n|---|{string.Concat(Enumerable.Repeat("---|", Engines.Length))}");
        foreach (var model in InferenceModel.All.Where(model => model.Name != "dense1024"))
        {
            Console.WriteLine($"| {model.Name} | {string.Join(" | ", Engines.Select(engine => OwnProcess.Output("memory", "inference", model.Name, engine).Trim()))} |");
        }
    }

    /// <summary>Computes a batch some times and prints what the engine has added.</summary>
    public static void Run(string model, string engine)
    {
        var work = new InferenceCase(InferenceModel.Find(model), Batch, threads: 1);
        double before = OwnProcess.PeakMegabytes;
        using var running = InferenceEngines.Create(engine, work);
        for (var run = 0; run < Runs; run++)
        {
            running.Run();
        }

        Console.WriteLine((OwnProcess.PeakMegabytes - before).ToString("F1", CultureInfo.InvariantCulture));
    }
}
