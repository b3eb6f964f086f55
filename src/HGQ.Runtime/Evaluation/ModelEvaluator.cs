using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Runtime.Evaluation;

/// <summary>Evaluates a model on labelled rows with its exact integers, and counts overflows on the way.</summary>
public static class ModelEvaluator
{
    // One standard deviation of a Gaussian to either side leaves this share of it below, and the same above.
    private const double TailOfOneSigma = 0.158655253931457;

    /// <summary>Evaluates.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="outputs">The outputs that are compared with the target, all of one size.</param>
    /// <param name="description">What the metadata tell of them.</param>
    /// <param name="labelled">The rows.</param>
    /// <param name="progress">Called now and then with the number of rows so far; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    public static EvaluationReport Evaluate(
        ModelGraph graph,
        IReadOnlyList<OutputSlice> outputs,
        ModelDescription description,
        LabelledSamples labelled,
        Action<int>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(labelled);
        Require(outputs, description, labelled);
        IntegerProgram program = Lowerer.Lower(graph);
        FixedPointFormat[] formats = [.. program.Outputs.SelectMany(output => program.Buffers[output.Buffer].Formats)];
        var counter = new OverflowCounter(graph, ranges: true);
        var inputs = new double[program.InputSize];
        var results = new double[labelled.Samples.Count][];
        for (int n = 0; n < results.Length; n++)
        {
            cancellation.ThrowIfCancellationRequested();
            labelled.Samples.CopyTo(n, inputs);
            results[n] = [.. counter.Add(inputs).Select((raw, e) => FixedPointArithmetic.ToDouble(raw, formats[e]))];
            if (n % 256 == 0)
            {
                progress?.Invoke(n);
            }
        }

        return new EvaluationReport(results.Length, [.. outputs.Select(Report)], counter.Counts) { Ranges = counter.Ranges };

        OutputReport Report(OutputSlice output)
        {
            double[][] values = Array.ConvertAll(results, row => row[output.First..(output.First + output.Size)]);
            return description.IsClassifier
                ? Classification(output.Name, values, labelled.Classes)
                : Regression(output.Name, values, labelled.Targets, description);
        }
    }

    private static void Require(IReadOnlyList<OutputSlice> outputs, ModelDescription description, LabelledSamples labelled)
    {
        int count = labelled.Samples.Count, targets = description.IsClassifier ? labelled.Classes.Count : labelled.Targets.Count;
        if (count == 0 || targets != count)
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"{labelled.Samples.Source}: {count} rows and {targets} targets can't be evaluated; each row needs one."),
                nameof(labelled));
        }

        int classes = outputs.Count == 0 ? 0 : outputs.Min(static output => output.Size);
        for (int n = 0; n < count && description.IsClassifier; n++)
        {
            if (labelled.Classes[n] < 0 || labelled.Classes[n] >= classes)
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"{labelled.Samples.Source}: row {n} (from 0) is of class {labelled.Classes[n]}; the output has {classes}."),
                    nameof(labelled));
            }
        }
    }

    /// <summary>The class that scores stand for: the largest, the first of equal ones.</summary>
    public static int ClassOf(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int best = 0;
        for (int i = 1; i < scores.Count; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return best;
    }

    private static ClassificationReport Classification(string name, double[][] outputs, IReadOnlyList<int> classes)
    {
        int[][] confusion = [.. outputs[0].Select(_ => new int[outputs[0].Length])];
        for (int n = 0; n < outputs.Length; n++)
        {
            confusion[classes[n]][ClassOf(outputs[n])]++;
        }

        return new ClassificationReport(name, outputs.Length, confusion.Select(static (row, c) => row[c]).Sum(), confusion);
    }

    private static RegressionReport Regression(string name, double[][] outputs, IReadOnlyList<double> targets, ModelDescription description)
    {
        double[] errors = [.. outputs.Select((output, n) => (output[0] * description.TargetScale) + description.TargetMean - targets[n])];
        double bias = errors.Average();
        return new RegressionReport(
            name,
            errors.Length,
            Math.Sqrt(errors.Average(static e => e * e)),
            bias,
            Math.Sqrt(errors.Average(e => (e - bias) * (e - bias))),
            CentralResolution(errors))
        {
            MeanAbsolute = errors.Average(Math.Abs),
            RSquared = RSquared(errors, targets),
            Errors = errors,
            Targets = targets,
        };
    }

    private static double RSquared(double[] errors, IReadOnlyList<double> targets)
    {
        double mean = targets.Average(), variation = targets.Sum(target => (target - mean) * (target - mean));
        return variation > 0 ? 1 - (errors.Sum(static e => e * e) / variation) : double.NaN;
    }

    private static double CentralResolution(double[] errors)
    {
        double[] sorted = [.. errors.Order()];
        int tail = (int)(TailOfOneSigma * sorted.Length);
        return (sorted[^(tail + 1)] - sorted[tail]) / 2;
    }
}
