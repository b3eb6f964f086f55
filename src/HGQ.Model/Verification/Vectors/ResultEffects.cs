using System;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// Says whether a change of one element would be seen in a result of the whole model: what follows is computed once more with it.
/// A wrong value that a relu, a rounding or a maximum behind it swallows proves nothing about the code that made it.
/// </summary>
internal sealed class ResultEffects
{
    private const int Patience = 48;
    private const int Seldom = 12;

    private readonly IntegerProgram _program;
    private readonly Action<long[][]>?[] _steps;
    private readonly double[] _costs;
    private readonly int[] _writers;
    private readonly long[][] _own;
    private readonly long[][] _view;
    private readonly RequantizeStep[]?[] _requantizes;
    private readonly double _most;

    /// <summary>Prepares the steps of a program.</summary>
    /// <param name="program">A verified program.</param>
    /// <param name="most">Samples' worth of arithmetic that it may spend; then only the next requantization is looked at.</param>
    public ResultEffects(IntegerProgram program, double most)
    {
        _program = program;
        _most = most;
        var compiler = new InstructionExecution(program);
        _steps = program.Instructions.Select(i => i is QuantizeInputInstruction ? null : i.Accept(compiler)).ToArray();
        _own = program.Buffers.Select(buffer => new long[buffer.Length]).ToArray();
        _view = new long[_own.Length][];
        _writers = new int[_own.Length];
        for (var n = 0; n < _steps.Length; n++)
        {
            _writers[program.Instructions[n].Destination] = n;
        }

        _costs = Costs(program);
        _requantizes = SoleRequantizations.Of(program);
    }

    /// <summary>
    /// Whether every sample is to be looked at. Samples by chance are many: of them only some are looked at for a case that was
    /// looked at in vain before.
    /// </summary>
    public bool IsThorough { get; set; }

    /// <summary>What was computed, in whole samples.</summary>
    public double Spent { get; private set; }

    /// <summary>Whether the results of the sample differ with another value in an element.</summary>
    /// <param name="buffer">Buffer of the element.</param>
    /// <param name="element">Its index.</param>
    /// <param name="changed">The value that it would have, in storage.</param>
    /// <param name="buffers">The values of the sample.</param>
    public bool Shows(int buffer, int element, long changed, long[][] buffers)
    {
        long value = buffers[buffer][element];
        if (changed == value || (_requantizes[buffer] is { } steps && steps[element].Apply(changed) == steps[element].Apply(value)))
        {
            return false;
        }

        if (Spent >= _most)
        {
            return true;
        }

        int writer = _writers[buffer];
        Spent += _costs[writer];
        Array.Copy(buffers, _view, _view.Length);
        Use(buffer);
        Array.Copy(buffers[buffer], _own[buffer], _own[buffer].Length);
        _own[buffer][element] = changed;
        for (int n = writer + 1; n < _steps.Length; n++)
        {
            if (_steps[n] is { } step && IsReached(_program.Instructions[n], buffers))
            {
                Use(_program.Instructions[n].Destination);
                step(_view);
            }
        }

        return _program.Outputs.Any(output => Differ(_view[output.Buffer], buffers[output.Buffer]));
    }

    /// <summary>
    /// Whether the results differ with an element one larger or smaller. Beyond its limits too: that is what code does that limits
    /// wrongly.
    /// </summary>
    /// <param name="buffer">Buffer of the element.</param>
    /// <param name="element">Its index.</param>
    /// <param name="step">1 or −1.</param>
    /// <param name="buffers">The values of the sample.</param>
    public bool ShowsStep(int buffer, int element, int step, long[][] buffers)
        => !_program.Buffers[buffer].Formats[element].IsZero && Shows(buffer, element, unchecked(buffers[buffer][element] + step), buffers);

    /// <summary>Whether a case that was looked at so often in vain is worth another look.</summary>
    /// <param name="looks">How often a sample had the case.</param>
    public bool IsWorthwhile(int looks) => IsThorough || looks <= Patience || looks % Seldom == 0;

    private static bool Differ(long[] left, long[] right)
    {
        var e = 0;
        while (e < left.Length && left[e] == right[e])
        {
            e++;
        }

        return e < left.Length;
    }

    private void Use(int buffer) => _view[buffer] = _own[buffer];

    // What reads only values that are as they were gives what it gave.
    private bool IsReached(Instruction instruction, long[][] buffers)
        => InstructionSources.Of(instruction).Any(source => !ReferenceEquals(_view[source], buffers[source]));

    // Of each instruction, the part of a sample's arithmetic that follows it.
    private static double[] Costs(IntegerProgram program)
    {
        var steps = program.Instructions.Select(instruction => (double)InstructionCost.Of(program, instruction)).ToArray();
        double all = Math.Max(1, steps.Sum());
        var costs = new double[steps.Length];
        double after = 0;
        for (int n = steps.Length - 1; n >= 0; n--)
        {
            costs[n] = (after + program.Buffers[program.Instructions[n].Destination].Length) / all;
            after += steps[n];
        }

        return costs;
    }
}
