using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;
using HGQ.Model.Program.Positions;

namespace HGQ.HlsEmit.Projects;

/// <summary>A process of the top function: it reads streams, calls one layer and writes streams.</summary>
/// <param name="Name">Name of its function.</param>
/// <param name="Parameters">Its streams, as C++.</param>
/// <param name="Lines">Body, directives included.</param>
/// <param name="Call">The call that the top function makes.</param>
/// <param name="Probes">What the test bench sees of it: statements.</param>
internal sealed record StreamProcess(string Name, string Parameters, IReadOnlyList<string> Lines, string Call, IReadOnlyList<string> Probes)
{
    /// <summary>Directives before its function.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];
}

/// <summary>
/// The top function of a project with streams. A process holds the wires of one sample: it fills them position by position, calls
/// the layer's function as it is, and sends the results position by position.
/// </summary>
internal sealed class StreamTop(IntegerProgram program, BufferLayouts layouts, StreamPlan plan, HlsOptions options,
    IReadOnlyList<LayerUnit> units, ProbePlan probes)
{
    private CppDialect Dialect => layouts.Names.Dialect;

    /// <summary>Input ports by name.</summary>
    public IReadOnlyDictionary<string, PortTokens> Inputs => plan.Inputs;

    /// <summary>Output ports in the program's order.</summary>
    public IReadOnlyList<PortTokens?> Outputs => plan.Outputs;

    /// <summary>Parameters of the top function.</summary>
    public IEnumerable<string> Parameters => plan.Inputs.Values.Concat(plan.Outputs.OfType<PortTokens>())
        .Select(port => $"{Dialect.Channel($"{options.Namespace}::{port.StructName}")} &{port.Port.Name}");

    /// <summary>The structs of what the streams carry.</summary>
    public IEnumerable<object> Tokens => plan.Tokens.Select(tokens => new
    {
        Name = tokens.StructName,
        tokens.Bits,
        Count = tokens.Cut.Count,
        Members = tokens.Members.Select(member => $"{member.Type} {string.Join(", ", member.Names)};").ToArray(),
    });

    /// <summary>The streams between the processes, with their directives.</summary>
    public IEnumerable<object> Streams => plan.Streams.Select(stream => new
    {
        Declaration = Dialect.LocalChannel($"{options.Namespace}::{stream.Tokens.StructName}", stream.Name),
        Pragmas = Dialect.OfLocalChannel(stream.Name, stream.Depth).ToArray(),
    });

    /// <summary>All processes in the order they run.</summary>
    public IEnumerable<StreamProcess> Processes => units.Where(unit => unit.Body.Count > 0).Select(Layer)
        .Concat(plan.Inputs.Values.Where(port => !units.Any(unit => unit.Ports.Contains(port.Port.Name))).Select(Discard))
        .Concat(Enumerable.Range(0, program.Outputs.Length).Where(o => plan.Outputs[o] is not null).Select(Result));

    /// <summary>Whether the codes of an output go into its stream as they come, without the port's common type.</summary>
    public bool SendsDirectly(int output)
    {
        var (port, buffer) = (plan.Outputs[output], program.Outputs[output].Buffer);
        return port is { IsRegular: true } && layouts[buffer].HasWires && port.Cut == plan.To(port.Port.Name, buffer).Tokens.Cut;
    }

    private static string Array(PortType port) => string.Create(CultureInfo.InvariantCulture, $"  {port.Name}_t {port.Name}[{port.Length}];");

    private IEnumerable<string> Positions(TokenCut cut, Func<string, IEnumerable<string>> lines) => cut.Count == 1
        ? lines("").Select(line => "  " + line)
        : Dialect.Loop(
            string.Create(CultureInfo.InvariantCulture, $"  for (int p = 0; p < {cut.Count}; p++)"),
            LoopDirectives.EachClock,
            lines(", p").Select(line => "    " + line));

    private StreamProcess Layer(LayerUnit unit)
    {
        var name = plan.ProcessOf[unit.Name];
        var inputs = unit.Ports.Select(port => plan.Inputs[port]).ToArray();
        var reads = unit.Receives.Select(buffer => plan.To(unit.Name, buffer)).ToArray();
        var writes = unit.Sends.SelectMany(buffer => plan.Of(buffer)).ToArray();
        return new StreamProcess(
            name,
            string.Join(", ", inputs.Select(Parameter).Concat(reads.Concat(writes).Select(Parameter))),
            [.. unit.Position is { } form ? new PositionProcess(unit, form, layouts, plan).Lines(inputs.FirstOrDefault())
                : Sample(unit, inputs, reads, writes)],
            Call(name, inputs.Select(port => port.Port.Name).Concat(reads.Concat(writes).Select(stream => stream.Name))),
            unit.Sends.Select(buffer => string.Create(
                CultureInfo.InvariantCulture, $"probe({layouts[buffer].Variable}, probes + {probes.Buffers[buffer]});")).ToArray())
        {
            Before = [.. Dialect.BeforeProcess(Form(unit, inputs, reads, writes))],
        };
    }

    /// <summary>Takes a whole sample, calls the layer's function, sends a whole sample.</summary>
    private IEnumerable<string> Sample(LayerUnit unit, PortTokens[] inputs, PlannedStream[] reads, PlannedStream[] writes)
    {
        var lines = new List<string>(inputs.SelectMany(port => new[] { Array(port.Port) }.Concat(Dialect.Partition(port.Port.Name))));
        foreach (var wires in unit.Reads.Concat(unit.Writes).Select(buffer => layouts[buffer]))
        {
            lines.AddRange([$"  {wires.StructName} {wires.Variable};", .. StructWriter.Partitions(wires)]);
        }

        lines.AddRange(inputs.SelectMany(port => Positions(port.Cut, p => [$"unpack({port.Stream}.read(){p}, {port.Port.Name});"])));
        lines.AddRange(reads.SelectMany(stream => stream.Tokens.Read(stream.Name)));
        lines.Add($"  {unit.Name}({string.Join(", ", inputs.Select(port => port.Port.Name).Concat(unit.Reads.Concat(unit.Writes).Select(buffer => layouts[buffer].Variable)))});");
        foreach (var buffer in unit.Writes.Where(buffer => plan.Of(buffer).Count > 0))
        {
            lines.AddRange(plan.Of(buffer)[0].Tokens.Write([.. plan.Of(buffer).Select(stream => stream.Name)]));
        }

        return [.. Dialect.InFunction(Form(unit, inputs, reads, writes)), .. lines];
    }

    // A process without a loop over positions is a pipeline itself.
    private static FunctionDirectives Form(LayerUnit unit, PortTokens[] inputs, PlannedStream[] reads, PlannedStream[] writes) =>
        unit.Position is null && inputs.All(port => port.Cut.Count == 1) && reads.Concat(writes).All(stream => stream.Tokens.Cut.Count == 1)
            ? unit.Pipelining.OfLayer(unit.Functions.Exists(function => function.HasLoop))
            : FunctionDirectives.Free;

    /// <summary>Takes what no layer reads out of its port, so that its sender does not wait.</summary>
    private StreamProcess Discard(PortTokens port) => new(
        "discard", Parameter(port), [.. Positions(port.Cut, _ => [$"{port.Stream}.read();"])], Call("discard", [port.Port.Name]), [])
    {
        Before = [.. Dialect.BeforeProcess(FunctionDirectives.Free)],
    };

    private StreamProcess Result(int output)
    {
        var (port, wires) = (plan.Outputs[output]!, layouts[program.Outputs[output].Buffer]);
        var stream = wires.HasWires ? plan.To(port.Port.Name, program.Outputs[output].Buffer) : null;
        var parameters = stream is null ? Parameter(port) : $"{Parameter(stream)}, {Parameter(port)}";
        string[] arguments = stream is null ? [port.Port.Name] : [stream.Name, port.Port.Name];
        var lines = SendsDirectly(output) ? Direct(stream!, port) : Whole(port, wires, stream);
        return new StreamProcess(plan.ResultProcesses[output], parameters, [.. lines], Call(plan.ResultProcesses[output], arguments), [])
        {
            Before = [.. Dialect.BeforeProcess(FunctionDirectives.Free)],
        };
    }

    // Where a channel has one format, its code is what the stream brings.
    private IEnumerable<string> Direct(PlannedStream stream, PortTokens port) => Positions(port.Cut, _ =>
    [
        $"const {stream.Tokens.StructName} {BufferTokens.Variable} = {stream.Name}.read();",
        $"{port.StructName} e;",
        .. port.Fill((channel, type) => stream.Tokens.Value(BufferTokens.Variable, channel, type)),
        $"{port.Stream}.write(e);",
    ]);

    private IEnumerable<string> Whole(PortTokens port, BufferWires wires, PlannedStream? stream)
    {
        var lines = new List<string>([Array(port.Port), .. Dialect.Partition(port.Port.Name)]);
        if (stream is not null)
        {
            lines.AddRange([$"  {wires.StructName} {wires.Variable};", .. StructWriter.Partitions(wires),
                .. stream.Tokens.Read(stream.Name)]);
        }

        lines.Add($"  write_{port.Port.Name}({(stream is null ? "" : wires.Variable + ", ")}{port.Port.Name});");
        lines.AddRange(Positions(port.Cut, p => [$"{port.StructName} element;", $"pack({port.Port.Name}{p}, element);", $"{port.Stream}.write(element);"]));
        return lines;
    }

    private string Call(string name, IEnumerable<string> arguments) => $"{options.Namespace}::{name}({string.Join(", ", arguments)});";

    private string Parameter(PortTokens port) => $"{Dialect.Channel(port.StructName)} &{port.Stream}";

    private string Parameter(PlannedStream stream) => $"{Dialect.Channel(stream.Tokens.StructName)} &{stream.Name}";
}
