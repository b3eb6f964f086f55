using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Text;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Copies by an index map: one loop for each source and one for the constants.</summary>
internal static class GatherEmitter
{
    public static void Emit(Kernel kernel, string method, GatherInstruction instruction)
    {
        kernel.OpenMethod(method, $"{instruction.Layer}: gather", instruction.Sources.Append(instruction.Destination).ToArray());
        var code = LaneCode.For(kernel, kernel.Storage.TypeOf(instruction.Destination));
        for (int s = -1; s < instruction.Sources.Length; s++)
        {
            int[] elements = Enumerable.Range(0, instruction.SourceOf.Length).Where(e => instruction.SourceOf[e] == s).ToArray();
            if (elements.Length > 0)
            {
                EmitSource(kernel, code, instruction, s, elements);
            }
        }

        kernel.CloseMethod();
    }

    private static void EmitSource(Kernel kernel, LaneCode code, GatherInstruction instruction, int source, int[] elements)
    {
        long[] from = elements.Select(e => source < 0 ? instruction.Constants[e] : instruction.IndexOf[e]).ToArray();
        string to = IndexOf(kernel, elements.Select(e => (long)e).ToArray());
        string value = source < 0
            ? code.Broadcast(from.Distinct().Count() == 1 ? $"({Literal.Plain(from[0])})" : $"{kernel.LocalTable(from)}[c]")
            : code.Load(instruction.Sources[source], IndexOf(kernel, from));
        ElementLoop.Write(kernel.Writer, elements.Length, 1, _ =>
        {
            code.OpenParts();
            code.Store(instruction.Destination, to, value);
            code.CloseParts();
        });
    }

    // A run of neighbours needs no table.
    private static string IndexOf(Kernel kernel, long[] indices)
    {
        bool run = Enumerable.Range(0, indices.Length).All(n => indices[n] == indices[0] + n);
        return !run ? $"{kernel.LocalTable(indices)}[c]" : indices[0] == 0 ? ElementLoop.Index : $"c + {Literal.Plain(indices[0])}";
    }
}
