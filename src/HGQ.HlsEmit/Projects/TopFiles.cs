using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
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
        Pragmas = Pragmas().ToArray(),
        Streams = Stream is not null,
        // A process of its own: nothing but calls of functions that stay functions may stand in a dataflow region.
        Dataflow = options.PipelineStyle == HlsPipelineStyle.Dataflow && Stream is null,
        Tokens = Stream?.Tokens.ToArray() ?? [],
        Processes = Stream?.Processes.ToArray() ?? [],
        Locals = Stream?.Streams.ToArray() ?? units.SelectMany(unit => unit.Writes).Select(buffer => new
        {
            Declaration = $"{options.Namespace}::{layouts[buffer].StructName} {layouts[buffer].Variable};",
            Pragmas = StructWriter.Partitions(layouts[buffer], options.Tool).ToArray(),
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

    private static object Port(PortType port, string modes, int offset, PortTokens? tokens, BusTop? bus) => new
    {
        Bus = bus?.Port(port.Name),
        port.Name,
        port.Length,
        Type = port.Cpp(modes),
        Raw = port.Raw.Cpp,
        port.Width,
        Offset = offset,
        Stream = tokens?.Stream,
        Element = tokens?.StructName,
        Positions = tokens?.Cut.Count ?? 0,
        Members = tokens?.Members(modes).ToArray() ?? [],
        Pack = tokens?.Pack().ToArray() ?? [],
        Unpack = tokens?.Unpack().ToArray() ?? [],
        IsUniform = Enumerable.Range(0, port.Length).All(e => port.Format(e) == port.Format(0)),
        Low = Enumerable.Range(0, port.Length).Select(port.Low).ToArray(),
        Formats = Enumerable.Range(0, port.Length).Select(e => port.Format(e)).GroupBy(f => f)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} x {group.Key}")).ToArray(),
    };

    private IEnumerable<string> Parameters() => Stream?.Parameters ?? ports.Inputs.Where(port => port.Type.Exists)
        .Select(port => $"const {options.Namespace}::{port.Type.Name}_t {port.Type.Name}[{Number(port.Type.Length)}]")
        .Concat(ports.Outputs.Where(port => port.Exists).Select(port => $"{options.Namespace}::{port.Name}_t {port.Name}[{Number(port.Length)}]"));

    private IEnumerable<string> Pragmas()
    {
        var inputs = ports.Inputs.Where(port => port.Type.Exists).Select(port => port.Type.Name).ToArray();
        var outputs = ports.Outputs.Where(port => port.Exists).Select(port => port.Name).ToArray();
        foreach (var name in Stream is null ? inputs.Concat(outputs) : [])
        {
            yield return $"#pragma HLS ARRAY_PARTITION variable={name} complete";
        }

        // A bus has a function of its own around this one.
        foreach (var pragma in options.Bus == HlsBus.None ? Interfaces(inputs, outputs) : [])
        {
            yield return pragma;
        }

        if (options.Bus == HlsBus.Packed && options.PipelineStyle != HlsPipelineStyle.Dataflow)
        {
            yield return "#pragma HLS INLINE";
            yield break;
        }

        if (options.PipelineStyle != HlsPipelineStyle.None)
        {
            yield return options.PipelineStyle == HlsPipelineStyle.Pipeline ? $"#pragma HLS PIPELINE II={Number(options.ReuseFactor)}" : "#pragma HLS DATAFLOW";
        }
    }

    private IEnumerable<string> Interfaces(string[] inputs, string[] outputs)
    {
        var (input, output) = Stream is not null ? ("axis", "axis") : ("ap_none", options.PortProtocol == HlsPortProtocol.Valid ? "ap_vld" : "ap_none");
        return inputs.Select(name => $"#pragma HLS INTERFACE {input} port={name}")
            .Concat(outputs.Select(name => $"#pragma HLS INTERFACE {output} port={name}"))
            .Append($"#pragma HLS INTERFACE {BusTop.Control(options)} port=return");
    }

    private IEnumerable<string> Arguments(LayerUnit unit) => ports.Inputs
        .Where(port => unit.Ports.Contains(port.Type.Name))
        .Select(port => port.Type.Name)
        .Concat(unit.Reads.Concat(unit.Writes).Select(buffer => layouts[buffer].Variable));

    private object Result(PortType port, ProgramOutput output)
    {
        var wires = layouts[output.Buffer];
        var uniform = wires.HasWires && wires.IsArray && wires.Period == 1 && Enumerable.Range(0, port.Length).All(e => port.Format(e) == port.Format(0));
        return new
        {
            port.Name,
            Struct = wires.HasWires ? $"{options.Namespace}::{wires.StructName}" : null,
            wires.Variable,
            port.Length,
            Loop = uniform ? string.Create(CultureInfo.InvariantCulture, $"for (int p = 0; p < {port.Length}; p++)") : "",
            Lines = Enumerable.Range(0, uniform ? 1 : port.Length).Select(e => ResultLine(port, wires, e, uniform)).ToArray(),
        };
    }

    private static string ResultLine(PortType port, BufferWires wires, int element, bool uniform)
    {
        var index = uniform ? PositionLoop.Variable : Number(element);
        var operand = uniform
            ? new Operand(wires.Text("x", 0, PositionLoop.Variable), wires.Type(0), wires.Hull(0, new PositionRange(1, wires.Length)))
            : wires.Read("x", element);
        var raw = operand.IsConstant ? CppLiteral.Typed(port.Raw, operand.Interval.Low) : operand.Type == port.Raw ? operand.Text : $"{port.Raw.Cpp}({operand.Text})";
        if (port.Low(element) > 0)
        {
            raw = $"{(operand.Type == port.Raw && !operand.IsConstant ? $"{port.Raw.Cpp}({raw})" : raw)} << {Number(port.Low(element))}";
        }

        return $"y[{index}].range({Number(port.Width - 1)}, 0) = {raw};";
    }

    private int CodeOffset(InputPortPlan port) => program.CodePorts.TakeWhile(p => p != port.Instruction).Sum(p => program.Buffers[p.Destination].Length);

    private int ResultOffset(int output) => program.Outputs.Take(output).Sum(o => program.Buffers[o.Buffer].Length);
}
