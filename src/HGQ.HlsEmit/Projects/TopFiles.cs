using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.Naming;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>What the templates of the top function, of the port types and of the test bench print.</summary>
internal sealed class TopFiles(IntegerProgram program, BufferLayouts layouts, PortPlan ports, HlsOptions options, List<LayerUnit> units,
    StreamPlan? streams, BusTop? bus)
{
    private readonly ProbePlan _probes = ProbePlan.For(program, layouts, units);

    private StreamTop? Stream => streams is null ? null : field ??= new StreamTop(program, layouts, streams, options, units, _probes);

    private CppDialect Dialect => layouts.Names.Dialect;

    // A process of its own: nothing but calls of functions that stay functions may stand in a dataflow region.
    private bool IsApart => options.PipelineStyle == HlsPipelineStyle.Dataflow && Stream is null;

    /// <summary>The model of all these templates.</summary>
    public object Model() => new
    {
        Top = options.TopName,
        Model = NameText.Comment(program.Name),
        options.Namespace,
        Guard = layouts.Names.Guard($"HGQ_{options.TopName}_H"),
        TypesGuard = layouts.Names.Guard($"HGQ_{options.TopName}_TYPES_H"),
        Units = units.ConvertAll(unit => unit.Name),
        Inputs = ports.Inputs.Where(port => port.Type.Exists).Select(port => Port(port.Type, port.Modes(options.InputOverflow), CodeOffset(port), Stream?.Inputs[port.Type.Name], bus)).ToArray(),
        Outputs = ports.Outputs.Select((port, index) => (port, index)).Where(p => p.port.Exists).Select(p => Port(p.port, "", ResultOffset(p.index), Stream?.Outputs[p.index], bus)).ToArray(),
        Parameters = string.Join(", ", Parameters()),
        Before = Dialect.BeforeTop(Directives()).ToArray(),
        Pragmas = Dialect.InTop(Directives()).ToArray(),
        ResultPragmas = Dialect.InFunction(IsApart ? new FunctionDirectives(FunctionForm.Apart) : FunctionDirectives.Inlined).ToArray(),
        Dialect.IntegerHeader,
        Dialect.FixedHeader,
        Dialect.ChannelHeader,
        Streams = Stream is not null,
        Tokens = Stream?.Tokens.ToArray() ?? [],
        Processes = Stream?.Processes.ToArray() ?? [],
        Locals = Stream?.Streams.ToArray() ?? units.SelectMany(unit => unit.Writes).Select(buffer => new
        {
            Declaration = $"{options.Namespace}::{layouts[buffer].StructName} {layouts[buffer].Variable};",
            Pragmas = StructWriter.Partitions(layouts[buffer]).ToArray(),
        }).ToArray(),
        Calls = units.Where(unit => unit.Body.Count > 0).Select(unit => $"{options.Namespace}::{unit.Name}({string.Join(", ", Arguments(unit))});").ToArray(),
        Results = ports.Outputs.Select((port, index) => (port, index)).Where(p => p.port.Exists && Stream?.SendsDirectly(p.index) != true).Select(p => Result(p.port, program.Outputs[p.index])).ToArray(),
        Unused = ports.Inputs.Where(port => port.Type.Exists && !units.Exists(unit => unit.Ports.Contains(port.Type.Name))).Select(port => port.Type.Name).ToArray(),
        Probes = _probes.Buffers.Select(p => $"{options.Namespace}::probe({layouts[p.Key].Variable}, {options.Namespace}::probes + {Number(p.Value)});").ToArray(),
        ProbeSize = _probes.Size,
        Folds = units.Where(unit => unit.Fold is not null)
            .Select(unit => new { Literal = CppLiteral.Text(unit.Layer), unit.Fold!.Plan.Phases }).ToArray(),
        Bus = bus is null ? null : BusTop.Word(options.Bus),
        Wrapper = bus?.Name ?? options.TopName,
        Codes = program.InputCodeSize,
        ResultSize = program.OutputSize,
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private object Port(PortType port, string modes, int offset, PortTokens? tokens, BusTop? bus) => new
    {
        Bus = bus?.Port(port.Name),
        port.Name,
        port.Length,
        Type = port.Cpp(modes),
        Raw = port.RawCpp,
        port.Width,
        Offset = offset,
        Fill = port.Dialect.SetBits($"{port.Name}[e]", port.Raw, string.Create(
            CultureInfo.InvariantCulture, $"{port.RawCpp}(codes[{offset} + e]){(IsUniform(port) ? "" : $" << {port.Name}_low[e]")}")),
        Code = port.Dialect.Bits($"{port.Name}[e]", 0, port.Raw, port.Raw),
        Channel = tokens is null ? null : port.Dialect.ChannelVariable($"{options.Namespace}::{tokens.StructName}", tokens.Stream),
        Stream = tokens?.Stream,
        Element = tokens?.StructName,
        Positions = tokens?.Cut.Count ?? 0,
        Members = tokens?.Members(modes).ToArray() ?? [],
        Pack = tokens?.Pack().ToArray() ?? [],
        Unpack = tokens?.Unpack().ToArray() ?? [],
        IsUniform = IsUniform(port),
        Low = Enumerable.Range(0, port.Length).Select(port.Low).ToArray(),
        Formats = Enumerable.Range(0, port.Length).Select(e => port.Format(e)).GroupBy(f => f)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} x {group.Key}")).ToArray(),
    };

    private static bool IsUniform(PortType port) => Enumerable.Range(0, port.Length).All(e => port.Format(e) == port.Format(0));

    private IEnumerable<string> Parameters() => Stream?.Parameters ?? ports.Inputs.Where(port => port.Type.Exists)
        .Select(port => $"const {options.Namespace}::{port.Type.Name}_t {port.Type.Name}[{Number(port.Type.Length)}]")
        .Concat(ports.Outputs.Where(port => port.Exists).Select(port => $"{options.Namespace}::{port.Name}_t {port.Name}[{Number(port.Length)}]"));

    // A bus has a function of its own around this one; packed, it is a part of that.
    private TopDirectives Directives() => new(
        ports.Inputs.Where(port => port.Type.Exists).Select(port => port.Type.Name).ToArray(),
        ports.Outputs.Where(port => port.Exists).Select(port => port.Name).ToArray(),
        Stream is not null,
        options.Bus == HlsBus.None ? new TopInterface(options.PortProtocol, BusTop.Control(options)) : null,
        options.Bus == HlsBus.Packed && options.PipelineStyle != HlsPipelineStyle.Dataflow ? null : options.PipelineStyle,
        options.ReuseFactor);

    private IEnumerable<string> Arguments(LayerUnit unit) => ports.Inputs
        .Where(port => unit.Ports.Contains(port.Type.Name))
        .Select(port => port.Type.Name)
        .Concat(unit.Reads.Concat(unit.Writes).Select(buffer => layouts[buffer].Variable));

    private object Result(PortType port, ProgramOutput output)
    {
        var wires = layouts[output.Buffer];
        var uniform = wires.HasWires && wires.IsArray && wires.Period == 1 && IsUniform(port);
        var head = string.Create(CultureInfo.InvariantCulture, $"  for (int p = 0; p < {port.Length}; p++)");
        var lines = Enumerable.Range(0, uniform ? 1 : port.Length).Select(e => ResultLine(port, wires, e, uniform)).ToArray();
        return new
        {
            port.Name,
            Struct = wires.HasWires ? $"{options.Namespace}::{wires.StructName}" : null,
            wires.Variable,
            port.Length,
            Lines = uniform ? Dialect.Loop(head, LoopDirectives.Unrolled, lines).ToArray() : lines,
        };
    }

    private static string ResultLine(PortType port, BufferWires wires, int element, bool uniform)
    {
        var index = uniform ? PositionLoop.Variable : Number(element);
        var operand = uniform
            ? new Operand(wires.Text("x", 0, PositionLoop.Variable), wires.Type(0), wires.Hull(0, new PositionRange(1, wires.Length)))
            : wires.Read("x", element);
        var raw = operand.IsConstant ? port.Dialect.Typed(port.Raw, operand.Interval.Low)
            : operand.Type == port.Raw ? operand.Text : $"{port.RawCpp}({operand.Text})";
        if (port.Low(element) > 0)
        {
            raw = $"{(operand.Type == port.Raw && !operand.IsConstant ? $"{port.RawCpp}({raw})" : raw)} << {Number(port.Low(element))}";
        }

        return "  " + port.Dialect.SetBits($"y[{index}]", port.Raw, raw);
    }

    private int CodeOffset(InputPortPlan port) => program.CodePorts.TakeWhile(p => p != port.Instruction).Sum(p => program.Buffers[p.Destination].Length);

    private int ResultOffset(int output) => program.Outputs.Take(output).Sum(o => program.Buffers[o.Buffer].Length);
}
