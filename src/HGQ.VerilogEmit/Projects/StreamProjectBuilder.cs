using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Plans;
using HGQ.VerilogEmit.Reporting;
using HGQ.VerilogEmit.Text;
using HGQ.VerilogEmit.Vectors;

namespace HGQ.VerilogEmit.Projects;

/// <summary>Turns a stream design into the files of a project.</summary>
internal sealed class StreamProjectBuilder
{
    // Where the circuits of all positions have more cells, no samples are searched for them.
    private const int MostUnrolled = 30_000;
    private const int LeastIcarusSamples = 10;

    private readonly IntegerProgram _program;
    private readonly VerilogOptions _options;
    private readonly StreamDesign _design;
    private readonly StreamPlan _plan;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Plans the modules.</summary>
    public StreamProjectBuilder(IntegerProgram program, VerilogOptions options, StreamDesign design)
    {
        (_program, _options, _design) = (program, options, design);
        _plan = StreamPlan.Of(options.TopName!, design);
    }

    private string Top => _plan.Top;

    /// <summary>Emits all files.</summary>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    public VerilogProject Build(string? modelFileText)
    {
        var hardware = StreamHardware.Of(_design);
        var unrolled = StreamUnrolling.Size(_design) <= MostUnrolled ? StreamUnrolling.Run(_design) : null;
        var vectors = BenchVectors.Find(_program, unrolled, _options.Vectors, hardware.Timing.Interval);
        int samples = vectors.Samples.Count, stages = _design.Units.Max(unit => HardwareReport.Of(unit.Pipelined).Stages);
        var counted = new HardwareReport(hardware.Total, hardware.Timing.Latency, stages, hardware.StageLevels, hardware.Layers);
        var report = new VerilogReport(
            _program.Name, _options, counted, _plan.Inputs.Sum(port => port.Width), _plan.Outputs.Sum(port => port.Width), samples,
            vectors.Coverage, vectors.Luts, hardware);
        AddModules(hardware);
        AddTop(StreamTopText.Model(_plan, hardware, _program.InputCodeSize, _program.OutputSize, samples));
        _files.Add("tb/vectors.hex", VectorFile.Write(_program, _plan.Inputs, _plan.Outputs, vectors.Samples));
        new ProjectScripts(_files, _options, Top).Add(
            Top, "aclk", samples, (long)hardware.Total.Luts * hardware.Timing.Interval, LeastIcarusSamples);
        int carries = ProjectScripts.CarryBlocks(_options, _design.Units.Select(unit => unit.Pipelined));
        _files.Add("report.md", TemplateRenderer.Render("report.md.sbn", ReportText.Model(report, carries)));
        _files.Add("report.json", ReportJson.Write(report));
        if (modelFileText is not null)
        {
            _files.Add("model.hgq.json", modelFileText);
        }

        return new VerilogProject(Top, _files, report, unrolled, _design);
    }

    private void AddModules(StreamHardware hardware)
    {
        for (int n = 0; n < _plan.Units.Count; n++)
        {
            var unit = _plan.Units[n];
            _files.Add($"rtl/{unit.Module}.v", TemplateRenderer.Render("rtl/unit.v.sbn", UnitText.Model(unit, _design, hardware.Units[n])));
            foreach (var layer in unit.Layers)
            {
                object text = LayerText.Model(layer, unit.Unit.Pipelined, _options, enabled: true);
                _files.Add($"rtl/{layer.Module}.v", TemplateRenderer.Render("rtl/layer.v.sbn", text));
            }
        }
    }

    private void AddTop(object model)
    {
        _files.Add($"rtl/{Top}.v", TemplateRenderer.Render("rtl/stream_top.v.sbn", model));
        if (_plan.HasFifo)
        {
            _files.Add($"rtl/{Top}_fifo.v", TemplateRenderer.Render("rtl/fifo.v.sbn", model));
        }

        _files.Add($"tb/{Top}_samples.v", TemplateRenderer.Render("tb/samples.v.sbn", model));
        _files.Add($"tb/{Top}_tb.v", TemplateRenderer.Render("tb/tb.v.sbn", model));
        _files.Add($"sim/{Top}_sim.v", TemplateRenderer.Render("sim/stream_sim.v.sbn", model));
        _files.Add($"sim/{Top}_sim.cpp", TemplateRenderer.Render("sim/sim.cpp.sbn", model));
        _files.Add($"vhdl/{Top}_component.vhd", TemplateRenderer.Render("vhdl/stream.vhd.sbn", model));
    }
}
