using System;
using System.Diagnostics;
using System.Linq;
using HGQ.Benchmarks.Reports;

namespace HGQ.Benchmarks.Inference;

/// <summary>
/// What the first calls of generated code cost, in which the JIT compiles it: each model in a process of its own, since a method is
/// compiled once. With <c>DOTNET_ReadyToRun</c>, <c>DOTNET_TieredCompilation</c> and the like the runtime's settings can be compared.
/// </summary>
internal static class FirstCall
{
    private const int Batch = 1024;

    /// <summary>Starts a process for each model and prints what it reports.</summary>
    public static void Print()
    {
        Console.WriteLine("| model | Predict, first call | second | PredictBatch of 1024, first call | second |\n|---|---|---|---|---|");
        foreach (var model in InferenceModel.All.Where(model => model.Name != "dense1024"))
        {
            Console.Write(OwnProcess.Output("first", model.Name));
        }
    }

    /// <summary>Calls each entry point twice and prints the times.</summary>
    public static void Run(string name)
    {
        var model = InferenceModel.Find(name);
        var program = model.Lower();
        var methods = model.Generate(program);
        float[] inputs = new float[program.InputSize * Batch], results = new float[program.OutputSize * Batch];
        string one = Twice(() => methods.Predict(inputs.AsSpan(0, program.InputSize), results.AsSpan(0, program.OutputSize)));
        string many = Twice(() => methods.Batch(inputs, results, Batch));
        Console.WriteLine($"| {name} | {one} | {many} |");
    }

    private static string Twice(Action call) => FormattableString.Invariant($"{Milliseconds(call):F1} ms | {Milliseconds(call):F3} ms");

    private static double Milliseconds(Action call)
    {
        long begin = Stopwatch.GetTimestamp();
        call();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }
}
