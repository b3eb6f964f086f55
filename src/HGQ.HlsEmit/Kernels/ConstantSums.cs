using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The sums of a constant product, in functions of bounded size.</summary>
internal static class ConstantSums
{
    /// <summary>Terms of one part of a sum that is too long for a function.</summary>
    private const int PartTerms = 400;

    /// <summary>Terms of outputs that are tried as one group: with many outputs, about half of them remain as adders.</summary>
    private const int MostTerms = 2400;

    /// <summary>Writes the outputs function by function; those of a function share adders.</summary>
    public static void Write(KernelWriter kernel, ConstantProductInstruction product, Func<int, Operand> read, IKernelTarget target)
    {
        var left = new List<SummedOutput>();
        for (var output = 0; output < product.Groups * product.Outputs; output++)
        {
            if (target.HasWire(output))
            {
                var modulus = target.Type(output).Width;
                var terms = ConstantProductKernel.Terms(kernel.Strategy, product, output / product.Outputs, output % product.Outputs, read);
                left.Add(new SummedOutput(output, terms.FindAll(term => term.Shift < modulus)));
            }
        }

        var most = (double)MostTerms;
        while (left.Count > 0)
        {
            var group = Group(kernel, left, ref most);
            WriteGroup(kernel, group, target);
            left.RemoveRange(0, group.Count);
        }
    }

    /// <summary>
    /// The next outputs whose adders fit into a function. What they share is known only when it was looked for, so where they may have
    /// too many, a draft counts them; the next groups of the product start from what fitted.
    /// </summary>
    private static List<SummedOutput> Group(KernelWriter kernel, List<SummedOutput> left, ref double most)
    {
        while (true)
        {
            var group = Taken(left, (int)most);
            var terms = group.Sum(output => output.Terms.Count);
            if (terms <= KernelWriter.FunctionAdders || group.Count == 1)
            {
                return group;
            }

            var draft = kernel.Draft();
            var adders = Shared(draft, group).Sum(sum => Math.Max(0, sum.Count - 1)) + draft.Cost.Adders.Values.Sum();
            if (adders <= KernelWriter.FunctionAdders)
            {
                return group.ConvertAll(output => output with { Adders = (adders + group.Count - 1) / group.Count });
            }

            most = Math.Max(KernelWriter.FunctionAdders, Math.Min(terms, most) * KernelWriter.FunctionAdders / adders);
        }
    }

    private static List<SummedOutput> Taken(List<SummedOutput> left, int most)
    {
        var (group, terms) = (new List<SummedOutput>(), 0);
        foreach (var output in left)
        {
            terms += output.Terms.Count;
            if (group.Count > 0 && terms > most)
            {
                break;
            }

            group.Add(output);
        }

        return group;
    }

    private static List<List<AdderTerm>> Shared(KernelWriter kernel, List<SummedOutput> group)
    {
        var products = new Dictionary<(string, BigInteger), Operand>();
        var sums = group.ConvertAll(output => output.Terms.Count > KernelWriter.ElementAdders ? output.Terms
            : Multiplied(kernel, output.Terms, products).ToList());
        return sums.Exists(terms => terms.Count > KernelWriter.ElementAdders) ? sums : SharedPairs.Extract(kernel, sums);
    }

    private static void WriteGroup(KernelWriter kernel, List<SummedOutput> group, IKernelTarget target)
    {
        kernel.Open(group.Sum(output => output.Adders));
        var sums = Shared(kernel, group);
        for (var n = 0; n < group.Count; n++)
        {
            var output = group[n].Output;
            kernel.Line($"{target.Target(output)} = {Sum(kernel, sums[n], target, output)};");
        }
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
        return new Operand(kernel.Multiply(type, $"{operand.Text} * {kernel.Typed(constant, factor)}"), type, interval, node);
    }

    /// <summary>An output and the terms of its sum.</summary>
    /// <param name="Output">The element.</param>
    /// <param name="Terms">What is added up.</param>
    private sealed record SummedOutput(int Output, List<AdderTerm> Terms)
    {
        /// <summary>About how many adders it has.</summary>
        public int Adders { get; init; } = Terms.Count;
    }
}
