using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Maximum or minimum over lists, as a balanced tree of comparisons.</summary>
internal static class ReduceKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, ReduceInstruction reduce)
    {
        var (loop, elements) = FindLoop(context, reduce);
        var kernel = context.Begin(reduce.Kind == ReductionKind.Max ? "maximum" : "minimum", loop, [reduce.Source], reduce.Destination);
        for (var e = 0; e < elements; e++)
        {
            if (loop.Views[1].HasWire(e))
            {
                kernel.Open(reduce.Terms);
                var terms = Enumerable.Range(e * reduce.Terms, reduce.Terms).Select(n => reduce.Indices[n]).Distinct().Select(loop.Views[0].Read);
                kernel.Line($"{loop.Views[1].Target(e)} = {Tree(kernel, reduce.Kind, terms.ToList()).Text};");
            }
        }

        context.End(kernel);
    }

    /// <summary>Pooling moves its window by the same distance for all channels: a loop.</summary>
    private static (PositionLoop Loop, int Elements) FindLoop(KernelContext context, ReduceInstruction reduce)
    {
        var (source, destination) = (context.Layouts[reduce.Source], context.Layouts[reduce.Destination]);
        var (body, terms) = (destination.Period, reduce.Terms);
        var count = destination.Length / body;
        var offsets = Enumerable.Range(0, count).Select(p => reduce.Indices[p * body * terms] - reduce.Indices[0]).ToArray();
        var moves = Enumerable.Range(0, reduce.Indices.Length)
            .All(n => reduce.Indices[n] == reduce.Indices[n % (body * terms)] + offsets[n / (body * terms)]);
        var loop = moves ? PositionLoop.Try(count, (source, "x", offsets), (destination, "y", PositionLoop.Strided(count, body))) : null;
        return loop is null ? (PositionLoop.None((source, "x"), (destination, "y")), destination.Length) : (loop, body);
    }

    private static Operand Tree(KernelWriter kernel, ReductionKind kind, List<Operand> terms)
    {
        var level = 0;
        while (terms.Count > 1)
        {
            kernel.Cost.Reach(++level);
            terms = terms.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : Choose(kernel, kind, pair[0], pair[1])).ToList();
        }

        return terms[0];
    }

    private static Operand Choose(KernelWriter kernel, ReductionKind kind, Operand a, Operand b)
    {
        // Both sides in one type: signs are never mixed in a comparison (docs/fixed-point.md §4.6).
        var common = WireType.For(a.Interval.Union(b.Interval));
        common = common with { Width = Math.Max(1, common.Width) };
        Func<BigInteger, BigInteger, BigInteger> pick =
            kind == ReductionKind.Max ? BigInteger.Max : BigInteger.Min;
        var interval = new RawInterval(pick(a.Interval.Low, b.Interval.Low), pick(a.Interval.High, b.Interval.High));
        var type = WireType.For(interval);
        type = type with { Width = Math.Max(1, type.Width) };
        kernel.Cost.CountSelector(2 * common.Width);
        var name = kernel.Define(
            type,
            $"{Cast(kernel, a, common)} {(kind == ReductionKind.Max ? '>' : '<')} {Cast(kernel, b, common)} ? {kernel.Cpp(type)}({a.Text}) : {kernel.Cpp(type)}({b.Text})");
        return new Operand(name, type, interval);
    }

    private static string Cast(KernelWriter kernel, Operand operand, WireType type) =>
        operand.Type == type && !operand.IsConstant ? operand.Text : $"{kernel.Cpp(type)}({operand.Text})";
}
