using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Trimming.Refit;

namespace HGQ.Runtime.Runs;

/// <summary>A model whose integers a training goes on from: a chain of dense layers.</summary>
/// <param name="File">Where it was read, for messages.</param>
/// <param name="Graph">The model.</param>
public sealed record StartModel(string File, ModelGraph Graph)
{
    /// <summary>The model as a file holds it.</summary>
    internal string Text => ModelWriter.Write(Graph);

    /// <summary>The network, weights and widths as the model has them.</summary>
    /// <exception cref="Trimming.TrimException">The model is no chain of dense layers.</exception>
    public HgqSequential Network() => RefitNetwork.Of(Graph);

    /// <summary>What the model does to its inputs, which training goes on with.</summary>
    internal FeatureScaling Scaling() => Graph.Metadata.Preprocessing.Length == 0
        ? FeatureScaling.Identity
        : new FeatureScaling(Numbers(Graph.Metadata.Preprocessing[0].Mean), Numbers(Graph.Metadata.Preprocessing[0].Scale));

    /// <summary>What the model's results are scaled by, of a regression.</summary>
    internal TargetScaling Targets()
    {
        var description = ModelDescription.Of(Graph.Metadata, 1);
        return new TargetScaling(description.TargetMean, description.TargetScale);
    }

    /// <summary>Refuses data that are not for this model.</summary>
    /// <exception cref="DataFormatException">Another number of features or classes, or other classes.</exception>
    internal void Require(string source, Dataset data, int outputs)
    {
        IReadOnlyDictionary<string, TensorShape> shapes = ShapeInference.Infer(Graph);
        int features = Graph.Layers.OfType<InputLayer>().Sum(static input => input.Shape.Size);
        int results = shapes[Graph.Outputs[0].Layer].Size;
        if (data.SampleSize != features)
        {
            throw new DataFormatException(source, FormattableString.Invariant($"{data.SampleSize} features"),
                FormattableString.Invariant($"the {features} inputs of {File}"), "Choose columns by --features or --ignore.");
        }

        if (outputs != results)
        {
            throw new DataFormatException(source, FormattableString.Invariant($"a target of {outputs} outputs"),
                FormattableString.Invariant($"the {results} outputs of {File}"), "Name another target, or train without --from.");
        }

        IReadOnlyList<string> classes = ModelDescription.Of(Graph.Metadata, results).Classes;
        if (data.Target is ClassLabels labels && classes.Count > 0 && !classes.SequenceEqual(labels.ClassNames))
        {
            throw new DataFormatException(source, "classes " + string.Join(", ", labels.ClassNames),
                $"those of {File}: {string.Join(", ", classes)}",
                "Name the target that the model was trained for, or train without --from.");
        }
    }

    private static double[] Numbers(IEnumerable<string> texts)
        => [.. texts.Select(static text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture))];
}
