using System;
using System.Collections.Generic;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Plans;
using HGQ.VerilogEmit.Reporting;
using HGQ.VerilogEmit.Text;
using HGQ.VerilogEmit.Vectors;

namespace HGQ.VerilogEmit.Projects;

/// <summary>Turns a netlist into the files of a project.</summary>
internal sealed class ProjectBuilder
{
    private readonly IntegerProgram _program;
    private readonly VerilogOptions _options;
    private readonly DesignPlan _plan;
    private readonly SortedDictionary<string, string> _files = new(StringComparer.Ordinal);

    /// <summary>Plans the modules.</summary>
    public ProjectBuilder(IntegerProgram program, VerilogOptions options, BitNetlist netlist)
    {
        _program = program;
        _options = options;
        _plan = DesignPlan.Of(options.TopName!, netlist);
    }

    private string Top => _plan.Top;

    /// <summary>Emits all files.</summary>
    /// <param name="modelFileText">Text of the model file, copied into the project; null for none.</param>
    public VerilogProject Build(string? modelFileText)
    {
        var vectors = BenchVectors.Find(_program, _plan.Netlist, _options.Vectors);
        var report = new VerilogReport(
            _program.Name, _options, HardwareReport.Of(_plan.Netlist), _plan.InputBits, _plan.OutputBits, vectors.Samples.Count,
                vectors.Coverage, vectors.Luts);
        AddModules();
        AddTop(TopText.Model(_plan, _program, report, vectors.Samples.Count));
        if (_options.Io == VerilogIo.Axis)
        {
            AddStream(StreamText.Model(_plan, vectors.Samples.Count));
        }

        _files.Add("tb/vectors.hex", VectorFile.Write(_program, _plan.Inputs, _plan.Outputs, vectors.Samples));
        string clock = _options.Io == VerilogIo.Axis ? "aclk" : "clk", synthesis = _options.Io == VerilogIo.Axis ? Top + "_axis" : Top;
        new ProjectScripts(_files, _options, Top).Add(synthesis, clock, vectors.Samples.Count, report.Hardware.Total.Luts);
        _files.Add("report.md", TemplateRenderer.Render("report.md.sbn",
            ReportText.Model(report, ProjectScripts.CarryBlocks(_options, [_plan.Netlist]))));
        _files.Add("report.json", ReportJson.Write(report));
        if (modelFileText is not null)
        {
            _files.Add("model.hgq.json", modelFileText);
        }

        return new VerilogProject(Top, _files, report, _plan.Netlist);
    }

    private void AddModules()
    {
        foreach (var layer in _plan.Layers)
        {
            _files.Add($"rtl/{layer.Module}.v",
                TemplateRenderer.Render("rtl/layer.v.sbn", LayerText.Model(layer, _plan.Netlist, _options)));
        }
    }

    private void AddTop(object model)
    {
        _files.Add($"rtl/{Top}.v", TemplateRenderer.Render("rtl/top.v.sbn", model));
        _files.Add($"tb/{Top}_tb.v", TemplateRenderer.Render("tb/tb.v.sbn", model));
        _files.Add($"sim/{Top}_sim.v", TemplateRenderer.Render("sim/sim.v.sbn", model));
        _files.Add($"sim/{Top}_sim.cpp", TemplateRenderer.Render("sim/sim.cpp.sbn", model));
        _files.Add($"vhdl/{Top}_component.vhd", TemplateRenderer.Render("vhdl/component.vhd.sbn", model));
    }

    private void AddStream(object model)
    {
        _files.Add($"rtl/{Top}_axis.v", TemplateRenderer.Render("rtl/axis.v.sbn", model));
        _files.Add($"tb/{Top}_axis_tb.v", TemplateRenderer.Render("tb/axis_tb.v.sbn", model));
        _files.Add($"driver/{Top}.h", TemplateRenderer.Render("driver/driver.h.sbn", model));
        _files.Add($"driver/{Top}_driver.c", TemplateRenderer.Render("driver/driver.c.sbn", model));
    }
}
