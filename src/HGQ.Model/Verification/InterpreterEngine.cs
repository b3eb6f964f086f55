using System;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>The reference interpreter as an engine: what the others are compared with.</summary>
public sealed class InterpreterEngine : IInferenceEngine
{
    private readonly ReferenceInterpreter _interpreter;

    /// <summary>Prepares a program.</summary>
    public InterpreterEngine(IntegerProgram program) => _interpreter = new ReferenceInterpreter(program);

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
        var codes = new long[_interpreter.Program.InputCodeSize];
        var results = new long[_interpreter.Program.OutputSize];
        var raw = new long[vectors.Count * results.Length];
        for (var n = 0; n < vectors.Count; n++)
        {
            Array.Copy(vectors.Codes, n * codes.Length, codes, 0, codes.Length);
            _interpreter.Run(codes, results);
            results.CopyTo(raw, n * results.Length);
        }

        return new EngineResults(raw);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing to give back.
    }
}
