using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Reporting;
using HGQ.Model.Naming;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>The function that ties a model to a bus: a process for each port around the model's function.</summary>
internal sealed class BusTop
{
    /// <summary>Bits of the longest integer that the vendor's types know.</summary>
    private const int LongestWord = 32_768;

    /// <summary>Bits of the longest integer that they know without being asked.</summary>
    private const int UsualLongestWord = 1024;

    /// <summary>Bits of the longest number that a processor has.</summary>
    private const int MostHostBits = 64;

    private readonly IntegerProgram _program;
    private readonly BufferLayouts _layouts;
    private readonly HlsOptions _options;
    private readonly StreamPlan? _streams;
    private readonly BusPort[] _inputs;
    private readonly (BusPort Port, int Output)[] _outputs;

    private BusTop(IntegerProgram program, BufferLayouts layouts, PortPlan ports, HlsOptions options, StreamPlan? streams)
    {
        (_program, _layouts, _options, _streams) = (program, layouts, options, streams);
        _inputs = ports.Inputs.Where(port => port.Type.Exists).Select(port => Words(port.Type)).ToArray();
        _outputs = ports.Outputs.Select((port, o) => (port, o)).Where(entry => entry.port.Exists).Select(entry => (Words(entry.port),
            entry.o)).ToArray();
        if (_inputs.Length == 0 || _outputs.Length == 0)
        {
            throw new HlsOptionException(nameof(HlsOptions.Bus),
                $"The bus '{Word(options.Bus)}' needs an input and an output that have bits, and this model has none on one side.");
        }

        var longest = All.MaxBy(port => port.WordBits)!;
        if (longest.WordBits > LongestWord)
        {
            throw new HlsOptionException(nameof(HlsOptions.Bus), string.Create(
                CultureInfo.InvariantCulture, $"The port '{longest.Port.Name}' has {longest.WordBits} bits, more than the {LongestWord} "
                    + $"of a packed word; choose the bus axis or axi."));
        }

        if (options.Bus == HlsBus.AxiMaster && All.FirstOrDefault(port => port.Lane > MostHostBits) is { } wide)
        {
            throw new HlsOptionException(nameof(HlsOptions.Bus), string.Create(
                CultureInfo.InvariantCulture, $"An element of the port '{wide.Port.Name}' has {wide.Port.Width} bits, more than a "
                    + $"number of a processor; choose the bus axis or packed."));
        }

        Name = layouts.Names.Identifier($"{options.TopName}_{Word(options.Bus)}");
    }

    /// <summary>Name of the top function.</summary>
    public string Name { get; }

    /// <summary>Estimated LUTs of the function itself, without the adapters that the tool puts behind an AXI master.</summary>
    public long Luts => _options.Bus == HlsBus.Packed ? 0
        : _inputs.Sum(port => BusCost.Input(port, _streams is not null, Channels(_streams?.Inputs[port.Port.Name])))
            + _outputs.Sum(output => BusCost.Output(output.Port, _streams is not null, Channels(_streams?.Outputs[output.Output])));

    private IEnumerable<BusPort> All => _inputs.Concat(_outputs.Select(output => output.Port));

    /// <summary>The function of a bus, or null where the ports stay as they are.</summary>
    /// <exception cref="HlsOptionException">The bus does not suit the model.</exception>
    public static BusTop? For(IntegerProgram program, BufferLayouts layouts, PortPlan ports, HlsOptions options, StreamPlan? streams) =>
        options.Bus == HlsBus.None ? null
        : options.Bus == HlsBus.Packed && streams is not null
            ? throw new HlsOptionException(nameof(HlsOptions.Bus),
                "The bus 'packed' brings a sample as one word, and this model takes it position by position (io type 'stream', the "
                    + "standard for its convolutions); choose the bus axis or axi, or the io type parallel.")
        : new BusTop(program, layouts, ports, options, streams);

    /// <summary>How a bus is called in names and on the command line.</summary>
    public static string Word(HlsBus bus) => bus switch
    {
        HlsBus.None => "none",
        HlsBus.Packed => "packed",
        HlsBus.AxiStream => "axis",
        HlsBus.AxiMaster => "axi",
        _ => throw new ArgumentOutOfRangeException(nameof(bus), bus, "This is no bus."),
    };

