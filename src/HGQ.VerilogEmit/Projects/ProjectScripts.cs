using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Hardware.Bits;
using HGQ.VerilogEmit.Cells;
using HGQ.VerilogEmit.Text;

namespace HGQ.VerilogEmit.Projects;

/// <summary>What is not Verilog: the Makefile, the script of Vivado, the clock; and the models of the primitives.</summary>
internal sealed class ProjectScripts(SortedDictionary<string, string> files, VerilogOptions options, string top)
{
    // Icarus computes about a million LUTs a second; the first samples are the ones that were made to reach most.
    private const int MostIcarusLuts = 4_000_000;
    private const int LeastIcarusSamples = 100;

    /// <summary>Adds the files.</summary>
    /// <param name="synthesisTop">Module that is synthesized.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="samples">Samples of the test bench.</param>
    /// <param name="lutsPerSample">LUTs that a simulator computes for a sample.</param>
    /// <param name="least">Samples that Icarus runs at least.</param>
    public void Add(string synthesisTop, string clock, int samples, long lutsPerSample, int least = LeastIcarusSamples)
    {
        string[] rtl = [.. files.Keys.Where(path => path.StartsWith("rtl/", StringComparison.Ordinal))];
        bool amd = options.Target == VerilogTarget.Amd, positions = options.Io == VerilogIo.Stream;
        string[] primitives = amd ? ["rtl/primitives_sim.v"] : [], adapter = positions ? [$"tb/{top}_samples.v"] : [];
        var model = new
        {
            Top = top,
            Rtl = rtl,
            Models = primitives.Concat(adapter).ToArray(),
            options.Part,
            IsStream = options.Io == VerilogIo.Axis,
            SynthesisTop = synthesisTop,
            ClockPort = clock,
            ClockPeriod = options.ClockPeriod.ToString("0.###", CultureInfo.InvariantCulture),
            Synthesis = Synthesis(synthesisTop),
            IcarusSamples = Math.Clamp(MostIcarusLuts / Math.Max(1, lutsPerSample), Math.Min(samples, least), samples),
        };
        if (amd)
        {
            files.Add("rtl/primitives_sim.v", TemplateRenderer.Resource("rtl/primitives_sim.v"));
        }

        files.Add("Makefile", TemplateRenderer.Render("Makefile.sbn", model));
        files.Add("build_vivado.tcl", TemplateRenderer.Render("build_vivado.tcl.sbn", model));
        files.Add($"constraints/{top}.xdc", TemplateRenderer.Render("constraints/top.xdc.sbn", model));
    }

    /// <summary>Carry blocks, or chains where the target has none.</summary>
    public static int CarryBlocks(VerilogOptions options, IEnumerable<BitNetlist> netlists)
    {
        int size = CarryFamily.Of(options.Part)?.Positions ?? 0;
        var chains = netlists.SelectMany(netlist => netlist.Cells).OfType<CarryChainCell>();
        return options.Target == VerilogTarget.Amd ? chains.Sum(chain => (chain.Selects.Length + size - 1) / size) : chains.Count();
    }

    // Registers stay registers: what is counted here is what the report counts.
    private string Synthesis(string synthesisTop)
    {
        if (CarryFamily.Of(options.Part) is not { } family)
        {
            return $"synth -flatten -top {synthesisTop}";
        }

        string name = family == CarryFamily.Carry8 ? "xcup" : "xc7", dsp = options.Multipliers ? "" : " -nodsp";
        return $"synth_xilinx -family {name} -top {synthesisTop} -flatten -noiopad -noclkbuf -nosrl{dsp}";
    }
}
