using System;
using System.Collections.Generic;
using System.Linq;
using Google.Protobuf;
using HGQ.Import.Emission.Nodes;
using HGQ.Import.Emission.Qdq;
using HGQ.Import.Emission.Qonnx;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Import.Emission;

/// <summary>
/// Writes a model as ONNX of standard operators (opset 17) on float32. Inputs and results are reals; in between every tensor holds the
/// integers of the lowered program, so that every operation of an evaluator in float32 is exact.
/// </summary>
public static class OnnxExporter
{
    /// <summary>Name of the producer in the file, by which a file of this writer is known.</summary>
    public const string Producer = "hgq-dotnet";

    private const int OperatorSet = 17;
    private const int FormatVersion = 8;

    /// <summary>Writes a model.</summary>
    /// <param name="graph">The model; the batch is the first axis of every input and output.</param>
    /// <returns>The file.</returns>
    /// <exception cref="OnnxExportException">A layer computes integers that float32 can't hold.</exception>
    /// <exception cref="ModelGraphException">The model can't be lowered.</exception>
    public static byte[] Write(ModelGraph graph) => Write(graph, OnnxFlavor.Qdq);

    /// <summary>Writes a model in a flavor.</summary>
    /// <param name="graph">The model; the batch is the first axis of every input and output.</param>
    /// <param name="flavor">What the file says the model with.</param>
    /// <returns>The file.</returns>
    /// <exception cref="OnnxExportException">A layer has no form in this flavor.</exception>
    /// <exception cref="ModelGraphException">The model can't be lowered.</exception>
    public static byte[] Write(ModelGraph graph, OnnxFlavor flavor) => flavor switch
    {
        OnnxFlavor.Qdq => WriteIntegers(graph),
        OnnxFlavor.Qonnx => WriteLayers(graph),
        _ => throw new ArgumentOutOfRangeException(nameof(flavor), flavor, "This is no flavor."),
    };

    private static byte[] WriteLayers(ModelGraph graph)
    {
        // Sums at their full width, so that every wrap is there to be seen.
        IntegerProgram program = Lowerer.Lower(graph, new LoweringOptions(ModuloAccumulators: false));
        OnnxGraph draft = Ports(program);
        var writer = new QonnxWriter(graph, program, draft);
        foreach (LayerNode layer in graph.Layers)
        {
            writer.Write(layer);
        }

        foreach (ProgramOutput output in program.Outputs)
        {
            draft.Layer = output.Name;
            draft.Output(output.Name, writer.ValueOf(graph.Outputs.First(o => o.Name == output.Name).Layer), output.Shape.Dimensions);
        }

        return draft.ToModel(Producer, FormatVersion, OperatorSet).ToByteArray();
    }

    private static OnnxGraph Ports(IntegerProgram program)
    {
        var draft = new OnnxGraph(program.Name, [.. program.Inputs.Select(static input => input.Name)],
            [.. program.Outputs.Select(static output => output.Name)]);
        foreach (ProgramInput input in program.Inputs)
        {
            draft.Input(input.Name, input.Shape.Dimensions);
        }

        return draft;
    }

    private static byte[] WriteIntegers(ModelGraph graph)
    {
        // Sums at their full width: what they wrap to is no business of floats.
        IntegerProgram program = Lowerer.Lower(graph, new LoweringOptions(ModuloAccumulators: false));
        OnnxGraph draft = Ports(program);
        Instructions(program, draft);
        return draft.ToModel(Producer, FormatVersion, OperatorSet).ToByteArray();
    }

    private static void Instructions(IntegerProgram program, OnnxGraph draft)
    {
        var values = new Dictionary<int, string>();
        var writer = new InstructionWriter(program, new FloatArithmetic(draft), values);
        foreach (Instruction instruction in program.Instructions.Where(i => program.Buffers[i.Destination].Length > 0))
        {
            draft.Layer = instruction.Layer;
            values[instruction.Destination] = instruction.Accept(writer);
        }

        foreach (ProgramOutput output in program.Outputs)
        {
            ProgramBuffer buffer = program.Buffers[output.Buffer];
            draft.Layer = buffer.Layer;
            string steps = draft.Floats([.. buffer.Formats.Select(static format => Math.ScaleB(1, -format.FractionBits))]);
            string scaled = draft.Node("Mul", values[output.Buffer], steps);
            draft.Output(output.Name, scaled, output.Shape.Dimensions);
        }
    }
}
