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