    /// <summary>The vendor's name of the block protocol.</summary>
    public static string Control(HlsOptions options) => options.BlockProtocol switch
    {
        HlsBlockProtocol.Automatic => options.PortProtocol == HlsPortProtocol.None ? "ap_ctrl_none" : "ap_ctrl_hs",
        HlsBlockProtocol.None => "ap_ctrl_none",
        HlsBlockProtocol.Handshake => "ap_ctrl_hs",
        HlsBlockProtocol.Chain => "ap_ctrl_chain",
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.BlockProtocol, "This is no block protocol."),
    };

    /// <summary>The words of a port.</summary>
    public BusPort Port(string name) => All.First(port => port.Port.Name == name);

    /// <summary>The model of the templates of this function, of its driver and of the host's program.</summary>
    public object Model() => new
    {
        Top = _options.TopName,
        Model = NameText.Comment(_program.Name),
        _options.Namespace,
        Wrapper = Name,
        Bus = Word(_options.Bus),
        Guard = _layouts.Names.Guard($"HGQ_{Name}_H"),
        DriverGuard = _layouts.Names.Guard($"HGQ_X{Name}_H"),
        Driver = Driver(),
        Streams = _streams is not null,
        Vivado = _options.Tool == HlsTool.VivadoHls,
        Dataflow = _options.Bus != HlsBus.Packed || _options.PipelineStyle == HlsPipelineStyle.Dataflow,
        Interval = _options.Bus == HlsBus.Packed && _options.PipelineStyle == HlsPipelineStyle.Pipeline ? _options.ReuseFactor : 0,
        Longest = All.Max(port => port.WordBits) is > UsualLongestWord and var bits ? bits : 0,
        Control = Control(_options),
        Valid = _options.PortProtocol == HlsPortProtocol.Valid,
        Inputs = _inputs.Select(port => Port(port, _streams?.Inputs[port.Port.Name])).ToArray(),
        Outputs = _outputs.Select(output => Port(output.Port, _streams?.Outputs[output.Output])).ToArray(),
    };

    /// <summary>What the vendor's driver of the block is called.</summary>
    private string Driver() => "X" + char.ToUpperInvariant(Name[0]) + Name[1..];

    private static int Channels(PortTokens? tokens) => tokens?.Cut.Channels ?? 1;

    private BusPort Words(PortType port) => _options.Bus == HlsBus.Packed ? BusPort.Packed(port) : BusPort.Of(port, _options.WordBits);

    // What a process of the bus is given: a stream, the memory and the number of the sample, or the word.
    private string Words(BusPort port, string constant) => _options.Bus switch
    {
        HlsBus.Packed => $"{constant}{port.Port.Name}_word {(constant.Length > 0 ? "&word" : "*words")}",
        HlsBus.AxiStream => $"hls::stream<{port.Port.Name}_word> &words",
        HlsBus.AxiMaster => $"{constant}{port.Port.Name}_word *words, unsigned sample",
        HlsBus.None => throw new InvalidOperationException("Without a bus there are no words."),
        _ => throw new InvalidOperationException($"{_options.Bus} is no bus."),
    };

    // The place of a word in memory. With streams n counts elements.
    private string Address(BusPort port) => port.Words == 1 ? "sample"
        : string.Create(CultureInfo.InvariantCulture,
            $"sample * {port.Words}u + (unsigned){(_streams is not null && port.Lanes > 1 ? $"(n / {port.Lanes})" : "n")}");

    private object Port(BusPort port, PortTokens? tokens) => new
    {
        Source = Words(port, "const "),
        Sink = Words(port, ""),
        Address = Address(port),
        port.Port.Name,
        port.Port.Length,
        port.Port.Width,
        Type = port.Port.Name + "_t",
        Raw = port.Port.RawCpp,
        port.Lane,
        port.LaneType,
        Number = string.Create(CultureInfo.InvariantCulture, $"{(port.Port.Raw.Signed ? "" : "u")}int{port.Lane}_t"),
        port.Lanes,
        port.Words,
        port.WordBits,
        port.IsFull,
        port.LastBytes,
        WordType = port.Port.Name + "_word",
        Element = tokens?.StructName,
        Channels = tokens?.Cut.Channels ?? 0,
        Pack = tokens?.Pack(alone: true).ToArray() ?? [],
        Unpack = tokens?.Unpack(alone: true).ToArray() ?? [],
    };
}
