using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.Model.Hardware.Reporting;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Plans;
using HGQ.VerilogEmit.Reporting;
using HGQ.VerilogEmit.Text;
using HGQ.VerilogEmit.Vectors;

namespace HGQ.VerilogEmit.Projects;

/// <summary>Turns a netlist into the files of a project.</summary>
internal sealed class ProjectBuilder
{
    // Icarus computes about a million LUTs a second; the first samples are the ones that were made to reach most.
    private const int MostIcarusLuts = 4_000_000;
    private const int LeastIcarusSamples = 100;

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

    private string SynthesisTop => _options.Io == VerilogIo.Axis ? Top + "_axis" : Top;

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

        _files.Add("tb/vectors.hex", VectorFile.Write(_program, _plan, vectors.Samples));
        AddScripts(vectors.Samples.Count);
        _files.Add("report.md", TemplateRenderer.Render("report.md.sbn", ReportText.Model(report, CarryBlocks())));
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

    private void AddScripts(int samples)
    {
        string[] rtl = [.. _files.Keys.Where(path => path.StartsWith("rtl/", StringComparison.Ordinal))];
        bool amd = _options.Target == VerilogTarget.Amd;
        var model = new
        {
            Top,
            Rtl = rtl,
            Models = amd ? new[] { "rtl/primitives_sim.v" } : [],
            _options.Part,
            IsStream = _options.Io == VerilogIo.Axis,
            SynthesisTop,
            ClockPort = _options.Io == VerilogIo.Axis ? "aclk" : "clk",
            ClockPeriod = _options.ClockPeriod.ToString("0.###", CultureInfo.InvariantCulture),
            Synthesis = Synthesis(),
            IcarusSamples = Math.Clamp(
                MostIcarusLuts / Math.Max(1, NetlistCost.Of(_plan.Netlist).Luts), Math.Min(samples, LeastIcarusSamples), samples),
        };
        if (amd)
        {
            _files.Add("rtl/primitives_sim.v", TemplateRenderer.Resource("rtl/primitives_sim.v"));
        }

        _files.Add("Makefile", TemplateRenderer.Render("Makefile.sbn", model));
        _files.Add("build_vivado.tcl", TemplateRenderer.Render("build_vivado.tcl.sbn", model));
        _files.Add($"constraints/{Top}.xdc", TemplateRenderer.Render("constraints/top.xdc.sbn", model));
    }

    // Registers stay registers: what is counted here is what the report counts.
    private string Synthesis()
    {
        if (CarryFamily.Of(_options.Part) is not { } family)
        {
            return $"synth -flatten -top {SynthesisTop}";
        }

        string name = family == CarryFamily.Carry8 ? "xcup" : "xc7", dsp = _options.Multipliers ? "" : " -nodsp";
        return $"synth_xilinx -family {name} -top {SynthesisTop} -flatten -noiopad -noclkbuf -nosrl{dsp}";
    }

    private int CarryBlocks()
    {
        int size = CarryFamily.Of(_options.Part)?.Positions ?? 0;
        var chains = _plan.Netlist.Cells.OfType<CarryChainCell>();
        return _options.Target == VerilogTarget.Amd ? chains.Sum(chain => (chain.Selects.Length + size - 1) / size) : chains.Count();
    }
}
