using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HGQ.Import.Tests;

/// <summary>An exported file in ONNX Runtime, its results as integers.</summary>
internal sealed class OnnxRuntimeModel : IDisposable
{
    private readonly IntegerProgram _program;
    private readonly InferenceSession _session;

    public OnnxRuntimeModel(byte[] file, IntegerProgram program)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        (_program, _session) = (program, new InferenceSession(file, options));
    }

    /// <summary>All samples in one batch; raw integers of all outputs, sample by sample.</summary>
    public long[][] Run(IReadOnlyList<double[]> samples)
    {
        var inputs = new List<NamedOnnxValue>();
        var first = 0;
        foreach (ProgramInput input in _program.Inputs)
        {
            int size = input.Shape.Size, from = first;
            float[] values = [.. samples.SelectMany(sample => sample.AsSpan(from, size).ToArray().Select(static x => (float)x))];
            int[] shape = [samples.Count, .. input.Shape.Dimensions];
            inputs.Add(NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(values, shape)));
            first += size;
        }

        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = _session.Run(inputs, [.. _session.OutputMetadata.Keys]);
        var raw = Enumerable.Range(0, samples.Count).Select(static _ => new List<long>()).ToArray();
        foreach ((DisposableNamedOnnxValue result, ProgramOutput output) in results.Zip(_program.Outputs))
        {
            Tensor<float> values = result.AsTensor<float>();
            Assert.Equal([samples.Count, .. output.Shape.Dimensions], values.Dimensions.ToArray());
            float[] flat = [.. values];
            for (var n = 0; n < flat.Length; n++)
            {
                int size = output.Shape.Size;
                raw[n / size].Add(Raw(flat[n], _program.Buffers[output.Buffer].Formats[n % size]));
            }
        }

        return [.. raw.Select(static list => list.ToArray())];
    }

    public void Dispose() => _session.Dispose();

    // No rounding: a result beside the grid is a difference.
    private static long Raw(float value, FixedPointFormat format)
    {
        double scaled = Math.ScaleB(value, format.FractionBits);
        return Math.Floor(scaled).Equals(scaled) ? format.ToStorage((BigInteger)scaled)
            : throw new InvalidOperationException($"{value:R} is no multiple of 2^-{format.FractionBits}");
    }
}
