using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Reporting;
using HGQ.HlsEmit.Text;
using HGQ.HlsEmit.Vectors;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.HlsEmit.Projects;

/// <summary>Turns a program into the files of a project.</summary>
internal sealed class ProjectBuilder
{
    /// <summary>Most codes and results in the vectors, so that a large network does not fill the disk.</summary>
    private const int MostVectorValues = 1_500_000;

    /// <summary>Characters of a function's name that the tool keeps.</summary>
    private const int LongestName = 256;

    /// <summary>Elements of an array that Vivado HLS splits without being told.</summary>
    private const int SmallestLimit = 1024;

    private const double Percent = 100;

    private readonly IntegerProgram _program;

    /// <summary>The program with the buffers of layers that work position by position.</summary>
    private readonly IntegerProgram _emitted;
    private readonly HlsOptions _options;
    private readonly TemplateRenderer _templates;
    private readonly BufferLayouts _layouts;
    private readonly PortPlan _ports;
    private readonly FoldChoice _folds;
    private readonly List<(LayerUnit Unit, List<Instruction> Instructions)> _units;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Plans layouts, layers and ports.</summary>
    public ProjectBuilder(IntegerProgram program, HlsOptions options)
    {
        _program = program;
        options = options with { IoType = PipelinePlanner.IoType(program, options) };
        _templates = new TemplateRenderer(options.TemplateDirectory);
        var names = new ProjectNames(options.TopName!, options.Namespace!, CppDialect.Of(options));
        _layouts = BufferLayouts.For(program, names);
        _ports = PortPlan.For(program, names);
        _units = UnitPlanner.Plan(program, _layouts);
        StrategyPlanner.Plan(options, _units);
        _emitted = options.IoType == HlsIoType.Stream ? PositionPlanner.Plan(program, _layouts, _units) : program;
        var planner = new PipelinePlanner(program, options, _units.ConvertAll(u => u.Unit), Dialect);
        _folds = FoldChoice.Of(program, options, _units, planner.AllowsLoops);
        _options = options with { PipelineStyle = planner.Plan(_folds) };
    }

    private CppDialect Dialect => _layouts.Names.Dialect;

    /// <summary>Emits all files.</summary>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    /// <param name="samples">Input codes of samples for the test bench beside the generated ones.</param>
    public HlsProject Build(string? modelFileText, IReadOnlyList<long[]> samples)
    {
        foreach (var (unit, instructions) in _units)
        {
            var context = new KernelContext(_emitted, _layouts, Ports(unit, instructions[0]), _options.InputOverflow, unit);
            var kernels = new InstructionKernels(context);
            instructions.ForEach(instruction => instruction.Accept(kernels));
        }

        var index = 0;
        foreach (var fold in _units.Select(entry => entry.Unit.Fold).OfType<FoldedCalls>())
        {
            fold.Index = index++;
        }

        var vectors = MakeVectors();
        AddTestBench(samples, vectors);
        var units = _units.ConvertAll(u => u.Unit);
        var streams = _options.IoType == HlsIoType.Stream ? new StreamPlan(_program, _layouts, _ports, units) : null;
        var report = ReportBuilder.Build(_program, _options, _layouts, _ports, units, _folds, vectors, streams);
        foreach (var (unit, _) in _units)
        {
            foreach (var (path, text) in new LayerFiles(unit, _layouts, _ports, _options, _templates, report).Render())
            {
                _files.Add(path, text);
            }
        }

        var bus = BusTop.For(_program, _layouts, _ports, _options, streams);
        report = report with { BusLuts = bus?.Luts };
        AddTop(streams, bus);
        AddProject(report, streams, bus, modelFileText);
        foreach (var path in _files.Keys.ToArray())
        {
            _files[path] = LongLines.Break(path, _files[path]);
        }

        return new HlsProject(_options.TopName!, _files, report);
    }

    // At one position a port has its channels only.
    private IReadOnlyDictionary<int, PortType> Ports(LayerUnit unit, Instruction first) => unit.Position is null || first is not QuantizeInputInstruction input
        ? _ports.InputOf
        : new Dictionary<int, PortType> { [input.Destination] = new PortType(_ports.Inputs.First(port => port.Instruction.Layer == input.Layer && port.Instruction.Input == input.Input).Type.Name, _emitted.Buffers[input.Destination].Formats, Dialect) };

    private void AddTop(StreamPlan? streams, BusTop? bus)
    {
        var name = _options.TopName!;
        var model = new TopFiles(_program, _layouts, _ports, _options, _units.ConvertAll(u => u.Unit), streams, bus).Model();
        _files.Add("firmware/types.h", _templates.Render("firmware/types.h.sbn", model));
        _files.Add($"firmware/{name}.h", _templates.Render("firmware/top.h.sbn", model));
        _files.Add($"firmware/{name}.cpp", _templates.Render("firmware/top.cpp.sbn", model));
        _files.Add($"tb/{name}_tb.cpp", _templates.Render("tb/tb.cpp.sbn", model));
        if (bus is not null)
        {
            AddBus(bus);
        }
    }

