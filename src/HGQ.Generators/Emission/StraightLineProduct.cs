using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// Constant products as straight-line code on vectors: results are computed in groups whose accumulators stay in registers, and
/// each source element is read once for a group. Weights that are 0 cost nothing, two terms that results of a group have in
/// common are added once, and multiples are formed by the first group that needs them and kept in memory for the others.
/// </summary>
internal static class StraightLineProduct
{
    /// <summary>Most terms of one product written out; a larger one becomes a loop over tables.</summary>
    public const int MostTerms = 6_000;

    /// <summary>Most terms of one kernel written out, so that a file of three kernels stays below about 2 MB.</summary>
    public const int MostTermsOfKernel = 12_000;

    /// <summary>Most terms of one method. About 12 bytes of IL a term: far below the 60,000 beyond which the JIT stops optimising.</summary>
    public const int MostTermsOfMethod = 1_000;

    /// <summary>Accumulators that leave registers for a source and its multiples.</summary>
    public static int MostAccumulators(KernelShape shape) => shape.VectorBits == 512 ? 24 : 11;

    /// <summary>Whether groups of a product are as large as registers allow, and keep multiples for each other.</summary>
    public static bool Suits(KernelShape shape, ConstantProductPlan plan)
        => plan.CountTerms() <= MostTermsOfMethod || (plan.KeepsMultiples && plan.CountTerms() <= MostTermsOfMethod * Parts(plan.Outputs, MostAccumulators(shape)));

    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan)
    {
        int most = MostAccumulators(kernel.Shape);
        var groups = kernel.Tables.Once($"groups of {Literal.Of(most)}", plan.Destination, () => Groups(plan, most).Select(outputs => new StraightLineGroup(plan, outputs)).ToArray());
        var multiples = KeptMultiples.Of(kernel, groups, plan.KeepsMultiples);
        for (var number = 0; number < groups.Length; number++)
        {
            EmitGroup(kernel, $"{method}_{Literal.Of(number)}", plan, groups[number], multiples, number);
        }
    }

    // Groups of equal size whose accumulators leave registers for the source and its multiples.
    private static IEnumerable<int[]> Groups(ConstantProductPlan plan, int most)
    {
        int size = (plan.Outputs + Parts(plan.Outputs, most) - 1) / Parts(plan.Outputs, most);
        var group = new List<int>();
        var terms = 0;
        for (var j = 0; j < plan.Outputs; j++)
        {
            int count = plan.Terms(j).Count;
            if (group.Count > 0 && (group.Count == size || terms + count > MostTermsOfMethod))
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

    private static int Parts(int outputs, int most) => (outputs + most - 1) / most;

    private static void EmitGroup(Kernel kernel, string method, ConstantProductPlan plan, StraightLineGroup group, KeptMultiples multiples, int number)
    {
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        int first = group.Outputs[0], last = group.Outputs[group.Outputs.Length - 1];
        string comment = $"{plan.Layer}: results {Literal.Of(first)} to {Literal.Of(last)}, {Literal.Of(plan.Lane.Bits)}-bit accumulators, {group.Comment}";
        if (multiples.Any)
        {
            kernel.OpenMethodWithMultiples(method, comment, plan.Product.Source, plan.Destination);
        }
        else
        {
            kernel.OpenMethod(method, comment, plan.Product.Source, plan.Destination);
        }

        string at = ConstantProductEmitter.OpenPositions(kernel, plan);
        code.OpenParts();
        var terms = new StraightLineTerms(code, writer, group, multiples, number, source => code.Load(plan.Product.Source, at.Length == 0 ? source : $"{at}{Literal.Of(source)}"));
        foreach (int j in group.Outputs.Where(j => plan.Finish[j].Known is null))
        {
            terms.Declare(j, code.Constant(plan.Product.Bias[j]));
        }

        terms.Write();
        foreach (int j in group.Outputs)
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

    /// <summary>Writes what is done to the sum of a result, and stores it.</summary>
    public static void EmitFinish(Kernel kernel, LaneCode code, ConstantProductPlan plan, int j)
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
