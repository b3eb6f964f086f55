using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>Maxima and minima over lists of elements.</summary>
internal static class ReduceEmitter
{
    public static void Emit(Kernel kernel, string method, ReduceInstruction instruction)
    {
        kernel.OpenMethod(method, $"{instruction.Layer}: {(instruction.Kind == ReductionKind.Max ? "maximum" : "minimum")}", instruction.Source, instruction.Destination);
        var source = kernel.Program.Buffers[instruction.Source];
        if (source.Formats.Any(format => !format.Signed && format.Width == 64))
        {
            EmitWide(kernel, instruction, source);
        }
        else
        {
            EmitLoop(kernel, instruction, kernel.Program.Buffers[instruction.Destination].Length);
        }

        kernel.CloseMethod();
    }

    private static void EmitLoop(Kernel kernel, ReduceInstruction instruction, int length)
    {
        var lane = LaneType.Wider(kernel.Storage.TypeOf(instruction.Source), kernel.Storage.TypeOf(instruction.Destination));
        var code = LaneCode.For(kernel, lane);
        var writer = kernel.Writer;
        string indices = kernel.LocalTable(instruction.Indices.Select(index => (long)index).ToArray());
        ElementLoop.Write(writer, length, 1, row =>
        {
            code.OpenParts();
            writer.Line($"int first = c * {instruction.Terms};");
            writer.Line($"{code.ValueType} v = {code.Load(instruction.Source, $"{indices}[first]")};");
            writer.Open($"for (int t = 1; t < {instruction.Terms}; t++)");
            writer.Line($"v = {Better(code, instruction, "v", code.Load(instruction.Source, $"{indices}[first + t]"))};");
            writer.Close();
            code.Store(instruction.Destination, row, "v");
            code.CloseParts();
        });
    }

    // Signed and unsigned 64-bit numbers side by side are compared in 128 bits.
    private static void EmitWide(Kernel kernel, ReduceInstruction instruction, ProgramBuffer source)
    {
        var code = (ScalarLaneCode)LaneCode.For(kernel, LaneType.Int128);
        string Load(int index) => source.Formats[index] is { Signed: false, Width: 64 }
            ? code.LoadUnsigned64(instruction.Source, index)
            : code.Load(instruction.Source, index);
        code.OpenParts();
        kernel.Writer.Line("Int128 v;");
        for (var e = 0; e < kernel.Program.Buffers[instruction.Destination].Length; e++)
        {
            kernel.Writer.Line($"v = {Load(instruction.Indices[e * instruction.Terms])};");
            for (var t = 1; t < instruction.Terms; t++)
            {
                kernel.Writer.Line($"v = {Better(code, instruction, "v", Load(instruction.Indices[(e * instruction.Terms) + t]))};");
            }

            code.Store(instruction.Destination, e, "v");
        }

        code.CloseParts();
    }

    private static string Better(LaneCode code, ReduceInstruction instruction, string left, string right)
        => instruction.Kind == ReductionKind.Max ? code.Max(left, right) : code.Min(left, right);
}
