using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Runtime.Layers;
using HGQ.Runtime.Quantizers;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Export.Verification;

/// <summary>Runs the trained model in float64 and the exported integers side by side, layer by layer.</summary>
public sealed class FloatVerifier
{
    private const int Batch = 512;

    private readonly HgqModel _model;
    private readonly IntegerProgram _program;
    private readonly ReferenceInterpreter _interpreter;
    private readonly HashSet<string> _outputs;
    private readonly HashSet<string> _declared;
    private long _elements;
    private long _mismatches;
    private int _overflowSamples;
    private FloatDifference? _firstMismatch;
    private FloatDifference? _firstOverflow;
    private int _offGridSamples;
    private FloatDifference? _firstOffGrid;

    private FloatVerifier(HgqModel model, ModelGraph graph)
    {
        _model = model;
        _program = Lowerer.Lower(graph with { Metadata = ModelMetadata.Empty });
        _interpreter = new ReferenceInterpreter(_program);
        _outputs = [.. graph.Outputs.Select(static o => o.Layer)];
        _declared = [.. model.Layers.OfType<Signature>().Select(static l => l.Name)];
    }

    /// <summary>Compares.</summary>
    /// <param name="model">The trained model; it is converted to float64 for good.</param>
    /// <param name="graph">Its export; the preprocessing is not applied.</param>
    /// <param name="samples">Scaled features, shape (samples, features), row major; the features of all input ports, one port behind the other.</param>
    public static FloatVerification Verify(HgqModel model, ModelGraph graph, float[] samples)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(samples);
        model.ToFloat64();
        model.eval();
        var verifier = new FloatVerifier(model, graph);
        int size = verifier._program.InputSize;
        RequireSamples(model, samples, size);
        int count = samples.Length / size;
        for (int first = 0; first < count; first += Batch)
        {
            verifier.Compare(first, samples.AsSpan(first * size, Math.Min(Batch, count - first) * size), size);
        }

        return new FloatVerification(
            count,
            verifier._elements,
            verifier._mismatches,
            verifier._firstMismatch,
            verifier._overflowSamples,
            verifier._firstOverflow,
            verifier._offGridSamples,
            verifier._firstOffGrid);
    }

    private static void RequireSamples(HgqModel model, float[] samples, int size)
    {
        long features = model.InputPorts.Sum(static port => FixedPointBits.Size(port.OutputShape));
        if (features != size)
        {
            throw new ArgumentException(
                $"The model takes {features} features, its export {size}: they do not belong together.", nameof(model));
        }

        if (samples.Length == 0 || samples.Length % size != 0)
        {
            throw new ArgumentException($"{samples.Length} numbers make no samples of {size} features.", nameof(samples));
        }

        int bad = Array.FindIndex(samples, static x => !float.IsFinite(x));
        if (bad >= 0)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Sample {bad / size} has {samples[bad]} as feature {bad % size} (both from 0)."),
                nameof(samples));
        }
    }

    private void Compare(int first, ReadOnlySpan<float> samples, int size)
    {
        double[] inputs = Array.ConvertAll(samples.ToArray(), static x => (double)x);
        int count = inputs.Length / size;
        Dictionary<string, double[]> expected = Expected(inputs, count);
        LayerProbe[] probes = [.. _program.Probes.Where(p => expected.ContainsKey(p.Layer))];
        for (int s = 0; s < count; s++)
        {
            _interpreter.Predict(inputs[(s * size)..((s + 1) * size)]);
            if (!IsLeftOut(first + s, probes, probe => Sample(expected, probe, s)))
            {
                foreach (LayerProbe probe in probes)
                {
                    CountDifferences(first + s, probe, Sample(expected, probe, s));
                }
            }
        }
    }

    // Trained model and integers are promised to be equal within the traced ranges, and behind a signature on its grid only.
    private bool IsLeftOut(int sample, LayerProbe[] probes, Func<LayerProbe, ReadOnlyMemory<double>> values)
    {
        if (probes.Select(p => Overflow(sample, p, values(p))).FirstOrDefault(static d => d is not null) is { } overflow)
        {
            _overflowSamples++;
            _firstOverflow ??= overflow;
            return true;
        }

        if (probes.Where(p => _declared.Contains(p.Layer)).Select(p => OffGrid(sample, p, values(p))).FirstOrDefault(static d => d is not null) is { } beside)
        {
            _offGridSamples++;
            _firstOffGrid ??= beside;
            return true;
        }

        return false;
    }

    private static ReadOnlyMemory<double> Sample(Dictionary<string, double[]> expected, LayerProbe probe, int sample)
    {
        int size = probe.Formats.Length;
        return expected[probe.Layer].AsMemory(sample * size, size);
    }

    private static FloatDifference? Overflow(int sample, LayerProbe probe, ReadOnlyMemory<double> values)
    {
        for (int e = 0; e < probe.Formats.Length; e++)
        {
            double value = values.Span[e];
            FixedPointFormat format = probe.Formats[e];
            if (value < format.MinValue || value > format.MaxValue)
            {
                return new FloatDifference(sample, probe.Layer, e, value, Math.Clamp(value, format.MinValue, format.MaxValue));
            }
        }

        return null;
    }

    // Multiples of a power of two are exact in float64, and so is the quotient.
    private static FloatDifference? OffGrid(int sample, LayerProbe probe, ReadOnlyMemory<double> values)
    {
        for (int e = 0; e < probe.Formats.Length; e++)
        {
            double value = values.Span[e], step = probe.Formats[e].Step;
            double nearest = probe.Formats[e].IsZero ? 0 : Math.Floor((value / step) + 0.5) * step;
            if (value != nearest)
            {
                return new FloatDifference(sample, probe.Layer, e, value, nearest);
            }
        }

        return null;
    }

    private void CountDifferences(int sample, LayerProbe probe, ReadOnlyMemory<double> values)
    {
        bool output = _outputs.Contains(probe.Layer);
        _elements += output ? probe.Formats.Length : 0;
        for (int e = 0; e < probe.Formats.Length; e++)
        {
            if (probe.Indices[e] == LayerProbe.Dead)
            {
                continue;
            }

            long raw = probe.Indices[e] == LayerProbe.Constant ? probe.Constants[e] : _interpreter.Buffers[probe.Buffer][probe.Indices[e]];
            double actual = FixedPointArithmetic.ToDouble(raw, probe.Formats[e]);
            if (actual != values.Span[e])
            {
                _firstMismatch ??= new FloatDifference(sample, probe.Layer, e, values.Span[e], actual);
                _mismatches += output ? 1 : 0;
            }
        }
    }

    // Outputs of every layer, by name.
    private Dictionary<string, double[]> Expected(double[] inputs, int count)
    {
        using DisposeScope scope = torch.NewDisposeScope();
        using IDisposable noGradient = torch.no_grad();
        torch.Tensor all = NewTensor.Of(inputs, [count, inputs.Length / count]);
        var values = new Dictionary<HLayer, torch.Tensor>();
        long start = 0;
        foreach (HInput port in _model.InputPorts)
        {
            long size = FixedPointBits.Size(port.OutputShape);
            values[port] = all.Narrow(1, start, size).Reshape([count, .. port.OutputShape]);
            start += size;
        }

        foreach (HLayer layer in _model.Layers)
        {
            values[layer] = layer.Compute([.. layer.Inputs.Select(input => values[input])]);
        }

        return _model.Layers.ToDictionary(static l => l.Name, l => TensorValues.Read(values[l]), StringComparer.Ordinal);
    }
}
