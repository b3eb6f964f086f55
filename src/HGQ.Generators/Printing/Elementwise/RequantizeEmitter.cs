using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Requantize and clamp: both are a <see cref="RequantizeElement"/> per element.</summary>
internal static class RequantizeEmitter
{
    public static void Emit(Kernel kernel, string method, RequantizeInstruction instruction)
    {
        var elements = Enumerable.Range(0, instruction.Shifts.Length).Select(e => RequantizeElement.Of(kernel.Program, instruction, e)).ToArray();
        Emit(kernel, method, $"{instruction.Layer}: requantize", instruction.Source, instruction.Destination, elements);
    }

    public static void Emit(Kernel kernel, string method, ClampInstruction instruction)
    {
        var elements = Enumerable.Range(0, instruction.Low.Length).Select(e => RequantizeElement.Of(kernel.Program, instruction, e)).ToArray();
        Emit(kernel, method, $"{instruction.Layer}: clamp", instruction.Source, instruction.Destination, elements);
    }

    private static void Emit(Kernel kernel, string method, string comment, int source, int destination, RequantizeElement[] elements)
    {
        var lane = LaneType.Wider(LaneType.For(elements.Max(element => element.Bits)), kernel.Storage.TypeOf(destination));
        var code = LaneCode.For(kernel, lane);
        kernel.OpenMethod(method, comment, source, destination);
        if (lane == LaneType.Int128)
        {
            EmitGroups(kernel, code, source, destination, elements);
        }
        else
        {
            EmitTables(kernel, code, source, destination, elements);
        }

        kernel.CloseMethod();
    }

    private static void EmitTables(Kernel kernel, LaneCode code, int source, int destination, RequantizeElement[] elements)
    {
        var columns = new RequantizeColumns(code, elements);
        columns.Complete();
        var terms = columns.Declare();
        ElementLoop.Write(kernel.Writer, elements.Length, columns.Period, row =>
        {
            code.OpenParts();
            kernel.Writer.Line($"{code.ValueType} v = {code.Load(source, row)};");
            terms.Write(kernel.Writer, "v");
            code.Store(destination, row, "v");
            code.CloseParts();
        });
    }

    // Constants of 128 bits fit no table: elements with equal constants share a loop over their indices.
    private static void EmitGroups(Kernel kernel, LaneCode code, int source, int destination, RequantizeElement[] elements)
    {
        foreach (var group in Enumerable.Range(0, elements.Length).GroupBy(e => elements[e]))
        {
            string indices = kernel.LocalTable(group.Select(e => (long)e).ToArray());
            kernel.Writer.Open($"foreach (int e in {indices})");
            code.OpenParts();
            if (group.Key.Known is { } known)
            {
                code.Store(destination, "e", code.Constant(known));
            }
            else
            {
                string value = group.Key.Unsigned64 ? ((ScalarLaneCode)code).LoadUnsigned64(source, "e") : code.Load(source, "e");
                kernel.Writer.Line($"{code.ValueType} v = {value};");
                RequantizeTerms.Of(code, group.Key).Write(kernel.Writer, "v");
                code.Store(destination, "e", "v");
            }

            code.CloseParts();
            kernel.Writer.Close();
        }
    }
}
