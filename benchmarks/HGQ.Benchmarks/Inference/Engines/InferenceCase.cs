using System;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference.Engines;

/// <summary>What all engines of a measurement share: model, batch, threads, and seeded samples on the grid of the inputs.</summary>
internal sealed class InferenceCase
{
    private const int Checked = 40;

    public InferenceCase(InferenceModel model, int batch, int threads)
    {
        Model = model;
        Batch = batch;
        Threads = threads;
        Graph = model.Create();
        Program = Lowerer.Lower(Graph);
        var formats = Program.Buffers[Program.CodePorts.Single().Destination].Formats;
        var grid = new InputGrid(Program.Inputs.Single());
        var random = new Random(3);
        Codes = new int[batch * Program.InputCodeSize];
        Inputs = new float[Codes.Length];
        for (var n = 0; n < Codes.Length; n++)
        {
            var format = formats[n % formats.Length];
            Codes[n] = random.Next((int)format.MinRaw, (int)format.MaxRaw + 1);
            Inputs[n] = grid.Real(Codes[n] * format.Step, n % formats.Length);
        }
    }

    public InferenceModel Model { get; }

    public int Batch { get; }

    public int Threads { get; }

    public ModelGraph Graph { get; }

    public IntegerProgram Program { get; }

    /// <summary>Samples as codes.</summary>
    public int[] Codes { get; }

    /// <summary>The same as reals.</summary>
    public float[] Inputs { get; }

    /// <summary>Number of results of the batch.</summary>
    public int ResultCount => Batch * Program.OutputSize;

    /// <summary>Compares raw results with the interpreter's, for the first samples.</summary>
    public void RequireEqual(int[] raw)
    {
        var interpreter = new ReferenceInterpreter(Program);
        var expected = new long[Program.OutputSize];
        for (var sample = 0; sample < Math.Min(Batch, Checked); sample++)
        {
            long[] codes = Array.ConvertAll(Codes[(sample * Program.InputCodeSize)..((sample + 1) * Program.InputCodeSize)], code => (long)code);
            interpreter.Run(codes, expected);
            if (!expected.SequenceEqual(raw.Skip(sample * expected.Length).Take(expected.Length).Select(value => (long)value)))
            {
                throw new InvalidOperationException($"{Model.Name}: sample {sample} differs from the interpreter's result.");
            }
        }
    }

    /// <summary>Raw integers of real results.</summary>
    public int[] ToRaw(float[] results)
    {
        var formats = Program.Buffers[Program.Outputs[0].Buffer].Formats;
        return [.. results.Take(Checked * Program.OutputSize).Select((value, n) => (int)(value / formats[n % formats.Length].Step))];
    }
}
