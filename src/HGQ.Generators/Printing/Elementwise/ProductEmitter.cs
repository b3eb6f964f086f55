using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Products of two buffers.</summary>
internal static class ProductEmitter
{
    public static void Emit(Kernel kernel, string method, ProductInstruction instruction)
    {
        var target = kernel.Program.Buffers[instruction.Destination];
        var code = LaneCode.For(kernel, kernel.Storage.TypeOf(instruction.Destination));
        var writer = kernel.Writer;
        kernel.OpenMethod(method, $"{instruction.Layer}: product", instruction.Left, instruction.Right, instruction.Destination);
        var wraps = new RequantizeColumns(code, SumWrap.Of(target, target.Length, true));
        wraps.Complete();
        var terms = wraps.Declare();
        ElementLoop.Write(writer, target.Length, wraps.Period, row =>
        {
            code.OpenParts();
            writer.Line($"int e = {row.Variable};");
            writer.Line($"int left = e / {instruction.Columns} * {instruction.Inner};");
            writer.Line($"int right = (e / {instruction.Columns * instruction.Rows} * {instruction.Inner * instruction.Columns}) + (e % {instruction.Columns});");
            writer.Line($"{code.ValueType} v = {code.Constant(0)};");
            writer.Open($"for (int k = 0; k < {instruction.Inner}; k++)");
            string rightRow = instruction.Columns == 1 ? "right + k" : $"right + (k * {Literal.Of(instruction.Columns)})";
            writer.Line($"v += {code.Load(instruction.Left, "left + k")} * {code.Load(instruction.Right, rightRow)};");
            writer.Close();
            terms.Write(writer, "v");
            code.Store(instruction.Destination, row, "v");
            code.CloseParts();
        });
        kernel.CloseMethod();
    }
}
