using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Model.Program;

namespace HGQ.Generators.Printing.Elementwise;

/// <summary>Look-up tables; all tables of an instruction lie one behind the other.</summary>
internal static class TableLookupEmitter
{
    public static void Emit(Kernel kernel, string method, TableLookupInstruction instruction)
    {
        var first = new Dictionary<int, int>();
        var entries = new List<long>();
        foreach (int table in instruction.TableOf.Distinct())
        {
            first.Add(table, entries.Count);
            entries.AddRange(kernel.Program.Tables[table].Entries);
        }

        var code = new ScalarLaneCode(kernel, LaneType.Wider(LaneType.Int32, kernel.Storage.TypeOf(instruction.Destination)));
        var columns = new ElementColumns(instruction.TableOf.Length);
        int bases = columns.Add(instruction.TableOf.Select(table => (long)first[table]));
        int masks = columns.Add(instruction.TableOf.Select(table => kernel.Program.Tables[table].Entries.Length - 1L));
        columns.Complete();
        kernel.OpenMethod(method, $"{instruction.Layer}: look-up table", instruction.Source, instruction.Destination);
        string values = kernel.LocalTable(entries.ToArray());
        string start = columns.Expression(kernel, bases, ElementLoop.Index), mask = columns.Expression(kernel, masks, ElementLoop.Index);
        ElementLoop.Write(kernel.Writer, instruction.TableOf.Length, columns.Period, row =>
        {
            code.OpenParts();
            string index = $"(int){code.Load(instruction.Source, row)} & {mask}";
            index = start == "0" ? index : $"{start} + ({index})";
            code.Store(instruction.Destination, row, $"{values}[{index}]");
            code.CloseParts();
        });
        kernel.CloseMethod();
    }
}
