using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Constant matrix times vector: shifts and adders, no multiplier; at many positions a loop around one kernel.</summary>
internal static class ConstantProductKernel
{
    /// <summary>Terms of one part of a sum that is too long for a function.</summary>
    private const int PartTerms = 400;

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
            WriteOutputs(kernel, product, tap => loop.Views[0].Read(product.PositionOffsets[0] + tap), loop.Views[1]);
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
        AddStruct(context.Unit, name + "_window", wired.Select((tap, n) => (window[tap].Type, Name("w", n))));
        AddStruct(context.Unit, name + "_result", results.Select(o => (loop.Views[1].Type(o), Name("r", o))));

        var kernel = new KernelWriter(
            context.Unit,
            name,
            [KernelParameter.Read(name + "_window", "x", "window"), KernelParameter.Write(name + "_result", "y", "result")]);
        kernel.Cost.Copies = context.Unit.Pipelining.Copies(product.Positions);
        WriteOutputs(
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

    private static void AddStruct(LayerUnit unit, string name, IEnumerable<(WireType Type, string Name)> members) =>
        unit.LocalStructs.Add(new CppStruct(name, members
            .GroupBy(m => m.Type.Cpp, StringComparer.Ordinal)
            .Select(group => new CppMember(group.Key, group.Select(m => m.Name).ToArray(), false)).ToArray()));

    /// <summary>Writes the outputs function by function; those of a function share adders.</summary>
    private static void WriteOutputs(KernelWriter kernel, ConstantProductInstruction product, Func<int, Operand> read, IKernelTarget target)
    {
        var group = new List<(int Output, List<AdderTerm> Terms)>();
        var adders = 0;
        for (var output = 0; output < product.Groups * product.Outputs; output++)
        {
            if (!target.HasWire(output))
            {
                continue;
            }

            var modulus = target.Type(output).Width;
            var terms = Terms(kernel.Strategy, product, output / product.Outputs, output % product.Outputs, read)
                .FindAll(term => term.Shift < modulus);
            if (adders + terms.Count > KernelWriter.FunctionAdders)
            {
                WriteGroup(kernel, group, target);
                group.Clear();
                adders = 0;
            }

            group.Add((output, terms));
            adders += terms.Count;
        }

        WriteGroup(kernel, group, target);
    }

    private static void WriteGroup(KernelWriter kernel, List<(int Output, List<AdderTerm> Terms)> group, IKernelTarget target)
    {
        kernel.Open(group.Sum(output => output.Terms.Count));
        var products = new Dictionary<(string, BigInteger), Operand>();
        var sums = group.ConvertAll(output => output.Terms.Count > KernelWriter.ElementAdders ? output.Terms
            : Multiplied(kernel, output.Terms, products).ToList());
        if (!sums.Exists(terms => terms.Count > KernelWriter.ElementAdders))
        {
            sums = SharedPairs.Extract(kernel, sums);
        }

        for (var n = 0; n < group.Count; n++)
        {
            var output = group[n].Output;
            kernel.Line($"{target.Target(output)} = {Sum(kernel, sums[n], target, output)};");
        }
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
    private static List<AdderTerm> Terms(HlsStrategy strategy, ConstantProductInstruction product, int g, int o, Func<int, Operand> read)
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

    private static string Sum(KernelWriter kernel, List<AdderTerm> terms, IKernelTarget target, int output)
    {
        var (type, place) = (target.Type(output), target.Place(output));
        var tree = new AdderTree(kernel, type.Width);
        if (terms.Count <= KernelWriter.ElementAdders)
        {
            return tree.Sum(terms, place);
        }

        var parts = terms.Chunk(PartTerms).Select(part =>
        {
            var interval = part
                .Aggregate(RawInterval.Point(0), (sum, term) => term.Negative ? sum - term.Interval : sum + term.Interval);
            var exact = WireType.For(interval);
            var wire = exact.Width <= type.Width ? exact : new WireType(true, type.Width);
            var sum = new WirePart(Operand.Of(0), 0, false);
            var call = kernel.Outlined(wire, () =>
            {
                (var text, sum) = tree.Sum(Multiplied(kernel, part, []));
                return text;
            });
            var node = WireNode.Sum(sum, new WirePart(Operand.Of(0), 0, false));
            kernel.Wires.Add(node, wire, interval);
            return new AdderTerm(new Operand(call, wire, interval, node), 0, false);
        }).ToList();
        return tree.Sum(parts, place);
    }

    /// <summary>Writes the products of a function that are multiplications, each once; gives the terms with the results.</summary>
    private static IEnumerable<AdderTerm> Multiplied(
        KernelWriter kernel, IEnumerable<AdderTerm> terms, Dictionary<(string, BigInteger), Operand> products)
    {
        foreach (var term in terms)
        {
            if (term.Factor is not { } factor)
            {
                yield return term;
                continue;
            }

            if (!products.TryGetValue((term.Operand.Text, factor), out var result))
            {
                products[(term.Operand.Text, factor)] = result = Product(kernel, term.Operand, factor);
            }

            yield return new AdderTerm(result, term.Shift, term.Negative, Depth: 1);
        }
    }

    private static Operand Product(KernelWriter kernel, Operand operand, BigInteger factor)
    {
        var interval = operand.Interval * RawInterval.Point(factor);
        var (type, constant) = (WireType.For(interval), WireType.For(RawInterval.Point(factor)));
        var node = WireNode.Sum(new WirePart(operand, 0, false, (long)factor), new WirePart(Operand.Of(0), 0, false));
        kernel.Wires.Add(node, type, interval);
        kernel.Cost.CountDsp(operand.Type.Width, constant.Width);
        kernel.Cost.Reach(1);
        return new Operand(kernel.Multiply(type, $"{operand.Text} * {CppLiteral.Typed(constant, factor)}"), type, interval, node);
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
