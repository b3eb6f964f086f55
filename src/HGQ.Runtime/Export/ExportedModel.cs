using System.Linq;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Runtime.Export;

/// <summary>An exported model and what it was lowered to, so that nobody behind the export lowers it once more.</summary>
/// <param name="Graph">The model.</param>
/// <param name="Program">Its program.</param>
public sealed record ExportedModel(ModelGraph Graph, IntegerProgram Program)
{
    /// <summary>The program for features that are scaled already: without the model's preprocessing.</summary>
    internal IntegerProgram OfScaledFeatures => Program with
    {
        Inputs = Program.Inputs.Select(static input => input with { Standardization = null }).ToArray(),
    };

    /// <summary>Lowers a model.</summary>
    /// <param name="graph">The model.</param>
    /// <exception cref="ModelGraphException">It can't be lowered.</exception>
    public static ExportedModel Of(ModelGraph graph) => new(graph, Lowerer.Lower(graph));
}
