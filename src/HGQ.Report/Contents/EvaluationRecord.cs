using System.Collections.Generic;
using HGQ.Model.Verification;

namespace HGQ.Report.Contents;

/// <summary>What was found when a model's integers were computed for labelled rows.</summary>
/// <param name="Rows">Which rows, for example <c>2198 test rows</c>.</param>
/// <param name="Outputs">How good each output is.</param>
/// <param name="Ranges">What the elements of each layer were between.</param>
/// <param name="Overflows">Results that left their formats, by layer.</param>
public sealed record EvaluationRecord(
    string Rows, IReadOnlyList<OutputRecord> Outputs, IReadOnlyList<LayerRange> Ranges, IReadOnlyList<LayerOverflows> Overflows);

/// <summary>How good an output is: a closed hierarchy, <see cref="ConfusionRecord"/> or <see cref="ResidualRecord"/>.</summary>
/// <param name="Output">Name of the output.</param>
public abstract record OutputRecord(string Output)
{
    /// <summary>Calls the function for this kind of output.</summary>
    /// <param name="confusion">For a classification.</param>
    /// <param name="residuals">For a regression.</param>
    public abstract T Match<T>(System.Func<ConfusionRecord, T> confusion, System.Func<ResidualRecord, T> residuals);
}

/// <summary>A classification.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Counts">Rows by [true class][found class].</param>
public sealed record ConfusionRecord(string Output, IReadOnlyList<string> Classes, IReadOnlyList<IReadOnlyList<int>> Counts)
    : OutputRecord(Output)
{
    /// <inheritdoc/>
    public override T Match<T>(System.Func<ConfusionRecord, T> confusion, System.Func<ResidualRecord, T> residuals)
    {
        System.ArgumentNullException.ThrowIfNull(confusion);
        return confusion(this);
    }
}

/// <summary>A regression, in the unit of its target.</summary>
/// <param name="Output">Name of the output.</param>
/// <param name="Targets">Target of each row.</param>
/// <param name="Errors">Output − target of each row.</param>
/// <param name="Figures">Figures of the errors with their names, for example <c>("rms error", 0.12)</c>.</param>
public sealed record ResidualRecord(
    string Output, IReadOnlyList<double> Targets, IReadOnlyList<double> Errors, IReadOnlyList<(string Name, double Value)> Figures)
    : OutputRecord(Output)
{
    /// <inheritdoc/>
    public override T Match<T>(System.Func<ConfusionRecord, T> confusion, System.Func<ResidualRecord, T> residuals)
    {
        System.ArgumentNullException.ThrowIfNull(residuals);
        return residuals(this);
    }
}
