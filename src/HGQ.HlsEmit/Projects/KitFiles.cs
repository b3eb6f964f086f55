using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;

namespace HGQ.HlsEmit.Projects;

/// <summary>What takes the block into a design: scripts that pack it and draw a block design, and instances in Verilog and VHDL.</summary>
internal sealed class KitFiles(PortPlan ports, HlsOptions options, BusTop? bus)
{
    private const double NanosecondsPerMegahertz = 1000;
    private const int BitsPerByte = 8;

    private static readonly ProcessingSystem Zynq = new(
        "processing_system7", "CONFIG.PCW_USE_S_AXI_HP0", "CONFIG.PCW_FPGA0_PERIPHERAL_FREQMHZ", "M_AXI_GP0", "S_AXI_HP0", "FCLK_CLK0");

    private static readonly ProcessingSystem ZynqUltraScale = new(
        "zynq_ultra_ps_e", "CONFIG.PSU__USE__S_AXI_GP2", "CONFIG.PSU__CRL_APB__PL0_REF_CTRL__FREQMHZ", "M_AXI_HPM0_FPD", "S_AXI_HP0_FPD",
        "pl_clk0");

    private string Top => bus?.Name ?? options.TopName!;

    private bool IsAxi => options.Bus is HlsBus.AxiStream or HlsBus.AxiMaster;

    // The wires of a stream of structs are laid out by the tool, and the many of an AXI master are connected in a block design.
    private bool HasInstances => options.Bus switch
    {
        HlsBus.None => options.IoType != HlsIoType.Stream,
        HlsBus.Packed or HlsBus.AxiStream => true,
        HlsBus.AxiMaster => false,
        _ => throw new InvalidOperationException($"{options.Bus} is no bus."),
    };

    // Vivado HLS adds to the name of an integer or fixed-point number that of its only member.
    private string Suffix => options.Tool == HlsTool.VivadoHls ? "_V" : "";

    /// <summary>Paths, templates and their model.</summary>
    public IEnumerable<(string Path, string Template, object Model)> Files()
    {
        var model = Model();
        yield return ("kit/package_ip.tcl", "kit/package_ip.tcl.sbn", model);
        yield return ("kit/block_design.tcl", "kit/block_design.tcl.sbn", model);
        if (HasInstances)
        {
            yield return ($"kit/{Top}_instance.v", "kit/instance.v.sbn", model);
            yield return ($"kit/{Top}_instance.vhd", "kit/instance.vhd.sbn", model);
        }
    }

    private object Model()
    {
        var control = BusTop.Control(options);
        return new
        {
            Name = options.TopName,
            Top,
            Tool = options.Tool == HlsTool.VivadoHls ? "vivado_hls" : "vitis_hls",
            options.Part,
            Bus = BusTop.Word(options.Bus),
            Megahertz = (NanosecondsPerMegahertz / options.ClockPeriod).ToString("0.###", CultureInfo.InvariantCulture),
            Processor = IsAxi ? Processor() : null,
            Starts = control != "ap_ctrl_none",
            Chain = control == "ap_ctrl_chain",
            Ports = IsAxi ? Inputs().Select(port => Port(port, true)).Concat(Outputs().Select(port => Port(port, false))).ToArray() : [],
            Pins = HasInstances ? Pins(control).ToArray() : [],
            Verilog = HdlName.Verilog(Top),
            Vhdl = HdlName.Vhdl(Top),

            // A port may have the name that the instance would have.
            Instance = Instance("block"),
            Core = Instance("core"),
        };
    }

    private string Instance(string name) => Inputs().Concat(Outputs()).Select(port => port.Name).Append(Top)
        .Contains(name, StringComparer.OrdinalIgnoreCase) ? "u_" + name : name;

    private IEnumerable<PortType> Inputs() => ports.Inputs.Select(port => port.Type).Where(port => port.Exists);

    private IEnumerable<PortType> Outputs() => ports.Outputs.Where(port => port.Exists);

    private object Port(PortType port, bool input) => new { port.Name, Input = input, bus!.Port(port.Name).WordBits };

