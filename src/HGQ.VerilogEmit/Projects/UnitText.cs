using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Naming;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Plans;
using static System.FormattableString;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What the template of a unit's module prints.</summary>
internal static class UnitText
{
    private const int Indent = 4;

    /// <summary>The members of the template.</summary>
    public static object Model(UnitPlan plan, StreamDesign design, UnitHardware hardware)
    {
        var line = plan.Unit.Line;
        var inputs = plan.Unit.Inputs.Select((input, n) => (Name: Invariant($"s{n}"), Stream: design.Streams[input.Stream])).ToArray();
        var storage = new UnitLines(plan, [.. inputs.SelectMany(input => Elements(input.Name, input.Stream))]);
        var names = Signals(plan, storage);
        int[] results = [.. plan.Unit.Pipelined.Outputs.SelectMany(port => port.Elements).SelectMany(element => element.Signals)];
        return new
        {
            plan.Module,
            Comment = NameText.Comment(plan.Unit.Name),
            Positions = line.Comes.Length,
            HasPadding = line.Padding.Length > 0,
            Window = line.Length,
            line.Results,
            Cost = Invariant($"{hardware.Circuit.Luts} LUTs; registers: {hardware.Circuit.Registers} between stages, ")
                + Invariant($"{hardware.LineRegisters} of the window, {hardware.ControlRegisters} of control; ")
                + Invariant($"{hardware.MemoryBits} bits of memory"),
            Inputs = inputs.Select((input, n) => new
            {
                input.Name,
                High = TopText.Wires(input.Stream.Width) - 1,
                Ready = string.Join(" && ", new[] { "go" }.Concat(Comes(line) ? [] : new[] { "comes" })
                    .Concat(inputs.Where((_, other) => other != n).Select(other => other.Name + "_valid"))),
            }).ToArray(),
            OutputHigh = TopText.Wires(results.Length) - 1,
            plan.IsLast,
            CounterLines = Counters(plan, string.Join(" && ", inputs.Select(input => input.Name + "_valid"))),
            StorageLines = storage.Lines,
            Layers = plan.Layers.Select(layer => TopText.Layer(layer, names)).ToArray(),
            OutputData = results.Length == 0 ? "1'b0" : names.Join(results, Indent),
            ValidLines = Valid(plan),
        };
    }

    private static bool Comes(PositionLine line) => line.Comes.All(comes => comes);

    // The bits of what a stream brings, element by element.
    private static IEnumerable<(Bit[] Bits, bool Signed)> Elements(string name, TokenStream stream)
    {
        int low = 0;
        foreach (var format in stream.Formats)
        {
            int first = low;
            low += StreamPlan.Width(format);
            yield return ([.. Enumerable.Range(first, low - first).Select(bit => new Bit(name + "_data", bit))], format.Signed);
        }
    }

    private static SignalNames Signals(UnitPlan plan, UnitLines storage)
    {
        var places = new Dictionary<(int, int), (int Group, int Index)>();
        for (int group = 0; group < plan.Storage.Groups.Length; group++)
        {
            var bits = plan.Storage.Groups[group].Bits;
            for (int index = 0; index < bits.Length; index++)
            {
                places[(bits[index].Channel, bits[index].Bit)] = (group, index);
            }
        }

        var names = new SignalNames();
        var line = plan.Unit.Line;
        var elements = plan.Unit.Pipelined.Inputs.SelectMany(port => port.Elements).ToArray();
        for (int w = 0; w < elements.Length; w++)
        {
            int slot = line.Window[w] / line.Formats.Length, channel = line.Window[w] % line.Formats.Length;
            for (int bit = 0; bit < elements[w].Signals.Length; bit++)
            {
                // What the circuit does not read at this place may not be kept there.
                if (places.TryGetValue((channel, bit), out var place)
                    && plan.Storage.Groups[place.Group].Steps.Any(step => step.Slot == slot))
                {
                    names[elements[w].Signals[bit]] = storage.At(place.Group, place.Index, slot);
                }
            }
        }

        foreach (var layer in plan.Layers)
        {
            names.Vector(layer.Identifier + "_y", layer.Gives);
        }

        return names;
    }

