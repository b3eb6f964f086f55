using System.Collections.Generic;
using HGQ.Model.Verification;

namespace HGQ.Runtime.Evaluation;

/// <summary>How good a model's integers are on labelled rows.</summary>
/// <param name="Count">Rows.</param>
/// <param name="Outputs">What was found of each output that was compared with the target.</param>
/// <param name="Overflows">Results that left their formats, by layer.</param>
public sealed record EvaluationReport(int Count, IReadOnlyList<OutputReport> Outputs, IReadOnlyList<LayerOverflows> Overflows)
{
    /// <summary>What the elements of each layer were between, in the order of execution.</summary>
    public IReadOnlyList<LayerRange> Ranges { get; init; } = [];
}

/// <summary>How good one output is.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Count">Rows.</param>
public abstract record OutputReport(string Output, int Count);

/// <summary>A classification: the class is the largest output, the first of equal ones.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Count">Rows.</param>
/// <param name="Right">Rows of which the class is found.</param>
/// <param name="Confusion">Rows by [true class][found class].</param>
public sealed record ClassificationReport(string Output, int Count, int Right, IReadOnlyList<IReadOnlyList<int>> Confusion)
    : OutputReport(Output, Count)
{
    /// <summary>Share of the rows of which the class is found.</summary>
    public double Accuracy => Right / (double)Count;
}

/// <summary>A regression, in the unit of the target.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Count">Rows.</param>
/// <param name="RootMeanSquare">Root of the mean square of output − target.</param>
/// <param name="Bias">Mean of output − target.</param>
/// <param name="Resolution">Standard deviation of output − target.</param>
/// <param name="CentralResolution">
/// Half the width of the interval that holds the central 68.27 % of output − target: the standard deviation of a Gaussian, but one
/// that rare large errors don't widen.
/// </param>
public sealed record RegressionReport(string Output, int Count, double RootMeanSquare, double Bias, double Resolution, double CentralResolution)
    : OutputReport(Output, Count)
{
    /// <summary>Mean of |output − target|.</summary>
    public double MeanAbsolute { get; init; }

    /// <summary>R²: the share of the target's variance that the outputs explain; NaN where the target does not vary.</summary>
    public double RSquared { get; init; }

    /// <summary>Output − target of each row.</summary>
    public IReadOnlyList<double> Errors { get; init; } = [];

    /// <summary>Target of each row.</summary>
    public IReadOnlyList<double> Targets { get; init; } = [];
}
