using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.HlsEmit.Dialects;
using HGQ.HlsEmit.Kernels;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Projects;

/// <summary>Chooses the pipeline style of a project, and what it means for each layer.</summary>
internal sealed class PipelinePlanner(
    IntegerProgram program, HlsOptions options, IReadOnlyList<LayerUnit> units, CppDialect dialect)
{
    /// <summary>Positions that a loop over arrays may have without a word: two LUTs choose one of so many bits.</summary>
    private const int FewPositions = 8;

    private readonly Dictionary<string, LayerSummary> _summaries = program.Layers.ToDictionary(layer => layer.Layer, StringComparer.Ordinal);

    /// <summary>Whether the layers may be loops of their own, side by side.</summary>
    public bool AllowsLoops => options.IoType == HlsIoType.Stream || options.PipelineStyle == HlsPipelineStyle.Dataflow
        || (options.PipelineStyle == HlsPipelineStyle.Automatic && dialect.HasDataflowOfArrays && Fork().Layer is null);

    /// <summary>Gives every layer its directives; gives the style.</summary>
    /// <param name="folds">Layers that are folded.</param>
    /// <exception cref="HlsOptionException">The style does not suit the model, or a reuse factor does not suit the style.</exception>
    public HlsPipelineStyle Plan(FoldChoice folds)
    {
        var streams = options.IoType == HlsIoType.Stream;
        var style = options.PipelineStyle != HlsPipelineStyle.Automatic ? options.PipelineStyle
            : streams || folds.Any ? HlsPipelineStyle.Dataflow : Automatic();
        if (streams && style != HlsPipelineStyle.Dataflow)
        {
            throw new HlsOptionException(
                nameof(HlsOptions.PipelineStyle), $"The io type 'stream' makes a process of each layer, which the pipeline style '{style.ToString().ToLowerInvariant()}' does not; the right ones are: auto, dataflow.");
        }

        if (style == HlsPipelineStyle.Dataflow && !streams && Fork() is var (layer, readers) && layer is not null)
        {
            throw new HlsOptionException(
                nameof(HlsOptions.PipelineStyle),
                $"The pipeline style 'dataflow' needs a chain of layers, but the output of layer '{layer}' is read {readers} times; the right ones are: auto, pipeline, none.");
        }

        RequireReusable(style);
        for (var n = 0; n < units.Count; n++)
        {
            var unit = units[n];
            if (folds.Phases[n] > 1)
            {
                unit.Pipelining = new UnitPipelining(HlsPipelineStyle.Pipeline, 1, 1, 1) { Phases = folds.Phases[n] };
                continue;
            }

            var summary = _summaries.GetValueOrDefault(unit.Layer);
            unit.Pipelining = new UnitPipelining(
                unit.Position is null ? style : HlsPipelineStyle.Pipeline,
                summary is null ? 1 : Positions(summary),
                Math.Max(1, summary?.ParallelPositions ?? 0),
                options.LayerReuseFactors.TryGetValue(unit.Layer, out var own) ? own : options.ReuseFactor);
        }

        return style;
    }

    /// <summary>
    /// Streams for a model with a convolution that stays a loop over more than a few positions: in arrays each access of the loop
    /// would be a multiplexer as wide as the image. A pipeline style that streams do not have keeps arrays.
    /// </summary>
    public static HlsIoType IoType(IntegerProgram program, HlsOptions options) =>
        options.IoType != HlsIoType.Automatic ? options.IoType
        : options.PipelineStyle is HlsPipelineStyle.Automatic or HlsPipelineStyle.Dataflow && program.Layers.Any(IsLongLoop)
            ? HlsIoType.Stream
        : HlsIoType.Parallel;

    private static bool IsLongLoop(LayerSummary layer) =>
        layer.ParallelPositions > 0 && layer.ParallelPositions < Positions(layer) && Positions(layer) > FewPositions;

    private static int Positions(LayerSummary summary) => Math.Max(1, summary.Shape.Size / Math.Max(1, summary.Shape.Channels));

    // Only loops that stay loops can compute fewer positions at once than there are.
    private HlsPipelineStyle Automatic() => !program.Layers.Any(layer => layer.ParallelPositions > 0 && layer.ParallelPositions < Positions(layer))
        ? HlsPipelineStyle.Pipeline
        : dialect.HasDataflowOfArrays && Fork().Layer is null ? HlsPipelineStyle.Dataflow : HlsPipelineStyle.None;

    private (string? Layer, int Readers) Fork()
    {
        foreach (var unit in units)
        {
            foreach (var buffer in unit.Writes)
            {
                var readers = units.Count(reader => reader.Reads.Contains(buffer)) + program.Outputs.Count(output => output.Buffer == buffer);
                if (readers > 1)
                {
                    return (unit.Layer, readers);
                }
            }
        }

        return (null, 0);
    }

    private void RequireReusable(HlsPipelineStyle style)
    {
        if (options.ReuseFactor > 1 && style == HlsPipelineStyle.None)
        {
            throw new HlsOptionException(
                nameof(HlsOptions.ReuseFactor), "A reuse factor needs a pipeline to act on; the right pipeline styles are: pipeline, and "
                    + (dialect.HasDataflowOfArrays ? "dataflow for a chain of layers." : "any with streams (--io stream)."));
        }

        foreach (var layer in options.LayerReuseFactors.Keys.OrderBy(name => name, StringComparer.Ordinal))
        {
            if (style != HlsPipelineStyle.Dataflow)
            {
                throw new HlsOptionException(
                    nameof(HlsOptions.LayerReuseFactors),
                    $"The reuse factor of layer '{layer}' needs {(dialect.HasDataflowOfArrays ? "the pipeline style 'dataflow' or " : "")}"
                        + "streams (--io stream), "
                        + "where layers have pipelines of their own; or give one reuse factor for all.");
            }

            if (!units.Any(unit => unit.Layer == layer))
            {
                throw new HlsOptionException(
                    nameof(HlsOptions.LayerReuseFactors), $"The layer '{layer}' of a reuse factor does not exist; the right ones are: {string.Join(", ", units.Select(unit => unit.Layer).Distinct())}.");
            }
        }
    }
}
