using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>
/// Constant products as straight-line code on vectors: each source element is read once for a group of results, its multiples
/// are formed once and added to the accumulators, which stay in registers. Weights that are 0 cost nothing.
/// </summary>
internal static class StraightLineProduct
{
    /// <summary>Most terms of one product written out; a larger one becomes a loop over tables.</summary>
    public const int MostTerms = 6_000;

    /// <summary>Most terms of one kernel written out, so that a file of three kernels stays below about 2 MB.</summary>
    public const int MostTermsOfKernel = 12_000;

    // About 12 bytes of IL a term: far below the 60,000 beyond which the JIT stops optimising.
    private const int MostTermsOfMethod = 1_000;

    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan)
    {
        var number = 0;
        foreach (int[] outputs in Groups(kernel, plan))
        {
            EmitGroup(kernel, $"{method}_{Literal.Of(number)}", plan, outputs);
            number++;
        }
    }

    // Half of the vector registers hold accumulators; the rest hold the source and its multiples.
    private static IEnumerable<int[]> Groups(Kernel kernel, ConstantProductPlan plan)
    {
        int most = kernel.Shape.VectorBits == 512 ? 16 : 8;
        var group = new List<int>();
        var terms = 0;
        for (var j = 0; j < plan.Outputs; j++)
        {
            int count = plan.Terms(j).Count();
            if (group.Count > 0 && (group.Count == most || terms + count > MostTermsOfMethod))
            {
                yield return group.ToArray();
                group.Clear();
                terms = 0;
            }

            group.Add(j);
            terms += count;
        }

        yield return group.ToArray();
    }

    private static void EmitGroup(Kernel kernel, string method, ConstantProductPlan plan, int[] outputs)
    {
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        int[] computed = outputs.Where(j => plan.Finish[j].Known is null).ToArray();
        kernel.OpenMethod(method, $"{plan.Layer}: results {Literal.Of(outputs[0])} to {Literal.Of(outputs[outputs.Length - 1])}, {Literal.Of(plan.Lane.Bits)}-bit accumulators", plan.Product.Source, plan.Destination);
        string at = ConstantProductEmitter.OpenPositions(kernel, plan);
        code.OpenParts();
        foreach (int j in computed)
        {
            writer.Line($"{code.ValueType} a{j} = {code.Constant(plan.Product.Bias[j])};");
        }

        EmitTerms(kernel, code, plan, computed, at);
        foreach (int j in outputs)
        {
            EmitFinish(kernel, code, plan, j);
        }

        code.CloseParts();
        if (plan.Product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    private static void EmitTerms(Kernel kernel, LaneCode code, ConstantProductPlan plan, int[] outputs, string at)
    {
        var bySource = outputs
            .SelectMany(j => plan.Terms(j).Select(term => (term.Offset, Weight: code.Lane.Reduce(term.Weight), Output: j)))
            .Where(term => !term.Weight.IsZero)
            .GroupBy(term => term.Offset)
            .OrderBy(group => group.Key)
            .ToArray();
        string[] names = bySource.SelectMany(group => group).Select(term => Multiples.NameOf(BigInteger.Abs(term.Weight)))
            .Append("x").Distinct().OrderBy(name => name, System.StringComparer.Ordinal).ToArray();
        if (bySource.Length > 0)
        {
            kernel.Writer.Line($"{code.ValueType} {string.Join(", ", names)};");
        }

        foreach (var source in bySource)
        {
            RowIndex row = at.Length == 0 ? source.Key : $"{at}{Literal.Of(source.Key)}";
            kernel.Writer.Append($"x = {code.Load(plan.Product.Source, row)};");
            foreach (string multiple in Multiples.Form(code, source.Select(term => BigInteger.Abs(term.Weight)).Distinct()))
            {
                kernel.Writer.Append($" {multiple};");
            }

            kernel.Writer.Line();
            foreach (var term in source)
            {
                kernel.Writer.Append($"a{term.Output} {(term.Weight.Sign < 0 ? "-=" : "+=")} {Multiples.NameOf(BigInteger.Abs(term.Weight))}; ");
            }

            kernel.Writer.Line();
        }
    }

    private static void EmitFinish(Kernel kernel, LaneCode code, ConstantProductPlan plan, int j)
    {
        string variable = "a" + Literal.Of(j);
        RowIndex row = plan.Product.Positions == 1 ? j : new RowIndex($"(p * {Literal.Of(plan.Outputs)})", j);
        if (plan.Finish[j].Known is { } known)
        {
            code.Store(plan.Destination, row, code.Constant(known));
            return;
        }

        if (plan.WrapSums && plan.Sums[j].Known is null)
        {
            RequantizeTerms.Of(code, plan.Sums[j]).Write(kernel.Writer, variable);
        }

        RequantizeTerms.Of(code, plan.Finish[j]).Write(kernel.Writer, variable);
        code.Store(plan.Destination, row, variable);
    }
}
