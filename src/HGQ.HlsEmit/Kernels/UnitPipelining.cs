using System;
using HGQ.HlsEmit.Dialects;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The directives of a layer's functions and loops, and how much hardware they ask for.</summary>
/// <param name="Style">Style of the project.</param>
/// <param name="Positions">Positions of the layer's output.</param>
/// <param name="AtOnce">How many of them are computed at once where loops stay loops.</param>
/// <param name="Interval">Clock cycles from one start of a function or turn of a loop to the next.</param>
internal sealed record UnitPipelining(HlsPipelineStyle Style, int Positions, int AtOnce, int Interval)
{
    /// <summary>Adders up to which a function is part of the pipeline that calls it; a larger one is a pipeline of its own.</summary>
    private const int InlineAdders = 100;

    /// <summary>Clock cycles over which the layer's product is folded; 1 where it is not. The layer is a loop over them.</summary>
    public int Phases { get; init; } = 1;

    private FunctionDirectives Pipelined => new(FunctionForm.Pipelined, Interval);

    /// <summary>How often the body of a loop of <paramref name="turns"/> turns stands in the hardware.</summary>
    public int Copies(int turns) => Style == HlsPipelineStyle.Pipeline
        ? turns
        : (int)Math.Clamp(((long)turns * AtOnce + Positions - 1) / Positions, 1, turns);

    /// <summary>Turns of the layer's loop: one where everything is computed at once.</summary>
    /// <param name="arriving">Positions that come one by one; null where the layer works on whole samples.</param>
    public long Turns(int? arriving) =>
        arriving ?? (Style == HlsPipelineStyle.Pipeline ? Phases : (Positions + Copies(Positions) - 1) / Copies(Positions));

    /// <summary>Directives of a loop.</summary>
    public LoopDirectives OfLoop(int turns) => Style == HlsPipelineStyle.Pipeline
        ? LoopDirectives.Unrolled
        : new LoopDirectives(false, Style == HlsPipelineStyle.Dataflow ? Interval : null, Copies(turns));

    /// <summary>Directives of a function that does work.</summary>
    public FunctionDirectives OfFunction(CppFunction function) => Style switch
    {
        HlsPipelineStyle.Pipeline => Phases > 1 || function.Adders <= InlineAdders ? FunctionDirectives.Inlined : Pipelined,
        HlsPipelineStyle.Dataflow => function.HasLoop ? FunctionDirectives.Free : Pipelined,
        HlsPipelineStyle.None => FunctionDirectives.Free,
        _ => throw new System.InvalidOperationException($"The style {Style} is decided before anything is written."),
    };

    /// <summary>Directives of the layer's own function.</summary>
    public FunctionDirectives OfLayer(bool hasLoop) => Style switch
    {
        HlsPipelineStyle.Pipeline => Phases > 1 ? FunctionDirectives.Free : FunctionDirectives.Inlined,
        HlsPipelineStyle.Dataflow => hasLoop ? FunctionDirectives.Free : Pipelined,
        HlsPipelineStyle.None => FunctionDirectives.Free,
        _ => throw new System.InvalidOperationException($"The style {Style} is decided before anything is written."),
    };
}
