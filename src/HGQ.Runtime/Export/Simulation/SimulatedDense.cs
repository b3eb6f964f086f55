using System;
using System.Collections.Generic;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Export.Simulation;

/// <summary>A dense layer on blocks of samples: its non-zero weights only, one output after the other.</summary>
internal sealed class SimulatedDense
{
    private readonly int[] _start;
    private readonly int[] _input;
    private readonly double[] _weight;
    private readonly double[] _bias;
    private readonly bool _relu;

    private SimulatedDense(int[] start, int[] input, double[] weight, double[] bias, bool relu, SimulatedQuantizer? quantizer)
    {
        (_start, _input, _weight, _bias, _relu, Quantizer) = (start, input, weight, bias, relu, quantizer);
    }

    /// <summary>The output quantizer.</summary>
    public SimulatedQuantizer? Quantizer { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs => _bias.Length;

    /// <summary>Makes the layer, or answers null where float64 could not hold its sums exactly.</summary>
    public static SimulatedDense? TryCreate(DenseLayer layer, IReadOnlyList<FixedPointFormat> inputs)
    {
        SimulatedQuantizer? quantizer = layer.Quantizer is null ? null : SimulatedQuantizer.TryCreate(layer.Quantizer);
        if ((layer.Quantizer is not null && quantizer is null) || !ExactSums.Fit(layer, inputs, quantizer))
        {
            return null;
        }

        int outputs = layer.Kernel.Shape[1];
        var start = new int[outputs + 1];
        List<int> input = [];
        List<double> weight = [];
        var bias = new double[outputs];
        for (int o = 0; o < outputs; o++)
        {
            for (int i = 0; i < inputs.Count; i++)
            {
                int index = (i * outputs) + o;
                if (layer.Kernel.Raw[index] != 0)
                {
                    input.Add(i);
                    weight.Add(FixedPointArithmetic.ToDouble(layer.Kernel.Raw[index], layer.Kernel.Format[index]));
                }
            }

            start[o + 1] = input.Count;
            bias[o] = layer.Bias is null ? 0 : FixedPointArithmetic.ToDouble(layer.Bias.Raw[o], layer.Bias.Format[o]);
        }

        return new SimulatedDense(start, [.. input], [.. weight], bias, layer.Activation == ActivationKind.Relu, quantizer);
    }

    /// <summary>Computes a block.</summary>
    public void Apply(SampleBlock source, SampleBlock destination, int valid)
    {
        int lanes = Vector<double>.Count;
        int samples = SampleBlock.Samples;
        ReadOnlySpan<double> x = source.Values;
        for (int o = 0; o < Outputs; o++)
        {
            var sum0 = new Vector<double>(_bias[o]);
            Vector<double> sum1 = sum0;
            Vector<double> sum2 = sum0;
            Vector<double> sum3 = sum0;
            for (int t = _start[o]; t < _start[o + 1]; t++)
            {
                ReadOnlySpan<double> row = x.Slice(_input[t] * samples, samples);
                var weight = new Vector<double>(_weight[t]);
                sum0 = Vector.FusedMultiplyAdd(new Vector<double>(row), weight, sum0);
                sum1 = Vector.FusedMultiplyAdd(new Vector<double>(row[lanes..]), weight, sum1);
                sum2 = Vector.FusedMultiplyAdd(new Vector<double>(row[(2 * lanes)..]), weight, sum2);
                sum3 = Vector.FusedMultiplyAdd(new Vector<double>(row[(3 * lanes)..]), weight, sum3);
            }

            Span<double> result = destination.Values.AsSpan(o * samples, samples);
            Activate(sum0).CopyTo(result);
            Activate(sum1).CopyTo(result[lanes..]);
            Activate(sum2).CopyTo(result[(2 * lanes)..]);
            Activate(sum3).CopyTo(result[(3 * lanes)..]);
            Quantizer?.Apply(o, result, valid);
        }
    }

    private Vector<double> Activate(Vector<double> sum) => _relu ? Vector.Max(sum, Vector<double>.Zero) : sum;
}
