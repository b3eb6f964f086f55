using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>What an engine got wrong for one model, collected entry point by entry point.</summary>
internal sealed class MatrixVerdict(MatrixModel model)
{
    private readonly List<string> _faults = [];

    /// <summary>Entry points that were compared.</summary>
    public List<string> EntryPoints { get; } = [];

    /// <summary>The first fault of each entry point; empty where all integers are equal.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Notes that the engine could not be built or run for this model.</summary>
    public MatrixVerdict Broken(string problem)
    {
        _faults.Add($"{model.Name}: {problem}");
        return this;
    }

    /// <summary>Compares raw results with those of the codes.</summary>
    public void CompareCodes(string entryPoint, IReadOnlyList<long> raw) =>
        Compare(entryPoint, raw, model.OfCodes, (e, expected) => raw[e] == expected);

    /// <summary>Compares raw results with those of the reals.</summary>
    public void CompareReals(string entryPoint, IReadOnlyList<long> raw) =>
        Compare(entryPoint, raw, model.OfReals, (e, expected) => raw[e] == expected);

    /// <summary>Compares real results, bit for bit but for the sign of zero, with the values of the raw ones.</summary>
    public void CompareReals(string entryPoint, IReadOnlyList<double> values) =>
        Compare(entryPoint, values, model.OfReals, (e, expected) => values[e] == Value(e, expected));

    /// <summary>The same in single precision, which rounds the values of wide results once.</summary>
    public void CompareFloats(string entryPoint, IReadOnlyList<float> values) =>
        Compare(entryPoint, values, model.OfFloats, (e, expected) => values[e] == (float)Value(e, expected));

    /// <summary>Compares the chosen class of each sample with the first of the largest results.</summary>
    public void CompareClasses(string entryPoint, IReadOnlyList<int> classes)
    {
        var expected = model.OfReals.Select((raw, e) => Value(e, raw)).Chunk(model.Formats.Length).Select(values => (long)Array.IndexOf(values, values.Max()));
        Compare(entryPoint, classes, [.. expected], (sample, best) => classes[sample] == best);
    }

    private double Value(int e, long raw) => FixedPointArithmetic.ToDouble(raw, model.Formats[e % model.Formats.Length]);

    private void Compare<T>(string entryPoint, IReadOnlyList<T> found, long[] expected, Func<int, long, bool> equal)
    {
        EntryPoints.Add(entryPoint);
        if (found.Count != expected.Length)
        {
            _faults.Add(FormattableString.Invariant($"{model.Name}: {entryPoint}: {found.Count} results instead of {expected.Length}"));
            return;
        }

        int first = Array.FindIndex([.. Enumerable.Range(0, expected.Length)], e => !equal(e, expected[e]));
        if (first >= 0)
        {
            int outputs = model.Formats.Length;
            _faults.Add(FormattableString.Invariant(
                $"{model.Name}: {entryPoint}: sample {first / outputs}, element {first % outputs}: {found[first]}, the interpreter has {expected[first]} (raw)"));
        }
    }
}
