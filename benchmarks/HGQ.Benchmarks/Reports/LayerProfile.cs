using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Benchmarks.Inference;
using HGQ.Benchmarks.Inference.Engines;

namespace HGQ.Benchmarks.Reports;

/// <summary>
/// Where the time of a generated class goes: each method of its kernels is called alone, again and again, on the samples of one block,
/// and beside it stands the time that the fewest vector instructions of the layer would take (<see cref="HardwareLimit"/>).
/// </summary>
internal sealed class LayerProfile
{
    private const int Batch = 1024;
    private const int ScratchBytes = 1 << 25;
    private const double TurnSeconds = 0.01;
    private const int Turns = 12;
    private readonly string _name;
    private readonly InferenceCase _work;
    private readonly Type _type;
    private readonly double _gigahertz;
    private readonly TextWriter _output;

    // Pinned memory of this size begins at a page, so that vectors are aligned as in the class itself.
    private readonly byte[] _scratch = GC.AllocateArray<byte>(ScratchBytes, pinned: true);
    private readonly int _start;
    private readonly float[] _results;

    private LayerProfile(InferenceModel model, double gigahertz, TextWriter output)
    {
        _name = model.Name;
        _work = new InferenceCase(model, Batch, 1);
        _type = CompiledModel.CompileType(_work.Program);
        _gigahertz = gigahertz;
        _output = output;
        _results = new float[_work.ResultCount];
        _start = (int)(-System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_scratch, 0) & 63);
    }

    private delegate void Load(ReadOnlySpan<float> inputs, int index, int count, int lanes, ref byte scratch);

    private delegate void Store(ref byte scratch, int count, int lanes, Span<float> results);

    /// <summary>Prints a table for the models.</summary>
    /// <param name="gigahertz">Clock of the processor.</param>
    /// <param name="models">Names of models.</param>
    /// <param name="output">Where to.</param>
    public static void Print(double gigahertz, string[] models, TextWriter output)
    {
        output.WriteLine("| model | part | batch, ns a sample | fewest instructions, ns | one sample, ns |\n|---|---|---|---|---|");
        foreach (string model in models)
        {
            new LayerProfile(InferenceModel.Find(model), gigahertz, output).Print();
        }
    }

    private void Print()
    {
        int lanes = GeneratedLayers.BlockLanes, inputs = _work.Program.InputSize, outputs = _work.Program.OutputSize;
        var batch = Parts(lanes, lanes * inputs);
        var single = Parts(1, inputs);
        for (var n = 0; n < batch.Length; n++)
        {
            Row(batch[n].Part, batch[n].Time / lanes, n == 0 || n == batch.Length - 1 ? null : Fewest(batch[n].Part, lanes * 16), single[n].Time);
        }

        Row("sum", batch.Sum(part => part.Time) / lanes, null, single.Sum(part => part.Time));
        var (block, one) = GeneratedLayers.Runs(_type);
        Row("the layers, one after the other", Time(() => block(ref _scratch[_start])) / lanes, null, Time(() => one(ref _scratch[_start])));
        if (GeneratedLayers.Group(_type) is { } group)
        {
            _output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {_name} | the layers of {group.Blocks} blocks at once | {Time(() => group.Run(ref _scratch[_start])) / lanes / group.Blocks:F1} | – | – |"));
        }

        var predict = CompiledModel.Of<One<float>>(_type, "Predict");
        var batches = CompiledModel.Of<Many<float>>(_type, "PredictBatch");
        Row(
            "the whole, measured",
            Time(() => batches(_work.Inputs, _results, Batch)) / Batch,
            Fewest(null, lanes * 16),
            Time(() => predict(_work.Inputs.AsSpan(0, inputs), _results.AsSpan(0, outputs))));
    }

    // Each method finds in memory what the one before left there.
    private (string Part, double Time)[] Parts(int lanes, int inputs)
    {
        var load = CompiledModel.Of<Load>(_type, "LoadBlock");
        var store = CompiledModel.Of<Store>(_type, "StoreBlock");

        // The program computes its sizes anew each time.
        int outputs = lanes * _work.Program.OutputSize;
        var before = ("reals to codes", Time(() => load(_work.Inputs.AsSpan(0, inputs), 0, lanes, lanes, ref _scratch[_start])));
        var steps = GeneratedLayers.Of(_type)
            .Select(step => (step.Layer, Time: (lanes > 1 ? step.Block : [step.Single]).Sum(method => Time(() => method(ref _scratch[_start])))))
            .GroupBy(step => step.Layer, (layer, parts) => (layer, parts.Sum(part => part.Time)))
            .ToArray();
        var after = ("results to reals", Time(() => store(ref _scratch[_start], lanes, lanes, _results.AsSpan(0, outputs))));
        return [before, .. steps, after];
    }

    private void Row(string part, double batch, double? fewest, double one)
    {
        string least = fewest is { } time ? time.ToString("F1", CultureInfo.InvariantCulture) : "–";
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {_name} | {part} | {batch:F1} | {least} | {one:F1} |"));
    }

    // Layers are named in the class without what no identifier may hold.
    private double Fewest(string? layer, int vectorBits)
    {
        var instructions = _work.Program.Instructions.Where(instruction => layer is null
            || string.Equals(instruction.Layer.Replace("_", string.Empty, StringComparison.Ordinal), layer, StringComparison.OrdinalIgnoreCase)).ToArray();
        return HardwareLimit.Fewest(_work.Program, instructions, vectorBits) / HardwareLimit.Ports / _gigahertz;
    }

    // Nanoseconds of a call: the shortest of some turns.
    private static double Time(Action action)
    {
        long calls = 1;
        var shortest = double.MaxValue;
        for (var turn = 0; turn < Turns; turn++)
        {
            long begin = Stopwatch.GetTimestamp();
            for (var n = 0; n < calls; n++)
            {
                action();
            }

            double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            if (seconds < TurnSeconds)
            {
                calls *= 2;
                turn = -1;
                continue;
            }

            shortest = Math.Min(shortest, seconds / calls * 1e9);
        }

        return shortest;
    }
}
