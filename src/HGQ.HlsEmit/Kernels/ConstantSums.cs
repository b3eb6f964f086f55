using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>Writes the outputs: those that fit into a function share adders, whatever function they are in.</summary>
    public static void Write(KernelWriter kernel, ConstantProductInstruction product, Func<int, Operand> read, IKernelTarget target)
    {
        var outputs = Enumerable.Range(0, product.Groups * product.Outputs).Where(target.HasWire)
            .Select(output => (Output: output, Terms: ConstantProductKernel.Terms(
                kernel.Strategy, product, output / product.Outputs, output % product.Outputs, read)))
            .ToLookup(entry => entry.Terms.Count <= KernelWriter.ElementAdders);
        SumWriter.Write(kernel, target, outputs[true].ToList());
        foreach (var (output, terms) in outputs[false])
        {
            kernel.Open(terms.Count);
            kernel.Line($"{target.Target(output)} = {Long(kernel, terms, target, output)};");
        }
    }

    private static string Long(KernelWriter kernel, List<AdderTerm> all, IKernelTarget target, int output)
    {
        var (type, place) = (target.Type(output), target.Place(output));
        var tree = new AdderTree(kernel, type.Width);
        var parts = all.Where(term => term.Shift < type.Width).Chunk(PartTerms).Select(part =>
        {
            var interval = part
                .Aggregate(RawInterval.Point(0), (sum, term) => term.Negative ? sum - term.Interval : sum + term.Interval);
            var exact = WireType.For(interval);
            var wire = exact.Width <= type.Width ? exact : new WireType(true, type.Width);
            var sum = new WirePart(Operand.Of(0), 0, false);
            var call = kernel.Outlined(wire, () =>
            {
                (var text, sum) = tree.Sum(Multiplied(kernel, part));
                return text;
            });
            var node = WireNode.Sum(sum, new WirePart(Operand.Of(0), 0, false));
            kernel.Wires.Add(node, wire, interval);
            return new AdderTerm(new Operand(call, wire, interval, node), 0, false);
        }).ToList();
        return tree.Sum(parts, place);
    }

    /// <summary>Writes the products that are multiplications; gives the terms with the results.</summary>
    private static IEnumerable<AdderTerm> Multiplied(KernelWriter kernel, IEnumerable<AdderTerm> terms) => terms.Select(term =>
        term.Factor is { } factor
            ? new AdderTerm(SumWriter.Product(kernel, term.Operand, factor), term.Shift, term.Negative, Depth: 1)
            : term);
}
