using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Program;

/// <summary>
/// A model lowered to exact integer operations on flat buffers: what every back end reads. All widths, shifts, roundings
/// and overflows are decided here; a back end that computes one is wrong.
/// </summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Inputs">Real input ports.</param>
/// <param name="Outputs">Results.</param>
/// <param name="Buffers">All buffers; instructions name them by index.</param>
/// <param name="Tables">Look-up tables.</param>
/// <param name="Instructions">In execution order; each buffer is written once, before it is read.</param>
/// <param name="Probes">Where the output of each graph layer can be observed.</param>
/// <param name="Layers">Cost and size of each graph layer.</param>
public sealed record IntegerProgram(
    string Name,
    EquatableArray<ProgramInput> Inputs,
    EquatableArray<ProgramOutput> Outputs,
    EquatableArray<ProgramBuffer> Buffers,
    EquatableArray<LookupTable> Tables,
    EquatableArray<Instruction> Instructions,
    EquatableArray<LayerProbe> Probes,
    EquatableArray<LayerSummary> Layers)
{
    /// <summary>The instructions that turn reals into codes, in order: the ports of raw inference.</summary>
    public IEnumerable<QuantizeInputInstruction> CodePorts => Instructions.OfType<QuantizeInputInstruction>();

    /// <summary>Number of real inputs of one sample, all ports together.</summary>
    public int InputSize => Inputs.Sum(input => input.Shape.Size);

    /// <summary>Number of integer codes of one sample: the destinations of <see cref="CodePorts"/>, concatenated.</summary>
    public int InputCodeSize => CodePorts.Sum(port => Buffers[port.Destination].Length);

    /// <summary>Number of results of one sample, all outputs together.</summary>
    public int OutputSize => Outputs.Sum(output => output.Shape.Size);

    /// <summary>EBOPs of the whole model (layers.md, "Cost"), exact.</summary>
    public double Ebops => Layers.Sum(layer => layer.Ebops);
}

/// <summary>A real input port.</summary>
/// <param name="Name">Name of the input layer.</param>
/// <param name="Shape">Shape without the batch dimension.</param>
/// <param name="Standardization">Applied to the reals before they are quantized, or null.</param>
public sealed record ProgramInput(string Name, TensorShape Shape, Standardization? Standardization);

/// <summary>A result of the program.</summary>
/// <param name="Name">Name of the result.</param>
/// <param name="Shape">Shape without the batch dimension.</param>
/// <param name="Buffer">Buffer that holds it, element for element.</param>
public sealed record ProgramOutput(string Name, TensorShape Shape, int Buffer);
