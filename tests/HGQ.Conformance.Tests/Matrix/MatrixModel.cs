using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;

namespace HGQ.Conformance.Tests.Matrix;

/// <summary>A model with samples and what the interpreter makes of them: the reference of every engine.</summary>
internal sealed class MatrixModel
{
    private static readonly CornerOptions Corners = new(Seed: 7, Random: 24, OneHot: 6, Sums: 6);

    private readonly ReferenceInterpreter _interpreter;

    public MatrixModel(string name, ModelGraph graph, IEnumerable<double[]> samples)
    {
        Name = name;
        Graph = graph;
        Program = Lowerer.Lower(graph);
        _interpreter = new ReferenceInterpreter(Program);
        Formats = [.. Program.Outputs.SelectMany(output => Program.Buffers[output.Buffer].Formats)];
        Reals = [.. samples];
        Floats = [.. Reals.Select(sample => Array.ConvertAll(sample, x => (float)Math.Clamp(x, -float.MaxValue, float.MaxValue)))];
        Codes = [.. Reals.Select(Encode), .. CornerVectors.Generate(Program, Corners).Select(corner => corner.Codes.ToArray())];
        OfCodes = [.. Codes.SelectMany(Run)];
        OfReals = [.. Reals.SelectMany(_interpreter.Predict)];
        OfFloats = [.. Floats.SelectMany(sample => _interpreter.Predict(Array.ConvertAll(sample, x => (double)x)))];
    }

    /// <summary>For messages.</summary>
    public string Name { get; }

    /// <summary>The model.</summary>
    public ModelGraph Graph { get; }

    /// <summary>Its integers.</summary>
    public IntegerProgram Program { get; }

    /// <summary>Formats of all results of one sample.</summary>
    public FixedPointFormat[] Formats { get; }

    /// <summary>Real samples.</summary>
    public double[][] Reals { get; }

    /// <summary>The same in single precision.</summary>
    public float[][] Floats { get; }

    /// <summary>Samples as codes: those of <see cref="Reals"/>, then corners.</summary>
    public long[][] Codes { get; }

    /// <summary>Raw results of <see cref="Codes"/>.</summary>
    public long[] OfCodes { get; }

    /// <summary>Raw results of <see cref="Reals"/>.</summary>
    public long[] OfReals { get; }

    /// <summary>Raw results of <see cref="Floats"/>.</summary>
    public long[] OfFloats { get; }

    /// <summary>For names of test cases.</summary>
    public override string ToString() => Name;

    private long[] Encode(double[] sample)
    {
        var codes = new long[Program.InputCodeSize];
        _interpreter.Encode(sample, codes);
        return codes;
    }

    private long[] Run(long[] codes)
    {
        var results = new long[Program.OutputSize];
        _interpreter.Run(codes, results);
        return results;
    }
}
