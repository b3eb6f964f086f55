namespace HGQ.Runtime.Training.Pareto;

/// <summary>A trade: what it costs and how good it is.</summary>
/// <param name="Cost">EBOPs; less is better.</param>
/// <param name="Score">Accuracy, or minus an error; more is better.</param>
public readonly record struct ParetoPoint(double Cost, double Score)
{
    /// <summary>Whether this point is at least as good in both and better in one.</summary>
    public bool Dominates(ParetoPoint other) =>
        Cost <= other.Cost && Score >= other.Score && (Cost < other.Cost || Score > other.Score);
}
