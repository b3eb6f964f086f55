using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Interpretation;

/// <summary>
/// Executes an integer program instruction by instruction: the definition of "correct" that every back end is compared with
/// (docs/integer-program.md). One instance is for one thread; samples follow each other without allocation of buffers.
/// </summary>
public sealed class ReferenceInterpreter
{
    private readonly long[][] _buffers;
    private readonly Action<long[][]>[] _steps;
    private readonly InputPort[] _ports;

    /// <summary>Prepares a program for execution.</summary>
    /// <param name="program">A verified program.</param>
    public ReferenceInterpreter(IntegerProgram program)
    {
        Program = program;
        _buffers = program.Buffers.Select(buffer => new long[buffer.Length]).ToArray();
        _ports = program.CodePorts.Select(port => new InputPort(program, port)).ToArray();
        var compiler = new InstructionExecution(program);
        _steps = program.Instructions.Where(i => i is not QuantizeInputInstruction).Select(i => i.Accept(compiler)).ToArray();
    }

    /// <summary>The program that is executed.</summary>
    public IntegerProgram Program { get; }

    /// <summary>The buffers after the last sample, for probes; raw integers in 64-bit storage.</summary>
    public IReadOnlyList<IReadOnlyList<long>> Buffers => _buffers;

    /// <summary>The same for readers in this assembly: not to be written.</summary>
    internal long[][] RawBuffers => _buffers;

    /// <summary>Real inputs → integer codes of one sample.</summary>
    /// <param name="inputs">All input ports one behind the other, <see cref="IntegerProgram.InputSize"/> reals.</param>
    /// <param name="codes">Receives <see cref="IntegerProgram.InputCodeSize"/> codes.</param>
    /// <exception cref="ArgumentException">A length is wrong, or an input is NaN, or infinite where the port wraps.</exception>
    public void Encode(double[] inputs, long[] codes)
    {
        RequireLength(inputs.Length, Program.InputSize, nameof(inputs));
        RequireLength(codes.Length, Program.InputCodeSize, nameof(codes));
        var offset = 0;
        foreach (var port in _ports)
        {
            port.Encode(inputs, codes, offset);
            offset += port.Length;
        }
    }

    /// <summary>Integer codes → raw results of one sample.</summary>
    /// <param name="codes">Code ports one behind the other, each code within its format.</param>
    /// <param name="results">Receives <see cref="IntegerProgram.OutputSize"/> raw integers in 64-bit storage.</param>
    /// <exception cref="ArgumentException">A length is wrong or a code is outside its format.</exception>
    public void Run(long[] codes, long[] results)
    {
        RequireLength(codes.Length, Program.InputCodeSize, nameof(codes));
        RequireLength(results.Length, Program.OutputSize, nameof(results));
        var offset = 0;
        foreach (var port in _ports)
        {
            port.Load(codes, offset, _buffers[port.Destination]);
            offset += port.Length;
        }

        foreach (var step in _steps)
        {
            step(_buffers);
        }

        offset = 0;
        foreach (var output in Program.Outputs)
        {
            var buffer = _buffers[output.Buffer];
            Array.Copy(buffer, 0, results, offset, buffer.Length);
            offset += buffer.Length;
        }
    }

    /// <summary>Real inputs → raw results of one sample.</summary>
    /// <param name="inputs">As for <see cref="Encode"/>.</param>
    /// <returns>Raw integers of all outputs, one behind the other.</returns>
    public long[] Predict(double[] inputs)
    {
        var codes = new long[Program.InputCodeSize];
        var results = new long[Program.OutputSize];
        Encode(inputs, codes);
        Run(codes, results);
        return results;
    }

    /// <summary>The real values of raw results.</summary>
    /// <param name="results">Raw integers of all outputs, one behind the other.</param>
    public double[] Decode(long[] results)
    {
        RequireLength(results.Length, Program.OutputSize, nameof(results));
        var values = new double[results.Length];
        var n = 0;
        foreach (var output in Program.Outputs)
        {
            foreach (var format in Program.Buffers[output.Buffer].Formats)
            {
                values[n] = FixedPointArithmetic.ToDouble(results[n], format);
                n++;
            }
        }

        return values;
    }

    private static void RequireLength(int found, int expected, string parameter)
    {
        if (found != expected)
        {
            throw new ArgumentException(FormattableString.Invariant($"the length is {found}, the program needs {expected}"), parameter);
        }
    }
}
