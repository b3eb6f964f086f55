using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Tables of integer literals, indexed by raw bits; no function is evaluated at run time.</summary>
internal static class TableLookupKernel
{
    private const int EntriesPerLine = 16;

    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, TableLookupInstruction lookup)
    {
        var (loop, elements) = LoopFinder.ElementWise(
            period => Repetition.Holds(lookup.TableOf, period),
            (context.Layouts[lookup.Source], "x"),
            (context.Layouts[lookup.Destination], "y"));
        var kernel = context.Begin("look_up", loop, [lookup.Source], lookup.Destination);
        var names = new Dictionary<int, string>();
        for (var e = 0; e < elements; e++)
        {
            if (!loop.Views[1].HasWire(e))
            {
                continue;
            }

            kernel.Open(1);
            if (loop.Views[1].Interval(e) is { IsPoint: true } constant)
            {
                // A place of an array that is always the same: a table over no bits at all has no index.
                kernel.Line($"{loop.Views[1].Target(e)} = {kernel.Typed(loop.Views[1].Type(e), constant.Low)};");
                continue;
            }

            var table = context.Program.Tables[lookup.TableOf[e]];
            var type = TypeOf(table);
            if (!names.TryGetValue(lookup.TableOf[e], out var name))
            {
                name = context.FunctionName("table");
                names.Add(lookup.TableOf[e], name);
                context.Unit.Tables.Add(Declaration(name, kernel.Cpp(type), table));
            }

            kernel.Cost.CountTable((long)table.Entries.Length * type.Width);
            kernel.Line($"{loop.Views[1].Target(e)} = {name}[{kernel.Cpp(new WireType(false, table.Input.Width))}({loop.Views[0].Read(e).Text}).to_uint()];");
        }

        context.End(kernel);
    }

    private static WireType TypeOf(LookupTable table)
    {
        var entries = table.Entries.Select(table.Output.FromStorage).ToArray();
        var type = WireType.For(new RawInterval(entries.Min(), entries.Max()));
        return type with { Width = System.Math.Max(1, type.Width) };
    }

    private static string Declaration(string name, string type, LookupTable table)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"static const {type} {name}[{table.Entries.Length}] = {{");
        for (var n = 0; n < table.Entries.Length; n++)
        {
            BigInteger entry = table.Output.FromStorage(table.Entries[n]);
            text.Append(n % EntriesPerLine == 0 ? "\n  " : " ").Append(CppLiteral.Plain(entry)).Append(n + 1 < table.Entries.Length ? "," : "");
        }

        return text.Append("\n};").ToString();
    }
}
