using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Copies by an index map: wiring.</summary>
internal static class GatherKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, GatherInstruction gather)
    {
        if (TryLoop(context, gather))
        {
            return;
        }

        var kernel = context.Begin("gather", null, gather.Sources, gather.Destination);
        var destination = context.Layouts[gather.Destination];
        for (var e = 0; e < destination.Length; e++)
        {
            if (destination.HasWire(e))
            {
                kernel.Open(1);
                var source = gather.SourceOf[e];
                var value = source < 0
                    ? destination.Read("y", e).Text
                    : context.Layouts[gather.Sources[source]].Read(KernelContext.SourceName(source, gather.Sources.Length), gather.IndexOf[e]).Text;
                kernel.Line($"{destination.Text("y", e)} = {value};");
            }
        }

        context.End(kernel);
    }

    /// <summary>Padding, cropping and moving whole positions: a loop with a table of where each position comes from.</summary>
    private static bool TryLoop(KernelContext context, GatherInstruction gather)
    {
        var destination = context.Layouts[gather.Destination];
        if (gather.Sources.Length != 1 || !destination.IsArray || !context.Layouts[gather.Sources[0]].IsArray)
        {
            return false;
        }

        var source = context.Layouts[gather.Sources[0]];
        var body = destination.Period;
        var from = PositionOrigins.Of(gather, body, source.Period);
        if (from is null || destination.Period % source.Period != 0)
        {
            return false;
        }

        // Without constants this is a loop like any other; with them, a position comes from somewhere or is a constant.
        var kernel = context.Begin("gather", LoopOver(from.Count, destination), gather.Sources, gather.Destination);
        const string name = "from", comes = "comes";
        var nowhere = from.IndexOf(PositionOrigins.Nowhere);
        kernel.Line(Table("int", name, from.Select(position => Math.Max(0, position))));
        if (nowhere >= 0)
        {
            kernel.Line(Table("bool", comes, from.Select(position => position == PositionOrigins.Nowhere ? 0 : 1)));
        }

        for (var e = 0; e < body; e++)
        {
            if (destination.HasWire(e))
            {
                kernel.Open(1);
                var read = source.Text("x", e, $"{name}[{PositionLoop.Variable}]");
                var wire = destination.Type(e);
                var text = nowhere < 0
                    ? read
                    : $"{comes}[{PositionLoop.Variable}] ? {kernel.Cpp(wire)}({read}) : {kernel.Typed(wire, destination.Interval((nowhere * body) + e).Low)}";
                kernel.Line($"{destination.Text("y", e, PositionLoop.Variable)} = {text};");
            }
        }

        context.End(kernel);
        return true;
    }

    private static PositionLoop LoopOver(int count, BufferWires destination) =>
        new(count, [new BufferView(destination, "y", PositionLoop.Strided(count, destination.Period))]);

    private static string Table(string type, string name, IEnumerable<int> entries)
    {
        var all = entries.Select(Number).ToArray();
        return $"static const {type} {name}[{Number(all.Length)}] = {{{string.Join(", ", all)}}};";
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
