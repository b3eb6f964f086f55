using System;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>The reference interpreter as an engine: what the others are compared with. It uses all processors.</summary>
public sealed class InterpreterEngine : IInferenceEngine
{
    // Below this number of samples for each, a second interpreter costs more than it saves.
    private const int SamplesOfAThread = 32;

    private readonly Lazy<ReferenceInterpreter>[] _interpreters;
    private readonly IntegerProgram _program;

    /// <summary>Prepares a program.</summary>
    public InterpreterEngine(IntegerProgram program)
    {
        _program = program;
        _interpreters = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => new Lazy<ReferenceInterpreter>(() => new ReferenceInterpreter(program))).ToArray();
    }

    /// <inheritdoc/>
    public string Name => "interpreter";

    /// <inheritdoc/>
    public void Prepare()
    {
        // Nothing to compile.
    }

    /// <inheritdoc/>
    public EngineResults Run(VerificationVectors vectors)
    {
        var raw = new long[vectors.Count * _program.OutputSize];
        int threads = Math.Min(_interpreters.Length, (vectors.Count + SamplesOfAThread - 1) / SamplesOfAThread);
        Parallel.For(0, threads, n =>
            Run(_interpreters[n].Value, vectors.Codes, raw, (int)((long)vectors.Count * n / threads), (int)((long)vectors.Count * (n + 1) / threads)));
        return new EngineResults(raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to give back.
    }

    private static void Run(ReferenceInterpreter interpreter, long[] codes, long[] raw, int first, int end)
    {
        var sample = new long[interpreter.Program.InputCodeSize];
        var results = new long[interpreter.Program.OutputSize];
        for (var n = first; n < end; n++)
        {
            Array.Copy(codes, n * sample.Length, sample, 0, sample.Length);
            interpreter.Run(sample, results);
            results.CopyTo(raw, n * results.Length);
        }
    }
}
