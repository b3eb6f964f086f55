using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Tests;

/// <content>What several layers make up together.</content>
internal static partial class SmallPrograms
{
    private static readonly FixedPointFormat Fraction = new(false, 1, 3);

    /// <summary>Softmax through two tables: less the maximum, exponential, sum, reciprocal, product.</summary>
    public static IntegerProgram Softmax() => Lower([3], SoftmaxOf("layer", "q", [3]).ToArray());

    /// <summary>x · xᵀ, softmax, and the weighted rows of x.</summary>
    public static IntegerProgram Attention() => Lower(
        [2, 3],
        [
            new MatMulLayer("layer_scores", "q", "q", true, To([2, 2], new FixedPointFormat(true, 2, 1), OverflowMode.Saturate)),
            .. SoftmaxOf("layer_softmax", "layer_scores", [2, 2]),
            new MatMulLayer("layer", "layer_softmax", "q", false, To([2, 3], Input, OverflowMode.Wrap)),
        ]);

    private static IEnumerable<LayerNode> SoftmaxOf(string name, string input, int[] shape)
    {
        var (index, sums) = (new FixedPointFormat(false, 2, 1), new FixedPointFormat(false, 2, 2));
        int[] axis = [shape.Length - 1], reduced = [.. shape[..^1], 1];
        yield return new ReduceLayer(name + "_max", input, ReductionKind.Max, axis, true, null);
        yield return new AddLayer(name + "_less", new[] { name + "_max", input }, new[] { false, true }, To(shape, index, OverflowMode.Saturate));
        yield return new TableLayer(name + "_exp", name + "_less", new[] { TableOf(index, x => Math.Exp(-x)) }, new[] { 0 }, null);
        yield return new ReduceLayer(name + "_sum", name + "_exp", ReductionKind.Sum, axis, true, To(reduced, sums, OverflowMode.Saturate));
        yield return new TableLayer(name + "_reciprocal", name + "_sum", new[] { TableOf(sums, x => 1 / Math.Max(x, 0.5)) }, new[] { 0 }, null);
        yield return new MultiplyLayer(name, name + "_exp", name + "_reciprocal", To(shape, Fraction, OverflowMode.Saturate));
    }

    private static LookupTable TableOf(FixedPointFormat index, Func<double, double> function) => new(
        index, Fraction, Enumerable.Range(0, 1 << index.Width).Select(n => (long)Math.Min(15, Math.Round(8 * function(Math.ScaleB(n, -index.FractionBits))))).ToArray());
}
