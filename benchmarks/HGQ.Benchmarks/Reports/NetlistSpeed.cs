using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Engines;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Model.Verification;
using static System.FormattableString;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// Samples that the evaluator of bit netlists computes in a second on one core. Many short turns: on a machine with other programs the
/// best of them are those that were not interrupted.
/// </summary>
internal static class NetlistSpeed
{
    private const int Samples = 4_096;
    private const int Compared = 2_048;
    private const int Turns = 401;

    /// <summary>Prints a row for each model.</summary>
    /// <param name="models">Model files.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="InvalidDataException">A result is not the interpreter's.</exception>
    public static void Print(IReadOnlyList<string> models, TextWriter output)
    {
        output.WriteLine("| model | LUTs | preparing, s of processor time | samples/s, median | fastest turn |\n|---|---|---|---|---|");
        foreach (string model in models)
        {
            IntegerProgram program = Lowerer.Lower(ModelReader.ReadFile(model));
            using var engine = new NetlistEngine(program);
            engine.Prepare();
            BitNetlist netlist = engine.Netlist!;
            TimeSpan begin = Environment.CpuUsage.TotalTime;
            var evaluator = new NetlistEvaluator(netlist);
            double preparing = (Environment.CpuUsage.TotalTime - begin).TotalSeconds;
            double[] rates = Measure(program, evaluator);
            string name = Path.GetFileName(model).Split('.')[0];
            int luts = NetlistCost.Of(netlist).Luts;
            output.WriteLine(Invariant($"| {name} | {luts:N0} | {preparing:F2} | {rates[Turns / 2]:N0} | {rates[^1]:N0} |"));
        }
    }

    private static double[] Measure(IntegerProgram program, NetlistEvaluator evaluator)
    {
        long[] codes = RandomCodes(program);
        var results = new long[Samples * evaluator.OutputSize];
        evaluator.Run(codes, results, Samples);
        Compare(program, codes, results);
        var rates = new double[Turns];
        for (var turn = 0; turn < Turns; turn++)
        {
            long begin = Stopwatch.GetTimestamp();
            evaluator.Run(codes, results, Samples);
            rates[turn] = Samples / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        Array.Sort(rates);
        return rates;
    }

    private static void Compare(IntegerProgram program, long[] codes, long[] results)
    {
        using var interpreter = new InterpreterEngine(program);
        interpreter.Prepare();
        string[] origins = [.. Enumerable.Range(0, Compared).Select(static n => Invariant($"random {n}"))];
        var vectors = new VerificationVectors(origins, codes[..(Compared * program.InputCodeSize)], inputs: null);
        long[] expected = interpreter.Run(vectors).Raw;
        if (!results.AsSpan(0, expected.Length).SequenceEqual(expected))
        {
            throw new InvalidDataException(
                "the netlist's results are not the interpreter's: `hgq verify --engines netlist` shows the first that differs");
        }
    }

    private static long[] RandomCodes(IntegerProgram program)
    {
        FixedPointFormat[] formats = [.. program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats)];
        var random = new Random(16);
        return
        [
            .. Enumerable.Range(0, Samples).SelectMany(_ => formats.Select(format =>
                format.IsZero ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1))),
        ];
    }
}
