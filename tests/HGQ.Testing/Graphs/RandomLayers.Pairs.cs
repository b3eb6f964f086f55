using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Testing.Graphs;

/// <content>Layers that read several tensors, and blocks of layers.</content>
internal sealed partial class RandomLayers
{
    private const int MostElements = 200;

    private string Elementwise(string source, IReadOnlyList<string> tensors)
    {
        var fitting = tensors.Where(name => name == source || Common(_shapes[source], _shapes[name]) is { Size: <= MostElements }).ToArray();
        string other = fitting[Between(0, fitting.Length - 1)];
        var shape = Common(_shapes[source], _shapes[other])!;
        string[] operands = Chance(0.5) ? [source, other] : [other, source];
        if (Chance(0.15))
        {
            operands = [.. operands, source];
        }

        return Between(0, 2) switch
        {
            0 => Add(new AddLayer(Name("add"), operands, operands.Select(_ => Chance(0.4)).ToArray(), OptionalQuantizer(shape)), shape),
            1 => Add(new MultiplyLayer(Name("mul"), operands[0], operands[1], Quantizer(shape)), shape),
            _ => Add(new ExtremumLayer(Name("extreme"), operands, Chance(0.5) ? ReductionKind.Max : ReductionKind.Min, OptionalQuantizer(shape)), shape),
        };
    }

    /// <summary>The shape two tensors are broadcast to, or null.</summary>
    private static TensorShape? Common(TensorShape left, TensorShape right)
    {
        int rank = int.Max(left.Rank, right.Rank);
        var sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int a = axis < rank - left.Rank ? 1 : left[axis - rank + left.Rank], b = axis < rank - right.Rank ? 1 : right[axis - rank + right.Rank];
            if (a != b && a != 1 && b != 1)
            {
                return null;
            }

            sizes[axis] = int.Max(a, b);
        }

        return new TensorShape(sizes);
    }

    private string MatMul(string source, IReadOnlyList<string> tensors)
    {
        var left = _shapes[source];
        int rank = left.Rank;
        var batch = left.Dimensions.Take(rank - 2).ToArray();
        var fitting = tensors.Where(name => _shapes[name].Rank == rank && _shapes[name].Dimensions.Take(rank - 2).SequenceEqual(batch)).ToArray();
        string other = fitting[Between(0, fitting.Length - 1)];
        var right = _shapes[other];
        bool straight = left[rank - 1] == right[rank - 2], transposed = left[rank - 1] == right[rank - 1];
        if (!straight && !transposed)
        {
            (other, right, transposed) = (source, left, true);
        }

        bool transpose = transposed && (!straight || Chance(0.5));
        var result = TensorShape.Of([.. left.Dimensions.Take(rank - 1), transpose ? right[rank - 2] : right[rank - 1]]);
        return Add(new MatMulLayer(Name("matmul"), source, other, transpose, Quantizer(result)), result);
    }

    private string Concatenate(string source, IReadOnlyList<string> tensors)
    {
        var shape = _shapes[source];
        int axis = Between(0, shape.Rank - 1);
        var fitting = tensors.Where(name => _shapes[name].Rank == shape.Rank
            && Enumerable.Range(0, shape.Rank).All(other => other == axis || _shapes[name][other] == shape[other])).ToArray();
        var parts = Enumerable.Range(0, Between(1, 2)).Select(_ => fitting[Between(0, fitting.Length - 1)]).Append(source).ToArray();
        var sizes = shape.Dimensions.ToArray();
        sizes[axis] = parts.Sum(part => _shapes[part][axis]);
        var result = new TensorShape(sizes);
        return result.Size > MostElements ? Reshape(source) : Add(new ConcatenateLayer(Name("concat"), parts, axis), result);
    }

    /// <summary>What a softmax is made of: less the maximum, table, sum, table, product.</summary>
    private string Softmax(string source)
    {
        var shape = _shapes[source];
        var axes = new[] { shape.Rank - 1 };
        var reduced = TensorShape.Of([.. shape.Dimensions.Take(shape.Rank - 1), 1]);
        string input = Add(new QuantizeLayer(Name("q"), source, Quantizer(shape, widest: 6)), shape);
        if (Chance(0.7))
        {
            string largest = Add(new ReduceLayer(Name("largest"), input, ReductionKind.Max, axes, true, null), reduced);
            input = Add(new AddLayer(Name("less"), new[] { input, largest }, new[] { false, true }, null), shape);
        }

        string exponential = Table(input);
        string sum = Add(new ReduceLayer(Name("sum"), exponential, ReductionKind.Sum, axes, true, null), reduced);
        return Add(new MultiplyLayer(Name("weighted"), exponential, Table(sum), Quantizer(shape)), shape);
    }
}