    private static List<string> Counters(UnitPlan plan, string valid)
    {
        var (grid, line) = (plan.Grid, plan.Unit.Line);
        bool comes = Comes(line), ends = line.Ends.All(end => end);
        List<string> lines = [], moves = [];
        int rowBits = PositionGrid.Bits(grid.Rows), columnBits = PositionGrid.Bits(grid.Columns);
        if (rowBits + columnBits > 0)
        {
            lines.Add("  // The position that is next: whether it comes from the stream, and whether a window is complete with it.");
        }

        string atEnd = columnBits == 0 ? "" : Invariant($"column == {columnBits}'d{grid.Columns - 1}");
        if (columnBits > 0)
        {
            lines.Add(Invariant($"  reg [{columnBits - 1}:0] column = {columnBits}'d0;"));
            moves.Add(Invariant($"      column <= {atEnd} ? {columnBits}'d0 : column + {columnBits}'d1;"));
        }

        if (rowBits > 0)
        {
            lines.Add(Invariant($"  reg [{rowBits - 1}:0] row = {rowBits}'d0;"));
            moves.Add((atEnd.Length == 0 ? "      " : $"      if ({atEnd}) ")
                + Invariant($"row <= row == {rowBits}'d{grid.Rows - 1} ? {rowBits}'d0 : row + {rowBits}'d1;"));
        }

        lines.AddRange(Table("comes", grid.RowComes, grid.ColumnComes, comes));
        lines.AddRange(Table("ends", grid.RowEnds, grid.ColumnEnds, ends));
        string all = valid.Contains('&', System.StringComparison.Ordinal) ? $"({valid})" : valid;
        lines.Add(comes ? $"  wire step = go && {valid};" : $"  wire step = go && (!comes || {all});");
        if (moves.Count > 0)
        {
            string[] resets = [.. new[] { ("column", columnBits), ("row", rowBits) }.Where(counter => counter.Item2 > 0)
                .Select(counter => Invariant($"      {counter.Item1} <= {counter.Item2}'d0;"))];
            lines.AddRange(
                ["  always @(posedge clk)", "    if (!resetn) begin", .. resets, "    end else if (step) begin", .. moves, "    end"]);
        }

        return lines;
    }

    private static IEnumerable<string> Table(string name, EquatableArray<bool> rows, EquatableArray<bool> columns, bool always)
    {
        if (always)
        {
            yield break;
        }

        var parts = new List<string>();
        foreach (var (counter, values) in new[] { ("row", rows), ("column", columns) }.Where(table => table.Item2.Any(value => !value)))
        {
            string table = $"{counter}_{name}".ToUpper(CultureInfo.InvariantCulture);
            var digits = new StringBuilder();
            foreach (bool value in values.Reverse())
            {
                digits.Append(value ? '1' : '0');
            }

            yield return Invariant($"  localparam [{values.Length - 1}:0] {table} = {values.Length}'b{digits};");
            parts.Add($"{table}[{counter}]");
        }

        yield return $"  wire {name} = {string.Join(" && ", parts)};";
    }

    private static List<string> Valid(UnitPlan plan)
    {
        int latency = plan.Unit.Pipelined.Latency;
        string ends = plan.Unit.Line.Ends.All(end => end) ? "step" : "step && ends";
        List<string> lines =
        [
            Invariant($"  reg [{latency}:0] valid = {latency + 1}'d0;"),
            "  always @(posedge clk)",
            Invariant($"    if (!resetn) valid <= {latency + 1}'d0;"),
            $"    else if (go) valid <= {Shifted("valid", latency, ends)};",
            Invariant($"  assign m_valid = valid[{latency}];"),
        ];
        if (plan.IsLast)
        {
            lines.AddRange(Last(plan, latency));
        }

        return lines;
    }

    private static IEnumerable<string> Last(UnitPlan plan, int latency)
    {
        if (plan.Unit.Line.Results == 1)
        {
            return ["  assign m_last = 1'b1;"];
        }

        int last = System.Array.LastIndexOf(plan.Unit.Line.Ends.ToArray(), true), columns = plan.Grid.Columns;
        int rowBits = PositionGrid.Bits(plan.Grid.Rows), columnBits = PositionGrid.Bits(columns);
        string[] parts =
        [
            .. rowBits > 0 ? new[] { Invariant($"row == {rowBits}'d{last / columns}") } : [],
            .. columnBits > 0 ? new[] { Invariant($"column == {columnBits}'d{last % columns}") } : [],
        ];
        return
        [
            Invariant($"  reg [{latency}:0] last = {latency + 1}'d0;"),
            $"  always @(posedge clk) if (go) last <= {Shifted("last", latency, string.Join(" && ", parts))};",
            Invariant($"  assign m_last = last[{latency}];"),
        ];
    }

    private static string Shifted(string name, int latency, string first) =>
        latency == 0 ? first : Invariant($"{{{name}[{latency - 1}:0], {first}}}");
}
