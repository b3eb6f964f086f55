using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace HGQ.Model.Program;

/// <summary>Prints a program for people: one line an instruction, buffers with sizes and widths.</summary>
public sealed class ProgramPrinter : IInstructionVisitor<string>
{
    private readonly IntegerProgram _program;

    private ProgramPrinter(IntegerProgram program) => _program = program;

    /// <summary>The program as text, lines end with <c>\n</c>.</summary>
    public static string Print(IntegerProgram program)
    {
        var printer = new ProgramPrinter(program);
        var text = new StringBuilder();
        text.Append("program ").Append(program.Name).Append('\n');
        foreach (var instruction in program.Instructions)
        {
            text.Append("  ").Append(printer.Buffer(instruction.Destination)).Append(" = ").Append(instruction.Accept(printer));
            text.Append("  ; ").Append(instruction.Layer).Append('\n');
        }

        foreach (var output in program.Outputs)
        {
            text.Append("  output ").Append(output.Name).Append(' ').Append(output.Shape).Append(" = ").Append(printer.Name(output.Buffer)).Append('\n');
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public string VisitQuantizeInput(QuantizeInputInstruction instruction)
        => $"quantize_input {_program.Inputs[instruction.Input].Name} {instruction.Rounding} {instruction.Overflow}";

    /// <inheritdoc/>
    public string VisitGather(GatherInstruction instruction)
        => "gather " + string.Join(", ", instruction.Sources.Select(Name));

    /// <inheritdoc/>
    public string VisitConstantProduct(ConstantProductInstruction instruction)
        => Invariant($"product {Name(instruction.Source)} positions={instruction.Positions} groups={instruction.Groups} taps={instruction.Taps} outputs={instruction.Outputs} nonzero={instruction.Weights.Count(w => w != 0)}");

    /// <inheritdoc/>
    public string VisitAdd(AddInstruction instruction)
        => "add " + string.Join(" ", instruction.Operands.Select(operand => (operand.Negate ? "-" : "+") + Name(operand.Buffer)));

    /// <inheritdoc/>
    public string VisitProduct(ProductInstruction instruction)
        => Invariant($"matmul {Name(instruction.Left)} {Name(instruction.Right)} batch={instruction.Batch} rows={instruction.Rows} inner={instruction.Inner} columns={instruction.Columns}");

    /// <inheritdoc/>
    public string VisitRequantize(RequantizeInstruction instruction)
        => $"requantize {Name(instruction.Source)}{(instruction.Relu ? " relu" : string.Empty)} {Modes(instruction)}";

    /// <inheritdoc/>
    public string VisitClamp(ClampInstruction instruction) => $"clamp {Name(instruction.Source)}";

    /// <inheritdoc/>
    public string VisitTableLookup(TableLookupInstruction instruction)
        => Invariant($"table {Name(instruction.Source)} tables={instruction.TableOf.Distinct().Count()}");

    /// <inheritdoc/>
    public string VisitReduce(ReduceInstruction instruction)
        => Invariant($"{(instruction.Kind == Graph.ReductionKind.Max ? "max" : "min")} {Name(instruction.Source)} terms={instruction.Terms}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Modes(RequantizeInstruction instruction)
        => string.Join("/", instruction.Roundings.Distinct()) + " " + string.Join("/", instruction.Overflows.Distinct());

    private string Name(int buffer) => "%" + _program.Buffers[buffer].Name;

    private string Buffer(int buffer)
    {
        var b = _program.Buffers[buffer];
        int narrowest = b.Formats.Min(f => f.Width), widest = b.Formats.Max(f => f.Width);
        return Invariant($"{Name(buffer)}[{b.Length}] {narrowest}..{widest} bits");
    }
}
