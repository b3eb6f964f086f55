using System.Collections.Generic;

namespace HGQ.HlsEmit;

/// <summary>How a project is emitted (docs/hls.md, options).</summary>
public sealed record HlsOptions
{
    /// <summary>Random samples that are standard.</summary>
    public const int StandardVectors = 4000;

    /// <summary>Name of the top function and of its files; null for the model's name made an identifier.</summary>
    public string? TopName { get; init; }

    /// <summary>Namespace of everything but the top function; null for the top function's name followed by <c>_layers</c>.</summary>
    public string? Namespace { get; init; }

    /// <summary>Types of integers and fixed-point numbers; with <see cref="HlsTypes.Ac"/> there are no options of AMD's tools.</summary>
    public HlsTypes Types { get; init; } = HlsTypes.Ap;

    /// <summary>FPGA part.</summary>
    public string Part { get; init; } = "xcvu13p-flga2577-2-e";

    /// <summary>Clock period in nanoseconds.</summary>
    public double ClockPeriod { get; init; } = 5;

    /// <summary>Clock uncertainty as a percentage of the period.</summary>
    public double ClockUncertainty { get; init; } = 12.5;

    /// <summary>Tool that <c>build_prj.tcl</c> is written for.</summary>
    public HlsTool Tool { get; init; } = HlsTool.VitisHls;

    /// <summary>How samples reach the top function.</summary>
    public HlsIoType IoType { get; init; } = HlsIoType.Automatic;

    /// <summary>Protocol of the ports.</summary>
    public HlsPortProtocol PortProtocol { get; init; } = HlsPortProtocol.Valid;

    /// <summary>How the block is started and says that it is done.</summary>
    public HlsBlockProtocol BlockProtocol { get; init; } = HlsBlockProtocol.Automatic;

    /// <summary>How the function is tied to a system. With a bus the top function is called like the model's, followed by
    /// <c>_packed</c>, <c>_axis</c> or <c>_axi</c>.</summary>
    public HlsBus Bus { get; init; } = HlsBus.None;

    /// <summary>Bits of a word of a stream or of the memory: a power of two, 8 to 512; null for 64, or what an element needs.</summary>
    public int? WordBits { get; init; }

    /// <summary>How the design is pipelined.</summary>
    public HlsPipelineStyle PipelineStyle { get; init; } = HlsPipelineStyle.Automatic;

    /// <summary>Clock cycles between two starts of a pipeline, so that hardware can be shared: of the whole function, or of each layer and loop with dataflow.</summary>
    public int ReuseFactor { get; init; } = 1;

    /// <summary>Layers with a reuse factor of their own, by name; with dataflow only.</summary>
    public IReadOnlyDictionary<string, int> LayerReuseFactors { get; init; } = new Dictionary<string, int>();

    /// <summary>What multiplies by constants.</summary>
    public HlsStrategy Strategy { get; init; } = HlsStrategy.Adders;

    /// <summary>Layers with a strategy of their own, by name.</summary>
    public IReadOnlyDictionary<string, HlsStrategy> LayerStrategies { get; init; } = new Dictionary<string, HlsStrategy>();

    /// <summary>What becomes of a number outside an element's format at an input port.</summary>
    public HlsInputOverflow InputOverflow { get; init; } = HlsInputOverflow.Model;

    /// <summary>
    /// Random samples of the test bench; by default fewer for a network with many inputs. The search for samples that reach the ends
    /// of wires and the borders of roundings and limits grows with it; with 0 there are the corners of the inputs only.
    /// </summary>
    public int Vectors { get; init; } = StandardVectors;

    /// <summary>Samples for which the test bench compares every layer, not the outputs alone; of a large network fewer.</summary>
    public int ProbedSamples { get; init; } = 1_000_000;

    /// <summary>Folder with templates that replace built-in ones of the same relative path; null for none.</summary>
    public string? TemplateDirectory { get; init; }
}
