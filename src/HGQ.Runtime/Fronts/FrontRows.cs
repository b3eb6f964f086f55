using HGQ.Model.Graph;
using HGQ.Runtime.Data;
using HGQ.Runtime.Evaluation;
using HGQ.Runtime.Export;
using HGQ.Runtime.Training.Scores;

namespace HGQ.Runtime.Fronts;

/// <summary>The rows that models are made with and judged by.</summary>
/// <param name="Training">Rows to learn from.</param>
/// <param name="Validation">Rows that choose.</param>
/// <param name="Score">How they judge.</param>
public sealed record FrontRows(SampleSet Training, SampleSet Validation, Score Score)
{
    /// <summary>Judges a model by its exact integers and its exact cost.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="beta">What a bit operation cost where it comes from.</param>
    /// <param name="origin">Where it comes from.</param>
    public FrontModel Judge(ModelGraph graph, double beta, string origin)
    {
        var model = ExportedModel.Of(graph);
        return new FrontModel(graph, (long)model.Program.Ebops, CandidateEvaluator.Judge(model, Validation, Score), beta, origin);
    }
}
