using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// How a sum of elements follows the input codes, near one sample: the chain rule backwards through the program. Where a result
/// does not move (a closed relu, a limit), a small slope points the way out. It guides a search and decides nothing.
/// </summary>
internal sealed class ProgramGradient
{
    private readonly IntegerProgram _program;
    private readonly IReadOnlyList<AdderWire> _wires;
    private readonly double[][] _slopes;
    private readonly bool[] _touched;
    private readonly BackwardStep[] _steps;
    private readonly int[] _ports;

    public ProgramGradient(IntegerProgram program, IReadOnlyList<AdderWire> wires)
    {
        _program = program;
        _wires = wires;
        _slopes = program.Buffers.Select(buffer => new double[buffer.Length]).ToArray();
        _touched = new bool[program.Buffers.Length];
        var compiler = new GradientSteps(program);
        _steps = program.Instructions.Select(instruction => instruction.Accept(compiler)).ToArray();
        _ports = program.CodePorts.Select(port => port.Destination).ToArray();
    }

    /// <summary>The slope of a wire by each input code.</summary>
    /// <param name="target">The wire.</param>
    /// <param name="buffers">The values of the sample.</param>
    /// <param name="gradient">Receives a slope a code.</param>
    public void Of(VectorTarget target, long[][] buffers, double[] gradient)
    {
        for (var b = 0; b < _slopes.Length; b++)
        {
            if (_touched[b])
            {
                Array.Clear(_slopes[b], 0, _slopes[b].Length);
                _touched[b] = false;
            }
        }

        Add(target.Terms, target.Place, 1, buffers);
        for (int n = _steps.Length - 1; n >= 0; n--)
        {
            var instruction = _program.Instructions[n];
            if (!_touched[instruction.Destination] || instruction is QuantizeInputInstruction)
            {
                continue;
            }

            foreach (int source in InstructionSources.Of(instruction))
            {
                _touched[source] = true;
            }

            _steps[n](buffers, _slopes);
        }

        var offset = 0;
        foreach (int port in _ports)
        {
            _slopes[port].CopyTo(gradient, offset);
            offset += _slopes[port].Length;
        }
    }

    private void Add(EquatableArray<WireTerm> terms, int place, double slope, long[][] buffers)
    {
        foreach (var term in terms)
        {
            double own = slope * term.Weight;
            if (term.Buffer == WireTerm.Wire)
            {
                Add(_wires[term.Element].Places[place].Terms, place, own, buffers);
            }
            else if (term.FactorBuffer < 0)
            {
                Add(term.Buffer, term.Element, own);
            }
            else
            {
                Add(term.Buffer, term.Element, own * buffers[term.FactorBuffer][term.FactorElement]);
                Add(term.FactorBuffer, term.FactorElement, own * buffers[term.Buffer][term.Element]);
            }
        }
    }

    private void Add(int buffer, int element, double slope)
    {
        _slopes[buffer][element] += slope;
        _touched[buffer] = true;
    }
}
