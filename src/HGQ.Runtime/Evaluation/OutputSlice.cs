using System;
using System.Collections.Generic;
using HGQ.Model.Program;

namespace HGQ.Runtime.Evaluation;

/// <summary>The part of a sample's results that belongs to one output of the model.</summary>
/// <param name="Name">Name of the output.</param>
/// <param name="First">Its first element among the results of all outputs.</param>
/// <param name="Size">Its elements.</param>
public sealed record OutputSlice(string Name, int First, int Size)
{
    /// <summary>All outputs of a program, in order.</summary>
    public static IReadOnlyList<OutputSlice> Of(IntegerProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        var first = 0;
        var slices = new List<OutputSlice>();
        foreach (ProgramOutput output in program.Outputs)
        {
            slices.Add(new OutputSlice(output.Name, first, output.Shape.Size));
            first += output.Shape.Size;
        }

        return slices;
    }

    /// <summary>Name of an element in tables: <c>output.element</c>.</summary>
    /// <param name="element">The element, row-major, from 0.</param>
    public string ElementName(int element) => FormattableString.Invariant($"{Name}.{element}");
}
