using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;
using static System.FormattableString;

namespace HGQ.Model.Verification;

/// <summary>A block of samples that all engines compute.</summary>
public sealed class VerificationVectors
{
    /// <summary>Puts a block together.</summary>
    /// <param name="origins">What each sample is, for messages.</param>
    /// <param name="codes">Codes, row-major: as many a sample as the program's code ports have.</param>
    /// <param name="inputs">The reals that have these codes, row-major; null where the samples are codes only.</param>
    public VerificationVectors(IReadOnlyList<string> origins, long[] codes, double[]? inputs)
    {
        Origins = origins;
        Codes = codes;
        Inputs = inputs;
    }

    /// <summary>What each sample is, for messages.</summary>
    public IReadOnlyList<string> Origins { get; }

    /// <summary>Codes, row-major.</summary>
    public long[] Codes { get; }

    /// <summary>The reals behind the codes, row-major, or null.</summary>
    public double[]? Inputs { get; }

    /// <summary>Whether they were made up to provoke differences; else they are rows of data.</summary>
    public bool AreCorners { get; init; }

    /// <summary>Number of samples.</summary>
    public int Count => Origins.Count;

    /// <summary>A block from corner vectors.</summary>
    public static VerificationVectors FromCorners(IReadOnlyList<CornerVector> corners)
        => new(corners.Select(corner => corner.Kind).ToArray(), corners.SelectMany(corner => corner.Codes).ToArray(), null) { AreCorners = true };

    /// <summary>A block from real samples, quantized as the model's input ports do it.</summary>
    /// <exception cref="ArgumentException">A sample has no codes (NaN, or infinite where the port wraps); the message names it.</exception>
    public static VerificationVectors FromInputs(IntegerProgram program, IReadOnlyList<string> origins, double[] inputs)
    {
        var interpreter = new ReferenceInterpreter(program);
        var sample = new double[program.InputSize];
        var sampleCodes = new long[program.InputCodeSize];
        var codes = new long[origins.Count * sampleCodes.Length];
        for (var n = 0; n < origins.Count; n++)
        {
            Array.Copy(inputs, n * sample.Length, sample, 0, sample.Length);
            try
            {
                interpreter.Encode(sample, sampleCodes);
            }
            catch (ArgumentException fault)
            {
                throw new ArgumentException(Invariant($"{origins[n]}: {fault.Message}"), nameof(inputs), fault);
            }

            sampleCodes.CopyTo(codes, n * sampleCodes.Length);
        }

        return new VerificationVectors(origins, codes, inputs);
    }

    /// <summary>The samples that are made for a program: reals around the borders of its inputs, then codes (<see cref="VectorSearch"/>).</summary>
    public static IReadOnlyList<VerificationVectors> Corners(IntegerProgram program, CornerOptions options)
    {
        var reals = InputCorners.Generate(program);
        var encoded = FromInputs(program, reals.Select(sample => sample.Key).ToArray(), reals.SelectMany(sample => sample.Value).ToArray());
        return new[]
        {
            new VerificationVectors(encoded.Origins, encoded.Codes, encoded.Inputs) { AreCorners = true },
            FromCorners(VectorSearch.Find(program, options, Array.Empty<AdderWire>()).Vectors),
        };
    }
}
