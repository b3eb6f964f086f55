using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Runtime.Data;
using HGQ.Runtime.Export.Verification;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Runs;
using HGQ.Runtime.Trimming;
using HGQ.Runtime.Trimming.Refit;

namespace HGQ.Cli.Engines;

/// <summary>The float quantizers of the trained network, in float64, where the run's checkpoint is beside the model.</summary>
internal static class FloatReference
{
    public const string Name = "float64";

    /// <summary>Compares the trained network with the integers, layer by layer, over the real samples and the corners.</summary>
    /// <param name="modelPath">The model file.</param>
    /// <param name="graph">What it holds.</param>
    /// <param name="program">The same, lowered.</param>
    /// <param name="blocks">The samples.</param>
    /// <param name="note">Told what could not be compared.</param>
    /// <returns>A row of the table and the first difference; null where there is no training state.</returns>
    public static (EngineReport Row, EngineDifference? Difference)? Compare(
        string modelPath, ModelGraph graph, IntegerProgram program, IEnumerable<VerificationVectors> blocks, Action<string> note)
    {
        var preparing = Stopwatch.StartNew();
        using HgqModel? model = Imported(graph) ?? TrainedState.Load(modelPath, graph, program.InputSize, program.OutputSize);
        if (model is null || program.InputCodeSize != program.InputSize)
        {
            return null;
        }

        preparing.Stop();
        float[] samples = [.. blocks.SelectMany(block => Samples(block, program))];
        var clock = Stopwatch.StartNew();
        FloatVerification found = FloatVerifier.Verify(model, graph, samples);
        NoteLeftOut(found.OverflowSamples, "leave calibrated ranges, where integers wrap or clamp", found.FirstOverflow);
        NoteLeftOut(found.OffGridSamples, "are beside the grid that a signature declares, where integers round", found.FirstOffGrid);
        var row = new EngineReport(Name, found.ComparedSamples, found.Elements, found.Mismatches, clock.Elapsed, preparing.Elapsed, null);
        return (row, found.FirstMismatch is { } first ? Describe(first) : null);

        void NoteLeftOut(int count, string reason, FloatDifference? first)
        {
            if (first is not null)
            {
                note(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name}: {count} of {found.Samples} samples {reason} and the trained network does not: not compared; first in sample {first.Sample}, layer {first.Layer}, element {first.Element} ({first.Expected})"));
            }
        }
    }

    private static EngineDifference Describe(FloatDifference first) => new(
        first.Sample,
        "float64",
        first.Layer,
        first.Element,
        [
            new("interpreter", first.Actual.ToString("R", CultureInfo.InvariantCulture)),
            new(Name, first.Expected.ToString("R", CultureInfo.InvariantCulture)),
        ]);

    // Models of a front: no training holds what trimming made, and the quantizers of one that did train would wrap where the last batches
    // ended, not where calibration has found the ranges.
    private static HgqSequential? Imported(ModelGraph graph)
    {
        try
        {
            return graph.Metadata.Find("origin") is null ? null : RefitNetwork.Of(graph);
        }
        catch (TrimException)
        {
            return null;
        }
    }

    // What enters the network: standardised reals, or the values of codes, which are their own quantization.
    private static IEnumerable<float> Samples(VerificationVectors block, IntegerProgram program)
    {
        if (block.Inputs is null)
        {
            FixedPointFormat[] formats = [.. program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats)];
            return block.Codes.Select((code, n) => (float)FixedPointArithmetic.ToDouble(code, formats[n % formats.Length]));
        }

        var scaled = new float[block.Inputs.Length];
        int start = 0;
        foreach (ProgramInput port in program.Inputs)
        {
            FeatureScaling scaling = port.Standardization is { } s ? new FeatureScaling(Numbers(s.Mean), Numbers(s.Scale)) : FeatureScaling.Identity;
            for (int n = 0; n < block.Count; n++)
            {
                int at = (n * program.InputSize) + start;
                scaling.Apply(block.Inputs.AsSpan(at, port.Shape.Size), scaled.AsSpan(at, port.Shape.Size));
            }

            start += port.Shape.Size;
        }

        return scaled;
    }

    private static double[] Numbers(IEnumerable<string> texts) => [.. texts.Select(static text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
