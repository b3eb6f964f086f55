using System.Linq;
using System.Numerics;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Maxima and minima over lists of elements.</summary>
internal static class ReduceEmitter
{
    // Lanes of the vectors that one sample's runs are computed with: those of every machine.
    private static readonly int RunVector = Machine.Narrow.Samples;

    public static void Emit(Kernel kernel, string method, ReduceInstruction instruction)
    {
        kernel.OpenMethod(method, $"{instruction.Layer}: {(instruction.Kind == ReductionKind.Max ? "maximum" : "minimum")}", instruction.Source, instruction.Destination);
        var source = kernel.Program.Buffers[instruction.Source];
        if (source.Formats.Any(format => !format.Signed && format.Width == 64))
        {
            EmitWide(kernel, instruction, source);
        }
        else if (RunLength(kernel, instruction) is var run && run >= RunVector)
        {
            EmitRuns(kernel, instruction, run);
        }
        else
        {
            EmitLoop(kernel, instruction, kernel.Program.Buffers[instruction.Destination].Length);
        }

        kernel.CloseMethod();
    }

    // Elements behind each other whose lists lie behind each other too, such as the channels of a pool; 1 where the kernel, or the
    // storage, leaves nothing to vectors.
    private static int RunLength(Kernel kernel, ReduceInstruction instruction)
    {
        if (kernel.Shape.IsVector
            || kernel.Storage.TypeOf(instruction.Source) != LaneType.Int16
            || kernel.Storage.TypeOf(instruction.Destination) != LaneType.Int16)
        {
            return 1;
        }

        int terms = instruction.Terms, length = instruction.Indices.Length / terms, run = length;
        for (var e = 1; e < length; e++)
        {
            int row = e * terms;
            if (!Enumerable.Range(row, terms).All(n => instruction.Indices[n] == instruction.Indices[n - terms] + 1))
            {
                run = (int)BigInteger.GreatestCommonDivisor(run, e);
            }
        }

        return run;
    }

    // One sample, neighbouring elements across lanes.
    private static void EmitRuns(Kernel kernel, ReduceInstruction instruction, int run)
    {
        var writer = kernel.Writer;
        int terms = instruction.Terms, runs = instruction.Indices.Length / terms / run;
        string better = instruction.Kind == ReductionKind.Max ? "Max" : "Min";
        string firsts = kernel.LocalTable(Enumerable.Range(0, runs * terms).Select(n => (long)instruction.Indices[((n / terms * run) * terms) + (n % terms)]).ToArray());
        string vector = Machine.Narrow.Vector;
        string Load(string term) => $"{vector}.LoadUnsafe(ref b{Literal.Of(instruction.Source)}, (nuint)({firsts}[{term}] + c))";
        writer.Open($"for (int r = 0; r < {runs}; r++)");
        writer.Open($"for (int n = 0; n < {run}; n += {RunVector})");

        // The last vector of a run repeats some lanes of the one before.
        writer.Line(run % RunVector == 0 ? "int c = n;" : $"int c = Math.Min(n, {run - RunVector});");
        writer.Line($"{vector}<short> v = {Load($"r * {terms}")};");
        writer.Open($"for (int t = 1; t < {terms}; t++)");
        writer.Line($"v = {vector}.{better}(v, {Load($"(r * {terms}) + t")});");
        writer.Close();
        writer.Line();
        writer.Line($"{vector}.StoreUnsafe(v, ref b{instruction.Destination}, (nuint)((r * {run}) + c));");
        writer.Close();
        writer.Close();
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