    private void AddBus(BusTop bus)
    {
        var model = bus.Model();
        _files.Add($"firmware/{bus.Name}.h", _templates.Render("firmware/bus.h.sbn", model));
        _files.Add($"firmware/{bus.Name}.cpp", _templates.Render("firmware/bus.cpp.sbn", model));
        if (_options.Bus == HlsBus.AxiMaster)
        {
            _files.Add($"host/{_options.TopName}_host.cpp", _templates.Render("host/host.cpp.sbn", model));
            _files.Add($"sim/x{bus.Name}.h", _templates.Render("sim/driver.h.sbn", model));
        }
    }

    private VectorSet MakeVectors()
    {
        // What was asked for is given; the standard number is cut where samples are long. The search grows with the number.
        var most = MostVectorValues / Math.Max(1, _program.InputCodeSize + _program.OutputSize);
        var random = _options.Vectors == HlsOptions.StandardVectors ? Math.Min(_options.Vectors, most) : _options.Vectors;
        var effort = (long)((double)CornerOptions.StandardEffort * _options.Vectors / HlsOptions.StandardVectors);
        var wires = effort == 0 ? []
            : _options.IoType == HlsIoType.Stream ? WirePlan.Of(WholeSamples.Write(_program, _options, _folds.Phases))
            : WirePlan.Of(_units.Select(u => u.Unit));
        return VectorSearch.Find(_program, new CornerOptions(Random: random, OneHot: 64, Sums: 16, Effort: effort), wires);
    }

    private void AddTestBench(IReadOnlyList<long[]> samples, VectorSet vectors)
    {
        var probes = ProbePlan.For(_program, _layouts, _units.ConvertAll(u => u.Unit));
        var all = samples.Concat(vectors.Vectors.Select(vector => vector.Codes.ToArray())).ToArray();
        _files.Add("tb/vectors.dat", VectorFile.Write(_program, all, probes, _options.ProbedSamples));
    }

    private bool HasStreams() => _options.IoType == HlsIoType.Stream || _options.Bus == HlsBus.AxiStream;

    private IEnumerable<string> StandIns() =>
    [
        Dialect.IntegerHeader,
        Dialect.FixedHeader,
        .. HasStreams() ? [Dialect.ChannelHeader] : Array.Empty<string>(),
        .. _options.Bus == HlsBus.AxiStream ? ["ap_axi_sdata.h"] : Array.Empty<string>(),
    ];

    // Ports and the elements of a buffer's members, one array each.
    private int LargestArray() => _ports.Inputs.Select(port => port.Type.Length).Concat(_ports.Outputs.Select(port => port.Length))
        .Concat(_units.SelectMany(entry => entry.Unit.Reads.Concat(entry.Unit.Writes).Concat(entry.Unit.Locals))
            .Select(buffer => _layouts[buffer]).Where(wires => wires.IsArray).Select(wires => wires.Positions))
        .DefaultIfEmpty(0).Max();

    // More bits than any array of the project has, so that none becomes a memory.
    private int MemoryThreshold() => Math.Max(SmallestLimit, LargestArray()) * PortType.MaxWidth;

    private void AddProject(HlsReport report, StreamPlan? streams, BusTop? bus, string? modelFileText)
    {
        var sources = _files.Keys.Where(path => path.StartsWith("firmware/", StringComparison.Ordinal) && path.EndsWith(".cpp", StringComparison.Ordinal)).ToArray();
        var model = new
        {
            Name = _options.TopName,
            Top = bus?.Name ?? _options.TopName,
            _options.Part,
            ClockPeriod = _options.ClockPeriod.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            ClockUncertainty = _options.ClockUncertainty.ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            Tool = _options.Tool == HlsTool.VivadoHls ? "vivado_hls" : "vitis_hls",
            Sources = sources,
            Streams = HasStreams(),
            Host = _options.Bus == HlsBus.AxiMaster,
            Dialect.IntegerHeader,
            Dialect.FixedHeader,
            Dialect.ChannelHeader,
            Dialect.VendorVariable,
            Dialect.HasVendorChannel,
            Channels = streams?.Streams.Select(stream => new { stream.Name, stream.Depth }).ToArray() ?? [],
            NameLength = LongestName,
            ClockUncertaintyNs = (_options.ClockPeriod * _options.ClockUncertainty / Percent)
                .ToString("0.###", System.Globalization.CultureInfo.InvariantCulture),
            MemoryThreshold = MemoryThreshold(),
            LargestArray = Math.Max(SmallestLimit, LargestArray()),
        };
        foreach (var (path, template) in Dialect.Scripts)
        {
            _files.Add(path, _templates.Render(template, model));
        }

        foreach (var (path, template, kit) in Dialect.HasKit ? new KitFiles(_ports, _options, bus).Files() : [])
        {
            _files.Add(path, _templates.Render(template, kit));
        }

        _files.Add("Makefile", _templates.Render("Makefile.sbn", model));
        _files.Add("report.md", _templates.Render("report.md.sbn", ReportText.Model(report)));
        _files.Add("report.json", ReportJson.Write(report));
        foreach (var header in StandIns())
        {
            _files.Add("sim/" + header, TemplateRenderer.Resource("sim/" + header));
        }

        if (modelFileText is not null)
        {
            _files.Add("model.hgq.json", modelFileText);
        }
    }
}
