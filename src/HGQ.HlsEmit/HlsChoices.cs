namespace HGQ.HlsEmit;

/// <summary>Synthesis tool.</summary>
public enum HlsTool
{
    /// <summary>Vivado HLS, up to 2020.1.</summary>
    VivadoHls,

    /// <summary>Vitis HLS.</summary>
    VitisHls,
}

/// <summary>How samples reach the top function.</summary>
public enum HlsIoType
{
    /// <summary><see cref="Stream"/> where a convolution has more than a few positions and does not compute all of them at once,
    /// otherwise <see cref="Parallel"/>.</summary>
    Automatic,

    /// <summary>All elements at once, as partitioned arrays.</summary>
    Parallel,

    /// <summary>Position by position through streams (<c>hls::stream</c>, <c>axis</c>); layers are processes of a dataflow region.</summary>
    Stream,
}

/// <summary>Protocol of the ports.</summary>
public enum HlsPortProtocol
{
    /// <summary>The function has a handshake (<c>ap_ctrl_hs</c>); results that are wires come with a valid signal (<c>ap_vld</c>).</summary>
    Valid,

    /// <summary>No handshake of the function (<c>ap_ctrl_none</c>); results that are wires are wires alone (<c>ap_none</c>).</summary>
    None,
}

/// <summary>How the design is pipelined.</summary>
public enum HlsPipelineStyle
{
    /// <summary>
    /// <see cref="Pipeline"/> where every convolution computes all its positions at once; otherwise <see cref="Dataflow"/> for
    /// a chain of layers and <see cref="None"/> for a model with branches.
    /// </summary>
    Automatic,

    /// <summary>The whole function takes a sample each clock; loops are unrolled.</summary>
    Pipeline,

    /// <summary>Layers work at the same time on different samples; loops over positions stay loops that compute as many at once as a convolution's parallel factor.</summary>
    Dataflow,

    /// <summary>Layers work one after the other; loops over positions stay loops, and the tool decides about pipelines.</summary>
    None,
}

/// <summary>What becomes of a number outside an element's format at an input port.</summary>
public enum HlsInputOverflow
{
    /// <summary>The port's type rounds and limits as the model's input quantizer; bits outside an element's format are not wired.</summary>
    Model,

    /// <summary>The port's type wraps; bits outside an element's format are not wired.</summary>
    Wrap,

    /// <summary>The port's type saturates, and so does each element whose format is narrower than the port: comparators.</summary>
    Saturate,
}

/// <summary>How the function is tied to a system: the ports of the model as they are, or a function around it.</summary>
public enum HlsBus
{
    /// <summary>None: the ports of the model are those of the top function.</summary>
    None,

    /// <summary>All elements of a port in one word without gaps, the first one in the lowest bits.</summary>
    Packed,

    /// <summary>AXI4-Stream: words of several elements; a packet, closed by TLAST, is a sample.</summary>
    AxiStream,

    /// <summary>An AXI4 master that reads samples from memory and writes results there; a processor starts it over AXI4-Lite.</summary>
    AxiMaster,
}

/// <summary>What multiplies by constants.</summary>
public enum HlsStrategy
{
    /// <summary>Shifts and adders alone, shared between the results of a layer.</summary>
    Adders,

    /// <summary>A multiplier of the FPGA (DSP) for every product that is not a mere shift.</summary>
    Dsp,

    /// <summary>A DSP where a product's own adders would cost more LUTs than a device has for each of its DSPs, about a hundred.</summary>
    Auto,
}

/// <summary>How the block is started and says that it is done.</summary>
public enum HlsBlockProtocol
{
    /// <summary><see cref="Handshake"/>, or <see cref="None"/> where <see cref="HlsPortProtocol.None"/> asks for wires alone.</summary>
    Automatic,

    /// <summary>Runs all the time (<c>ap_ctrl_none</c>).</summary>
    None,

    /// <summary>Start, done, idle and ready (<c>ap_ctrl_hs</c>).</summary>
    Handshake,

    /// <summary>The same, and waits until what follows goes on (<c>ap_ctrl_chain</c>).</summary>
    Chain,
}

/// <summary>Types of integers and fixed-point numbers, and the tools whose directives come with them.</summary>
public enum HlsTypes
{
    /// <summary><c>ap_int</c>, <c>ap_fixed</c> and <c>hls::stream</c>: Vivado HLS and Vitis HLS.</summary>
    Ap,

    /// <summary><c>ac_int</c>, <c>ac_fixed</c> and <c>ac_channel</c>, with the directives of Catapult; any tool that reads the open
    /// headers of these types compiles the code.</summary>
    Ac,
}
