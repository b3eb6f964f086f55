using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Generators.Planning.Steps;

/// <summary>How codes cross the generated class's border: in which integer type, and from which buffers.</summary>
internal sealed class CodeLayout
{
    private readonly IntegerProgram _program;

    public CodeLayout(IntegerProgram program)
    {
        _program = program;
        bool narrow = InputFormats.Concat(OutputFormats).All(format => format.Width + (format.Signed ? 0 : 1) <= 32);
        CodeType = narrow ? "int" : "long";
    }

    /// <summary><c>int</c> where it holds every code of every port, else <c>long</c> (an unsigned 64-bit code is its bits).</summary>
    public string CodeType { get; }

    /// <summary>Formats of the input codes, port by port.</summary>
    public IEnumerable<FixedPointFormat> InputFormats => _program.CodePorts.SelectMany(port => _program.Buffers[port.Destination].Formats);

    /// <summary>Formats of the results, output by output.</summary>
    public IEnumerable<FixedPointFormat> OutputFormats => _program.Outputs.SelectMany(output => _program.Buffers[output.Buffer].Formats);

    /// <summary>First real of an input port among all reals.</summary>
    public int FirstReal(int input) => _program.Inputs.Take(input).Sum(before => before.Shape.Size);

    /// <summary>First code of a port among all codes.</summary>
    public int FirstCode(QuantizeInputInstruction port)
        => _program.CodePorts.TakeWhile(before => !ReferenceEquals(before, port)).Sum(before => _program.Buffers[before.Destination].Length);

    /// <summary>Buffers of the results and where each begins among all results.</summary>
    public IEnumerable<(int Buffer, int First)> OutputBuffers()
    {
        var first = 0;
        foreach (var output in _program.Outputs)
        {
            yield return (output.Buffer, first);
            first += _program.Buffers[output.Buffer].Length;
        }
    }
}
