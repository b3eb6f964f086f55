using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;

namespace HGQ.HlsEmit.Projects;

/// <summary>The body of a process that works position by position: it keeps the last positions in a shift register, and calls the layer's function for one position.</summary>
internal sealed class PositionProcess(LayerUnit unit, PositionForm form, BufferLayouts layouts, StreamPlan plan)
{
    private CppDialect Dialect => layouts.Names.Dialect;

    /// <summary>The statements.</summary>
    /// <param name="port">The input port that the layer reads; null where a stream brings a buffer.</param>
    public IEnumerable<string> Lines(PortTokens? port)
    {
        var all = form.Ends.All(ends => ends);
        var sent = (port is null ? Window() : []).Concat(Send(port)).Select(line => (line[0] == '#' ? "" : all ? "    " : "      ") + line);
        return
        [
            .. Before(),
            .. Dialect.Loop(
                Invariant($"  for (int n = 0; n < {form.Comes.Count}; n++)"),
                new LoopDirectives(false, unit.Pipelining.Interval),
                [
                    .. (port is null ? Arrive() : Receive(port)).Select(line => (line[0] == '#' ? "" : "    ") + line),
                    .. all ? sent : ["    if (ends[n]) {", .. sent, "    }"],
                ]),
        ];
    }

    private static string Invariant(System.FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Table(string name, IReadOnlyList<bool> values) =>
        Invariant($"  static const bool {name}[{values.Count}] = {{{string.Join(", ", values.Select(value => value ? 1 : 0))}}};");

    private IEnumerable<string> Before()
    {
        if (form.Source is not null)
        {
            yield return Invariant($"  {plan.LineOf(form).StructName} line[{form.Length}];");
            foreach (var directive in Dialect.Partition("line"))
            {
                yield return directive;
            }
        }

        foreach (var (name, values) in new[] { ("comes", form.Comes), ("ends", form.Ends) }.Where(table => !table.Item2.All(value => value)))
        {
            yield return Table(name, values);
        }

        yield return "#ifndef __SYNTHESIS__";
        yield return $"  {layouts[form.Result].StructName} {layouts[form.Result].Variable};";
        yield return $"  int {PositionLoop.Variable} = 0;";
        yield return "#endif";
    }

    /// <summary>The next position comes in behind the others.</summary>
    private IEnumerable<string> Arrive()
    {
        var (stream, line) = (plan.To(unit.Name, form.Source!.Value), plan.LineOf(form));
        var newest = Invariant($"line[{form.Length - 1}]");
        if (form.Length > 1)
        {
            foreach (var shifted in Dialect.Loop(
                Invariant($"for (int i = 0; i < {form.Length - 1}; i++)"), LoopDirectives.Unrolled, ["  line[i] = line[i + 1];"]))
            {
                yield return shifted;
            }
        }

        if (form.Line == form.Source)
        {
            yield return $"{newest} = {stream.Name}.read();";
            yield break;
        }

        var channels = Enumerable.Range(0, line.Cut.Channels).Where(line.HasWire).ToArray();
        var padding = form.Comes.Select((comes, n) => (comes, n)).FirstOrDefault(position => !position.comes);
        var isPadded = form.Comes.Contains(false);
        if (isPadded)
        {
            yield return "if (comes[n]) {";
        }

        yield return $"  const {stream.Tokens.StructName} {BufferTokens.Variable} = {stream.Name}.read();";
        foreach (var channel in channels)
        {
            yield return "  " + line.Set(newest, channel, type => stream.Tokens.Value(BufferTokens.Variable, channel, type));
        }

        if (isPadded)
        {
            yield return "} else {";
            foreach (var channel in channels)
            {
                var constant = line.Wires.Interval((padding.n * line.Cut.Channels) + channel).Low;
                yield return "  " + line.Set(newest, channel, type => Dialect.Typed(type, constant));
            }

            yield return "}";
        }
    }

    private IEnumerable<string> Receive(PortTokens port) =>
    [
        $"const {port.StructName} e = {port.Stream}.read();",
        Invariant($"{port.Port.Name}_t y[{layouts[form.Output].Length}];"),
        .. Dialect.Partition("y"),
        .. port.Unpack(alone: true),
    ];

    private IEnumerable<string> Window()
    {
        var (window, line) = (layouts[form.Input!.Value], plan.LineOf(form));
        yield return $"{window.StructName} {window.Variable};";
        for (var e = 0; e < form.Window.Count; e++)
        {
            if (window.HasWire(e))
            {
                var (position, channel) = (form.Window[e] / line.Cut.Channels, form.Window[e] % line.Cut.Channels);
                yield return $"{window.Text(window.Variable, e)} = {line.Value(Invariant($"line[{position}]"), channel, window.Type(e))};";
            }
        }
    }

    private IEnumerable<string> Send(PortTokens? port)
    {
        var (output, streams) = (layouts[form.Output], plan.Of(form.Result));
        yield return $"{output.StructName} {output.Variable};";
        yield return $"{unit.Name}({(port is null ? layouts[form.Input!.Value].Variable : "y")}, {output.Variable});";
        var tokens = streams[0].Tokens;
        yield return $"{tokens.StructName} {BufferTokens.Variable};";
        foreach (var channel in Enumerable.Range(0, tokens.Cut.Channels).Where(tokens.HasWire))
        {
            yield return tokens.Set(
                BufferTokens.Variable, channel, type => tokens.Cast(type, output.Type(channel), output.Text(output.Variable, channel)));
        }

        foreach (var stream in streams)
        {
            yield return $"{stream.Name}.write({BufferTokens.Variable});";
        }

        yield return "#ifndef __SYNTHESIS__";
        foreach (var line in tokens.Taken())
        {
            yield return line;
        }

        yield return $"{PositionLoop.Variable}++;";
        yield return "#endif";
    }
}
