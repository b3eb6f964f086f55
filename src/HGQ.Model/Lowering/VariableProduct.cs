using System.Numerics;
using HGQ.Model.Cost;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Model.Lowering;

/// <summary>Sizes of a batched matrix product [batch, rows, inner] · [batch, inner, columns].</summary>
internal sealed record ProductSizes(int Batch, int Rows, int Inner, int Columns);

/// <summary>Builds products of operands that both vary: exact, with equal fraction bits along each sum.</summary>
internal static class VariableProduct
{
    public static LoweredTensor Emit(
        LoweringContext context, string layer, LoweredTensor left, LoweredTensor right, ProductSizes sizes, TensorShape shape)
    {
        ReportCost(context, layer, left, right, sizes);
        var (batch, rows, inner, columns) = sizes;
        var a = Alignment.ByGroup(context, layer, left, e => e / inner);
        var b = Alignment.ByGroup(context, layer, right, e => (e / (inner * columns) * columns) + (e % columns));
        DraftBuffer x = context.Buffer(a), y = context.Buffer(b);
        var formats = new FixedPointFormat[batch * rows * columns];
        var intervals = new RawInterval[formats.Length];
        for (var e = 0; e < formats.Length; e++)
        {
            int column = e % columns, row = e / columns, first = row / rows * inner;
            var sum = RawInterval.Point(BigInteger.Zero);
            int xBits = 0, yBits = 0;
            for (var k = 0; k < inner; k++)
            {
                int i = (row * inner) + k, j = ((first + k) * columns) + column;
                sum += x.Intervals[i] * y.Intervals[j];
                xBits = x.IsZero(i) ? xBits : x.Formats[i].FractionBits;
                yBits = y.IsZero(j) ? yBits : y.Formats[j].FractionBits;
            }

            intervals[e] = sum;
            formats[e] = FixedPointFormat.ForInterval(sum, xBits + yBits);
        }

        return context.Emit(layer, "product", shape, formats, intervals, destination => new ProductInstruction(
            layer, a.Buffer, b.Buffer, destination, batch, rows, inner, columns));
    }

    private static void ReportCost(LoweringContext context, string layer, LoweredTensor left, LoweredTensor right, ProductSizes sizes)
    {
        DraftBuffer x = context.Buffer(left), y = context.Buffer(right);
        double total = 0;
        for (var row = 0; row < sizes.Batch * sizes.Rows; row++)
        {
            for (var k = 0; k < sizes.Inner; k++)
            {
                int i = (row * sizes.Inner) + k;
                for (var column = 0; column < sizes.Columns; column++)
                {
                    int j = (((row / sizes.Rows * sizes.Inner) + k) * sizes.Columns) + column;
                    total += EffectiveBitOperations.Pair(x.CountedWidth(i), y.CountedWidth(j));
                }
            }
        }

        context.AddCost(layer, new LayerCost(total, 0, 0));
    }
}
