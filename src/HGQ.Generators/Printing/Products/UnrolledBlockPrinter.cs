using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Constant products as straight-line code on vectors: results are computed in groups whose accumulators stay in registers, and
/// each source element is read once for a group. Weights that are 0 cost nothing, two terms that results of a group have in
/// common are added once, and multiples are formed by the first group that needs them and kept in memory for the others.
/// </summary>
internal static class UnrolledBlockPrinter
{
    /// <summary>Writes a method for each group.</summary>
    public static void Emit(Kernel kernel, string method, UnrolledBlock strategy)
    {
        for (var number = 0; number < strategy.Groups.Length; number++)
        {
            EmitGroup(kernel, $"{method}_{Literal.Of(number)}", strategy, number);
        }
    }

    private static void EmitGroup(Kernel kernel, string method, UnrolledBlock strategy, int number)
    {
        var plan = strategy.Plan;
        var group = strategy.Groups[number];
        var multiples = strategy.Multiples;
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        int first = group.Outputs[0], last = group.Outputs[group.Outputs.Length - 1];
        string comment = $"{plan.Layer}: results {Literal.Of(first)} to {Literal.Of(last)}, {Literal.Of(plan.Lane.Bits)}-bit accumulators, {UnrolledTerms.Comment(group)}";
        if (multiples.Any)
        {
            kernel.OpenMethodWithMultiples(method, comment, plan.Product.Source, plan.Destination);
        }
        else
        {
            kernel.OpenMethod(method, comment, plan.Product.Source, plan.Destination);
        }

        string at = LoopProductPrinter.OpenPositions(kernel, plan);
        code.OpenParts();
        var terms = new UnrolledTerms(code, writer, kernel.Shape, group, multiples, number, source => code.Load(plan.Product.Source, at.Length == 0 ? source : $"{at}{Literal.Of(source)}"));
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