    // The processing system of a part, or null where it has none, or one that no short script sets up.
    private ProcessingSystem? Processor()
    {
        var part = options.Part;
        return Starts("xc7z", "xa7z", "xq7z") ? Zynq : Starts("xczu", "xazu", "xqzu", "xck") ? ZynqUltraScale : null;

        bool Starts(params string[] starts) => Array.Exists(starts, start => part.StartsWith(start, StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<Pin> Pins(string control)
    {
        yield return new Pin("ap_clk", true, 1, false);
        yield return new Pin(IsAxi ? "ap_rst_n" : "ap_rst", true, 1, false);
        if (control != "ap_ctrl_none")
        {
            yield return new Pin("ap_start", true, 1, false);
            yield return new Pin("ap_done", false, 1, false);
            yield return new Pin("ap_idle", false, 1, false);
            yield return new Pin("ap_ready", false, 1, false);
        }

        if (control == "ap_ctrl_chain")
        {
            yield return new Pin("ap_continue", true, 1, false);
        }

        foreach (var pin in Inputs().SelectMany(port => Pins(port, true)).Concat(Outputs().SelectMany(port => Pins(port, false))))
        {
            yield return pin;
        }
    }

    private IEnumerable<Pin> Pins(PortType port, bool input) => options.Bus switch
    {
        HlsBus.None => Enumerable.Range(0, port.Length).SelectMany(
            e => Wires(string.Create(CultureInfo.InvariantCulture, $"{port.Name}_{e}{Suffix}"), port.Width, input)),
        HlsBus.Packed => Wires(port.Name + Suffix, port.Width * port.Length, input),
        HlsBus.AxiStream => Stream(port, input),
        HlsBus.AxiMaster => throw new InvalidOperationException("The pins of an AXI master are those of an interface."),
        _ => throw new InvalidOperationException($"{options.Bus} is no bus."),
    };

    private IEnumerable<Pin> Wires(string name, int width, bool input)
    {
        yield return new Pin(name, input, width, true);
        if (!input && options.PortProtocol == HlsPortProtocol.Valid)
        {
            yield return new Pin(name + "_ap_vld", false, 1, false);
        }
    }

    private IEnumerable<Pin> Stream(PortType port, bool input)
    {
        var bits = bus!.Port(port.Name).WordBits;
        yield return new Pin(port.Name + "_TDATA", input, bits, true);
        yield return new Pin(port.Name + "_TKEEP", input, bits / BitsPerByte, true);
        yield return new Pin(port.Name + "_TSTRB", input, bits / BitsPerByte, true);
        yield return new Pin(port.Name + "_TLAST", input, 1, true);
        foreach (var side in options.Tool == HlsTool.VivadoHls ? ["_TUSER", "_TID", "_TDEST"] : Array.Empty<string>())
        {
            yield return new Pin(port.Name + side, input, 1, true);
        }

        yield return new Pin(port.Name + "_TVALID", input, 1, false);
        yield return new Pin(port.Name + "_TREADY", !input, 1, false);
    }

    /// <summary>The core of a processor, as Vivado names it.</summary>
    /// <param name="Core">Its name.</param>
    /// <param name="Memory">Setting that opens its way to memory.</param>
    /// <param name="Clock">Setting of its clock, in MHz.</param>
    /// <param name="Master">Interface over which it reaches blocks.</param>
    /// <param name="Slave">Interface over which blocks reach memory.</param>
    /// <param name="Pin">Its clock's pin.</param>
    private sealed record ProcessingSystem(string Core, string Memory, string Clock, string Master, string Slave, string Pin);

    /// <summary>A pin of the block.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Input">Whether it goes into the block.</param>
    /// <param name="Width">Its bits.</param>
    /// <param name="Vector">Whether it is a vector in VHDL even with one bit.</param>
    private sealed record Pin(string Name, bool Input, int Width, bool Vector)
    {
        /// <summary>The name in Verilog.</summary>
        public string Verilog => HdlName.Verilog(Name);

        /// <summary>The name in VHDL.</summary>
        public string Vhdl => HdlName.Vhdl(Name);
    }
}
