using System;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Trimming;

/// <summary>A dense layer of a chain: weights and biases as numbers, each an integer times a power of two, which trimming changes.</summary>
internal sealed class ChainLayer
{
    public ChainLayer(DenseLayer source)
    {
        Source = source;
        (Inputs, Outputs) = (source.Kernel.Shape[0], source.Kernel.Shape[1]);
        Weights = ValuesOf(source.Kernel);
        Bias = source.Bias is null ? new double[Outputs] : ValuesOf(source.Bias);
        Quantizer = source.Quantizer is null ? null : new ChainQuantizer(source.Quantizer);
    }

    /// <summary>The layer that the model came with.</summary>
    public DenseLayer Source { get; }

    /// <summary>Number of inputs.</summary>
    public int Inputs { get; }

    /// <summary>Number of outputs.</summary>
    public int Outputs { get; }

    /// <summary>Weights [input · <see cref="Outputs"/> + output].</summary>
    public double[] Weights { get; }

    /// <summary>Biases.</summary>
    public double[] Bias { get; }

    /// <summary>The quantizer behind the layer; null keeps the exact sums.</summary>
    public ChainQuantizer? Quantizer { get; }

    /// <summary>Whether negative sums become 0.</summary>
    public bool HasRelu => Source.Activation == ActivationKind.Relu;

    /// <summary>Weight from an input to an output.</summary>
    public ref double Weight(int input, int output) => ref Weights[(input * Outputs) + output];

    /// <summary>The layer as the model file has it.</summary>
    public DenseLayer ToNode()
    {
        IntegerTensor? bias = Bias.All(static b => b == 0)
            ? null
            : IntegersOf(Source.Bias?.Shape ?? new TensorShape(new[] { Outputs }), Bias);
        return Source with { Kernel = IntegersOf(Source.Kernel.Shape, Weights), Bias = bias, Quantizer = Quantizer?.ToSpec() };
    }

    private static double[] ValuesOf(IntegerTensor tensor)
    {
        var values = new double[tensor.Raw.Length];
        for (int e = 0; e < values.Length; e++)
        {
            values[e] = FixedPointArithmetic.ToDouble(tensor.Raw[e], tensor.Format[e]);
        }

        return values;
    }

    private static IntegerTensor IntegersOf(TensorShape shape, double[] values)
    {
        DyadicNumber[] numbers = Array.ConvertAll(values, DyadicNumber.Of);
        return new IntegerTensor(
            new TensorFormat(shape, Array.ConvertAll(numbers, static n => n.Format)), Array.ConvertAll(numbers, static n => n.Raw));
    }
}
