using System.Collections.Generic;

namespace HGQ.HlsEmit.Dialects;

/// <summary>What a tool is to do with the model's function.</summary>
/// <param name="Inputs">Names of its input ports.</param>
/// <param name="Outputs">Names of its output ports.</param>
/// <param name="HasStreams">Whether the ports are streams.</param>
/// <param name="Interface">Protocols of the ports and of the block; null where another function stands around this one.</param>
/// <param name="Style">How it is pipelined; null where it is part of that other function.</param>
/// <param name="Interval">Clock cycles from one sample to the next of a pipeline.</param>
internal sealed record TopDirectives(
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string> Outputs,
    bool HasStreams,
    TopInterface? Interface,
    HlsPipelineStyle? Style,
    int Interval);

/// <summary>Protocols of a function that is the top of the hardware.</summary>
/// <param name="Ports">Protocol of the ports.</param>
/// <param name="Control">The vendor's name of the block's protocol.</param>
internal sealed record TopInterface(HlsPortProtocol Ports, string Control);
