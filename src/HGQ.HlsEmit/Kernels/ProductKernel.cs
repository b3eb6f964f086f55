using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Batched matrix product of two buffers: the only multipliers there are.</summary>
internal static class ProductKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, ProductInstruction product)
    {
        var (loop, rows) = FindLoop(context, product);
        var kernel = context.Begin("product", loop, [product.Left, product.Right], product.Destination);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < product.Columns; column++)
            {
                var element = (row * product.Columns) + column;
                if (loop.Views[2].HasWire(element))
                {
                    WriteElement(kernel, product, loop, row, column);
                }
            }
        }

        context.End(kernel);
    }

    /// <summary>A loop over rows, or over several of them where the layout's channels span several; or none.</summary>
    private static (PositionLoop Loop, int Rows) FindLoop(KernelContext context, ProductInstruction product)
    {
        var (left, right, destination) = (context.Layouts[product.Left], context.Layouts[product.Right], context.Layouts[product.Destination]);
        var rows = product.Batch * product.Rows;
        var body = Math.Max(1, destination.Period / product.Columns);
        if (body * product.Columns == destination.Period && (product.Rows % body == 0 || body % product.Rows == 0))
        {
            var count = rows / body;
            var loop = PositionLoop.Try(
                count,
                (left, "x0", PositionLoop.Strided(count, body * product.Inner)),
                (right, "x1", Enumerable.Range(0, count).Select(p => p * body / product.Rows * product.Inner * product.Columns).ToArray()),
                (destination, "y", PositionLoop.Strided(count, destination.Period)));
            if (loop is not null)
            {
                return (loop, body);
            }
        }

        return (PositionLoop.None((left, "x0"), (right, "x1"), (destination, "y")), rows);
    }

    private static void WriteElement(KernelWriter kernel, ProductInstruction product, PositionLoop loop, int row, int column)
    {
        kernel.Open(product.Inner * 4);
        var element = (row * product.Columns) + column;
        var wire = loop.Views[2].Type(element);
        var constant = BigInteger.Zero;
        var terms = new List<AdderTerm>();
        for (var k = 0; k < product.Inner; k++)
        {
            var left = loop.Views[0].Read((row * product.Inner) + k);
            var right = loop.Views[1].Read((((row / product.Rows * product.Inner) + k) * product.Columns) + column);
            if (left.IsConstant && right.IsConstant)
            {
                constant += left.Interval.Low * right.Interval.Low;
            }
            else
            {
                terms.AddRange(Factors(kernel, left, right, wire.Width));
            }
        }

        if (!constant.IsZero)
        {
            terms.Add(AdderTerm.Of(constant));
        }

        kernel.Line($"{loop.Views[2].Target(element)} = {new AdderTree(kernel, wire.Width).Sum(terms, loop.Views[2].Place(element))};");
    }

    private static IEnumerable<AdderTerm> Factors(KernelWriter kernel, Operand left, Operand right, int modulus)
    {
        if (left.IsConstant || right.IsConstant)
        {
            var (factor, operand) = left.IsConstant ? (left.Interval.Low, right) : (right.Interval.Low, left);
            return SignedDigits.Of(factor).Select(digit => new AdderTerm(operand, digit.Shift, digit.Negative));
        }

        var interval = left.Interval * right.Interval;
        var type = WireType.For(interval);
        type = type.Width <= modulus ? type with { Width = Math.Max(1, type.Width) } : new WireType(true, modulus);
        kernel.Cost.CountMultiplier(left.Type.Width, right.Type.Width);
        var node = WireNode.Product(left.Node!.Element!.Value, right.Node!.Element!.Value);
        kernel.Wires.Add(node, type, interval);
        return [new AdderTerm(new Operand(kernel.Define(type, $"{left.Text} * {right.Text}"), type, interval, node), 0, false)];
    }
}
