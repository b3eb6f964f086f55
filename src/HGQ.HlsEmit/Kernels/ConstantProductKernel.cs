using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Constant matrix times vector: shifts and adders, no multiplier; at many positions a loop around one kernel.</summary>
internal static class ConstantProductKernel
{
    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, ConstantProductInstruction product)
    {
        if (FoldedProductKernel.Folds(context, product))
        {
            FoldedProductKernel.Emit(context, product);
            return;
        }

        if (product.Positions == 1)
        {
            var loop = PositionLoop.None((context.Layouts[product.Source], "x"), (context.Layouts[product.Destination], "y"));
            var kernel = context.Begin("sum", null, [product.Source], product.Destination);
            ConstantSums.Write(kernel, product, tap => loop.Views[0].Read(product.PositionOffsets[0] + tap), loop.Views[1]);
            context.End(kernel);
            return;
        }

        WritePositions(context, product);
    }

    private static void WritePositions(KernelContext context, ConstantProductInstruction product)
    {
        var outputs = product.Groups * product.Outputs;
        var offsets = product.PositionOffsets.Select(offset => offset - product.PositionOffsets[0]).ToArray();
        var loop = PositionLoop.Try(
            product.Positions,
            (context.Layouts[product.Source], "x", offsets),
            (context.Layouts[product.Destination], "y", PositionLoop.Strided(product.Positions, outputs)))!;
        var name = context.FunctionName("kernel", "{0}_window", "{0}_result");
        var taps = UsedTaps(product);
        var window = taps.ToDictionary(tap => tap, tap => loop.Views[0].Read(product.PositionOffsets[0] + tap));
        var wired = taps.Where(tap => !window[tap].IsConstant).ToList();
        var results = Enumerable.Range(0, outputs).Where(loop.Views[1].HasWire).ToList();
        context.Unit.AddLocalStruct(name + "_window", wired.Select((tap, n) => (window[tap].Type, Name("w", n))));
        context.Unit.AddLocalStruct(name + "_result", results.Select(o => (loop.Views[1].Type(o), Name("r", o))));

        var kernel = new KernelWriter(
            context.Unit,
            name,
            [KernelParameter.Read(name + "_window", "x", "window"), KernelParameter.Write(name + "_result", "y", "result")]);
        kernel.Cost.Copies = context.Unit.Pipelining.Copies(product.Positions);
        ConstantSums.Write(
            kernel,
            product,
            tap => window[tap].IsConstant ? window[tap] : window[tap] with { Text = "x." + Name("w", wired.IndexOf(tap)) },
            new ResultView(loop.Views[1]));
        var calls = kernel.Finish();

        var positions = context.Begin("positions", loop, [product.Source], product.Destination);
        positions.Line($"{name}_window window;");
        wired.ForEach(tap => positions.Line($"window.{Name("w", wired.IndexOf(tap))} = {window[tap].Text};"));
        positions.Line($"{name}_result result;");
        calls.ToList().ForEach(positions.Line);
        results.ForEach(o => positions.Line($"{loop.Views[1].Target(o)} = result.{Name("r", o)};"));
        context.End(positions);
    }

    private static List<int> UsedTaps(ConstantProductInstruction product)
    {
        var used = new SortedSet<int>();
        for (var tap = 0; tap < product.TapOffsets.Length; tap++)
        {
            for (var o = 0; o < product.Outputs; o++)
            {
                if (product.Weights[(tap * product.Outputs) + o] != 0)
                {
                    used.Add(product.TapOffsets[tap]);
                    break;
                }
            }
        }

        return used.ToList();
    }

    /// <summary>What output o of group g multiplies each input by that is not constant, and what is constant.</summary>
    public static (SortedDictionary<int, BigInteger> Weights, BigInteger Constant) Row(
        ConstantProductInstruction product, int g, int o, Func<int, Operand> read)
    {
        var constant = (BigInteger)product.Bias[(g * product.Outputs) + o];
        var weights = new SortedDictionary<int, BigInteger>();
        for (var t = 0; t < product.Taps; t++)
        {
            var weight = product.Weights[(((g * product.Taps) + t) * product.Outputs) + o];
            var tap = product.TapOffsets[(g * product.Taps) + t];
            if (weight != 0)
            {
                weights[tap] = weights.GetValueOrDefault(tap) + weight;
            }
        }

        foreach (var (tap, weight) in weights.ToArray())
        {
            if (weight.IsZero || read(tap) is { IsConstant: true })
            {
                constant += weight.IsZero ? 0 : read(tap).Interval.Low * weight;
                weights.Remove(tap);
            }
        }

        return (weights, constant);
    }

    /// <summary>The sum of output o of group g: the digits of all its weights, and what is constant.</summary>
    public static List<AdderTerm> Terms(HlsStrategy strategy, ConstantProductInstruction product, int g, int o, Func<int, Operand> read)
    {
        var (weights, constant) = Row(product, g, o, read);
        var terms = new List<AdderTerm>();
        foreach (var (tap, weight) in weights)
        {
            var operand = read(tap);
            if (DspRule.IsMultiplication(strategy, operand, weight))
            {
                terms.Add(AdderTerm.Product(operand, weight));
                continue;
            }

            terms.AddRange(SignedDigits.Of(weight).Select(digit => new AdderTerm(operand, digit.Shift, digit.Negative)));
        }

        if (!constant.IsZero)
        {
            terms.Add(AdderTerm.Of(constant));
        }

        return terms;
    }

    private static string Name(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);

    /// <summary>The results of a kernel at one position: plain members.</summary>
    private sealed class ResultView(IKernelTarget inner) : IKernelTarget
    {
        public bool HasWire(int element) => inner.HasWire(element);

        public WireType Type(int element) => inner.Type(element);

        public string Target(int element) => "y." + Name("r", element);

        public BufferPlace Place(int element) => inner.Place(element);
    }
}
