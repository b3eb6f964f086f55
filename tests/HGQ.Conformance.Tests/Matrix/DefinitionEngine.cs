using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Testing.Graphs;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>The words of the layers in exact numbers, without any lowering: what the interpreter itself is held against.</summary>
internal sealed class DefinitionEngine : IMatrixEngine
{
    public string Name => "definition";

    public bool NeedsCompiler => false;

    public IReadOnlyList<MatrixVerdict> Run(IReadOnlyList<MatrixModel> models) => [.. models.Select(Run)];

    private static MatrixVerdict Run(MatrixModel model)
    {
        var verdict = new MatrixVerdict(model);
        verdict.CompareReals("exact evaluation", [.. model.Reals.SelectMany(sample => Results(model, sample))]);
        return verdict;
    }

    // The program's formats need not be the graph's: trailing zero bits are not kept.
    private static IEnumerable<long> Results(MatrixModel model, double[] sample)
    {
        var values = ExactEvaluator.Evaluate(model.Graph, sample);
        return model.Graph.Outputs.SelectMany(output => values[output.Layer]).Zip(model.Formats, Stored);
    }

    // A value that the format does not hold differs from everything that an engine may give.
    private static long Stored(Dyadic value, FixedPointFormat format)
    {
        var raw = value.At(format.FractionBits);
        bool held = format.IsZero ? value.Raw.IsZero : format.Contains(raw) && value.CompareTo(new Dyadic(raw, format.FractionBits)) == 0;
        return !held ? long.MinValue : format.IsZero ? 0 : format.ToStorage(raw);
    }
}
