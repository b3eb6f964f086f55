using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <summary>
/// Evaluates a graph by the words of layers.md with exact numbers: no lowering, no widths, no integers that could overflow.
/// The independent definition that lowered programs are compared with.
/// </summary>
public sealed partial class ExactEvaluator : ILayerVisitor<Dyadic[]>
{
    private readonly Dictionary<string, Dyadic[]> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, double[]> _inputs = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, TensorShape> _shapes;

    private ExactEvaluator(ModelGraph graph) => _shapes = ShapeInference.Infer(graph);

    /// <summary>The exact values of every layer's output for one sample.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="inputs">All input ports one behind the other, before preprocessing.</param>
    public static IReadOnlyDictionary<string, Dyadic[]> Evaluate(ModelGraph graph, double[] inputs)
    {
        var evaluator = new ExactEvaluator(graph);
        int offset = 0;
        foreach (var layer in graph.Layers)
        {
            if (layer is InputLayer input)
            {
                evaluator._inputs[input.Name] = Standardized(graph, input.Name, inputs.AsSpan(offset, input.Shape.Size).ToArray());
                offset += input.Shape.Size;
            }
            else
            {
                evaluator._values[layer.Name] = layer.Accept(evaluator);
            }
        }

        return evaluator._values;
    }

    // The only rounding of preprocessing is to single precision, behind a difference and a quotient in double precision.
    private static double[] Standardized(ModelGraph graph, string port, double[] inputs)
    {
        static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);
        return graph.Metadata.Preprocessing.SingleOrDefault(entry => entry.Input == port) is { } standardization
            ? [.. inputs.Select((x, e) => (double)(float)((x - Parse(standardization.Mean[e])) / Parse(standardization.Scale[e])))]
            : inputs;
    }

    /// <inheritdoc/>
    public Dyadic[] VisitInput(InputLayer layer) => throw new InvalidOperationException("inputs are given");

    /// <inheritdoc/>
    public Dyadic[] VisitQuantize(QuantizeLayer layer)
    {
        if (!_inputs.TryGetValue(layer.Input, out var reals))
        {
            return Quantize(_values[layer.Input], layer.Quantizer);
        }

        return [.. reals.Select((x, e) =>
        {
            var format = layer.Quantizer.Format[e];
            long code = FixedPointArithmetic.FromDouble(x, format, layer.Quantizer.Rounding, layer.Quantizer.Overflow);
            return new Dyadic(format.FromStorage(code), format.FractionBits);
        })];
    }

    /// <inheritdoc/>
    public Dyadic[] VisitDense(DenseLayer layer)
    {
        var x = _values[layer.Input];
        int inputs = layer.Kernel.Shape[0], outputs = layer.Kernel.Shape[1];
        var y = new Dyadic[x.Length / inputs * outputs];
        for (int n = 0; n < y.Length; n++)
        {
            int o = n % outputs, row = n / outputs * inputs;
            y[n] = layer.Bias is null ? Dyadic.Zero : At(layer.Bias, o);
            for (int i = 0; i < inputs; i++)
            {
                y[n] += x[row + i] * At(layer.Kernel, (i * outputs) + o);
            }
        }

        return Finish(y, layer.Activation, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitScaleOffset(ScaleOffsetLayer layer)
    {
        var x = _values[layer.Input];
        int channels = layer.Scale.Shape[0];
        var y = x.Select((v, e) => (v * At(layer.Scale, e % channels)) + (layer.Offset is null ? Dyadic.Zero : At(layer.Offset, e % channels)));
        return Finish([.. y], layer.Activation, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitRelu(ReluLayer layer)
    {
        var slope = new Dyadic(layer.SlopeRaw, layer.SlopeFractionBits);
        return Finish([.. _values[layer.Input].Select(v => v.Raw.Sign < 0 ? v * slope : v)], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitClamp(ClampLayer layer)
    {
        Dyadic low = new(layer.LowRaw, layer.LimitFractionBits), high = new(layer.HighRaw, layer.LimitFractionBits);
        var y = _values[layer.Input].Select(v => v.CompareTo(low) < 0 ? low : v.CompareTo(high) > 0 ? high : v);
        return Finish([.. y], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitTable(TableLayer layer)
    {
        var y = _values[layer.Input].Select((v, e) =>
        {
            var table = layer.Tables[layer.TableOf[layer.TableOf.Length == 1 ? 0 : e]];
            int index = (int)(v.At(table.Input.FractionBits) & (table.Entries.Length - 1));
            return new Dyadic(table.Output.FromStorage(table.Entries[index]), table.Output.FractionBits);
        });
        return Finish([.. y], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitAdd(AddLayer layer)
    {
        var shape = _shapes[layer.Name];
        var sum = Enumerable.Repeat(Dyadic.Zero, shape.Size).ToArray();
        for (int n = 0; n < layer.Inputs.Length; n++)
        {
            var operand = Broadcast(layer.Inputs[n], shape);
            for (int e = 0; e < sum.Length; e++)
            {
                sum[e] = layer.Negate[n] ? sum[e] - operand[e] : sum[e] + operand[e];
            }
        }

        return Finish(sum, ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitMultiply(MultiplyLayer layer)
    {
        var shape = _shapes[layer.Name];
        Dyadic[] left = Broadcast(layer.Left, shape), right = Broadcast(layer.Right, shape);
        return Finish([.. left.Select((v, e) => v * right[e])], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitMatMul(MatMulLayer layer)
    {
        Dyadic[] left = _values[layer.Left], right = _values[layer.Right];
        var shape = _shapes[layer.Left];
        int rows = shape[shape.Rank - 2], inner = shape[shape.Rank - 1];
        int columns = right.Length / (left.Length / rows);
        var y = new Dyadic[left.Length / inner * columns];
        for (int n = 0; n < y.Length; n++)
        {
            int column = n % columns, row = n / columns, batch = row / rows;
            for (int k = 0; k < inner; k++)
            {
                int j = layer.TransposeRight ? (((batch * columns) + column) * inner) + k : (((batch * inner) + k) * columns) + column;
                y[n] += left[(row * inner) + k] * right[j];
            }
        }

        return Finish(y, ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitExtremum(ExtremumLayer layer)
    {
        var shape = _shapes[layer.Name];
        var operands = layer.Inputs.Select(name => Broadcast(name, shape)).ToArray();
        return Finish([.. Enumerable.Range(0, shape.Size).Select(e => Extreme(operands.Select(o => o[e]), layer.Kind))], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitShift(ShiftLayer layer)
        => [.. _values[layer.Input].Select(v => new Dyadic(v.Raw, v.FractionBits - layer.Shift))];

    private static Dyadic At(IntegerTensor tensor, int e)
        => new(tensor.Format[e].FromStorage(tensor.Raw[e]), tensor.Format[e].FractionBits);

    private static Dyadic Extreme(IEnumerable<Dyadic> values, ReductionKind kind)
        => values.Aggregate((a, b) => (kind == ReductionKind.Max) == (a.CompareTo(b) < 0) ? b : a);

    private static Dyadic[] Finish(Dyadic[] values, ActivationKind activation, QuantizerSpec? quantizer)
    {
        var active = activation == ActivationKind.Relu ? [.. values.Select(v => v.Raw.Sign < 0 ? Dyadic.Zero : v)] : values;
        return quantizer is null ? active : Quantize(active, quantizer);
    }

    private static Dyadic[] Quantize(Dyadic[] values, QuantizerSpec quantizer)
        => [.. values.Select((v, e) =>
        {
            var format = quantizer.Format[e];
            return format.IsZero
                ? Dyadic.Zero
                : new Dyadic(FixedPointArithmetic.Quantize(v.Raw, v.FractionBits, format, quantizer.Rounding, quantizer.Overflow), format.FractionBits);
        })];
}
