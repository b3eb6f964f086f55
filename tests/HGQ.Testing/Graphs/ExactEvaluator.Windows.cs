using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <content>Layers that move elements or look at windows of them.</content>
public sealed partial class ExactEvaluator
{
    /// <inheritdoc/>
    public Dyadic[] VisitConv(ConvLayer layer)
    {
        TensorShape input = _shapes[layer.Input], output = _shapes[layer.Name], kernel = layer.Kernel.Shape;
        var x = _values[layer.Input];
        int spatial = input.Rank - 1, perGroup = kernel[spatial], outPerGroup = output.Channels / layer.Groups;
        var y = new Dyadic[output.Size];
        for (int n = 0; n < y.Length; n++)
        {
            int o = n % output.Channels;
            y[n] = layer.Bias is null ? Dyadic.Zero : At(layer.Bias, o);
            foreach (var (tap, position) in Window(input, Coordinates(output, n), kernel.Dimensions, layer.Strides, layer.Dilations, layer.Padding))
            {
                for (int c = 0; c < perGroup; c++)
                {
                    int channel = (o / outPerGroup * perGroup) + c;
                    y[n] += x[(position * input.Channels) + channel] * At(layer.Kernel, (((tap * perGroup) + c) * output.Channels) + o);
                }
            }
        }

        return Finish(y, layer.Activation, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitPool(PoolLayer layer)
    {
        TensorShape input = _shapes[layer.Input], output = _shapes[layer.Name];
        var x = _values[layer.Input];
        int[] ones = [.. layer.Size.Select(_ => 1)];
        var y = new Dyadic[output.Size];
        for (int n = 0; n < y.Length; n++)
        {
            var window = Window(input, Coordinates(output, n), layer.Size, layer.Strides, ones, layer.Padding)
                .Select(at => x[(at.Position * input.Channels) + (n % input.Channels)]).ToArray();
            y[n] = layer.Kind == PoolKind.Max
                ? Extreme(window, ReductionKind.Max)
                : Average(window.Aggregate(Dyadic.Zero, (sum, v) => sum + v), window.Length, layer.Quantizer, n);
        }

        return Finish(y, ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitReduce(ReduceLayer layer)
    {
        var input = _shapes[layer.Input];
        var groups = new SortedDictionary<int, List<Dyadic>>();
        var reduced = layer.Axes.ToHashSet();
        for (int e = 0; e < input.Size; e++)
        {
            var at = Coordinates(input, e);
            int key = 0;
            for (int axis = 0; axis < input.Rank; axis++)
            {
                key = reduced.Contains(axis) ? key : (key * input[axis]) + at[axis];
            }

            groups.TryAdd(key, []);
            groups[key].Add(_values[layer.Input][e]);
        }

        var y = groups.Values.Select(list => layer.Kind == ReductionKind.Sum
            ? list.Aggregate(Dyadic.Zero, (sum, v) => sum + v)
            : Extreme(list, layer.Kind));
        return Finish([.. y], ActivationKind.Linear, layer.Quantizer);
    }

    /// <inheritdoc/>
    public Dyadic[] VisitReshape(ReshapeLayer layer) => _values[layer.Input];

    /// <inheritdoc/>
    public Dyadic[] VisitPermute(PermuteLayer layer)
    {
        TensorShape input = _shapes[layer.Input], output = _shapes[layer.Name];
        var strides = input.Strides();
        return [.. Enumerable.Range(0, output.Size).Select(e =>
            _values[layer.Input][Coordinates(output, e).Select((at, axis) => at * strides[layer.Axes[axis]]).Sum()])];
    }

    /// <inheritdoc/>
    public Dyadic[] VisitConcatenate(ConcatenateLayer layer)
    {
        var output = _shapes[layer.Name];
        return [.. Enumerable.Range(0, output.Size).Select(e =>
        {
            var at = Coordinates(output, e);
            int part = 0;
            for (; at[layer.Axis] >= _shapes[layer.Inputs[part]][layer.Axis]; part++)
            {
                at[layer.Axis] -= _shapes[layer.Inputs[part]][layer.Axis];
            }

            var strides = _shapes[layer.Inputs[part]].Strides();
            return _values[layer.Inputs[part]][at.Select((n, axis) => n * strides[axis]).Sum()];
        })];
    }

    /// <inheritdoc/>
    public Dyadic[] VisitSlice(SliceLayer layer)
    {
        var output = _shapes[layer.Name];
        var strides = _shapes[layer.Input].Strides();
        return [.. Enumerable.Range(0, output.Size).Select(e => _values[layer.Input][
            Coordinates(output, e).Select((n, axis) => (layer.Begin[axis] + (n * layer.Steps[axis])) * strides[axis]).Sum()])];
    }

    // Exact, or else rounded as element n of the quantizer says, from the quotient as a fraction.
    private static Dyadic Average(Dyadic sum, int count, QuantizerSpec? quantizer, int n)
    {
        if (int.IsPow2(count))
        {
            return new Dyadic(1, int.Log2(count)) * sum;
        }

        var format = quantizer!.Format[n];
        if (format.IsZero)
        {
            return Dyadic.Zero;
        }

        var numerator = sum.Raw << int.Max(format.FractionBits - sum.FractionBits, 0);
        var denominator = (BigInteger)count << int.Max(sum.FractionBits - format.FractionBits, 0);
        return new Dyadic(Rounded(numerator, denominator, quantizer.Rounding), format.FractionBits);
    }

    private static BigInteger Rounded(BigInteger numerator, BigInteger denominator, RoundingMode rounding)
    {
        var quotient = BigInteger.DivRem(numerator, denominator, out var remainder);
        if (remainder.Sign < 0)
        {
            (quotient, remainder) = (quotient - 1, remainder + denominator);
        }

        int half = (2 * remainder).CompareTo(denominator);
        bool negative = numerator.Sign < 0;
        bool up = rounding switch
        {
            RoundingMode.Truncate => false,
            RoundingMode.TruncateToZero => negative && !remainder.IsZero,
            RoundingMode.RoundHalfUp => half >= 0,
            RoundingMode.RoundHalfToZero => half > 0 || (half == 0 && negative),
            RoundingMode.RoundHalfDown => half > 0,
            RoundingMode.RoundHalfAway => half > 0 || (half == 0 && !negative),
            _ => half > 0 || (half == 0 && !quotient.IsEven),
        };
        return up ? quotient + 1 : quotient;
    }

    private Dyadic[] Broadcast(string name, TensorShape shape)
    {
        var own = _shapes[name];
        var strides = own.Strides();
        int added = shape.Rank - own.Rank;
        return [.. Enumerable.Range(0, shape.Size).Select(e => _values[name][
            Coordinates(shape, e).Skip(added).Select((at, axis) => own[axis] == 1 ? 0 : at * strides[axis]).Sum()])];
    }

    private static int[] Coordinates(TensorShape shape, int element)
    {
        var at = new int[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            at[axis] = element % shape[axis];
            element /= shape[axis];
        }

        return at;
    }

    // Taps of one window that lie inside the tensor: tap number and spatial position, both row-major.
    private static IEnumerable<(int Tap, int Position)> Window(
        TensorShape input, int[] at, HGQ.Model.EquatableArray<int> size, HGQ.Model.EquatableArray<int> strides, HGQ.Model.EquatableArray<int> dilations, PaddingKind padding)
    {
        int spatial = input.Rank - 1, taps = 1;
        for (int axis = 0; axis < spatial; axis++)
        {
            taps *= size[axis];
        }

        for (int tap = 0; tap < taps; tap++)
        {
            int rest = tap, position = 0, scale = 1;
            bool inside = true;
            for (int axis = spatial - 1; axis >= 0; axis--)
            {
                int before = WindowGeometry.PaddingBefore(input[axis], size[axis], strides[axis], dilations[axis], padding);
                int n = (at[axis] * strides[axis]) + (rest % size[axis] * dilations[axis]) - before;
                rest /= size[axis];
                inside &= n >= 0 && n < input[axis];
                position += n * scale;
                scale *= input[axis];
            }

            if (inside)
            {
                yield return (tap, position);
            }
        }
    }
}
