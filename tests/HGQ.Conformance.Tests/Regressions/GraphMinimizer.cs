using System.Linq;
using HGQ.Conformance.Tests.Matrix;
using HGQ.Model.Graph;

namespace HGQ.Conformance.Tests.Regressions;

/// <summary>Makes a graph that an engine gets wrong smaller as long as it stays wrong; all candidates of a round run at once.</summary>
internal sealed class GraphMinimizer(IMatrixEngine engine, int seed)
{
    private const int Rounds = 16;

    /// <summary>The smallest graph found.</summary>
    public ModelGraph Minimize(ModelGraph graph)
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (Smaller(graph) is not { } next)
            {
                break;
            }

            graph = next;
        }

        return graph;
    }

    private ModelGraph? Smaller(ModelGraph graph)
    {
        var models = GraphReductions.Of(graph).Select(Lowered).OfType<MatrixModel>().ToArray();
        var verdicts = models.Length == 0 ? [] : engine.Run(models);
        return models.Where((_, n) => verdicts[n].Faults.Count > 0).Select(model => model.Graph).MinBy(Size) is { } smallest && Size(smallest) < Size(graph)
            ? smallest
            : null;
    }

    // A reduction may be refused by the lowering; it is then none.
    private MatrixModel? Lowered(ModelGraph graph)
    {
        try
        {
            return Fuzzing.Sampled("smaller", graph, seed);
        }
        catch (ModelGraphException)
        {
            return null;
        }
    }

    private static int Size(ModelGraph graph) =>
        (graph.Layers.Length * 1000) + (graph.Outputs.Length * 100) + graph.Layers.Count(layer => GraphReductions.QuantizerOf(layer) is not null)
        + graph.Layers.OfType<DenseLayer>().Sum(dense => dense.Kernel.Raw.Count(raw => raw != 0));
}
