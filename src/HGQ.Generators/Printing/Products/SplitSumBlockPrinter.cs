using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Constant products of a block whose sums are formed in two parts of 16 bits each, as straight-line code: a method for each group.
/// </summary>
internal static class SplitSumBlockPrinter
{
    /// <summary>Writes the methods.</summary>
    public static void Emit(Kernel kernel, string method, SplitSumBlock strategy)
    {
        for (var number = 0; number < strategy.Groups.Length; number++)
        {
            EmitGroup(kernel, $"{method}_{Literal.Of(number)}", strategy, number);
        }
    }

    private static void EmitGroup(Kernel kernel, string method, SplitSumBlock strategy, int number)
    {
        var plan = strategy.Plan;
        var group = strategy.Groups[number];
        var code = LaneCode.For(kernel, LaneType.Int16);
        string results = $"{plan.Layer}: results {Literal.Of(group.Outputs.First())} to {Literal.Of(group.Outputs.Last())}";
        string comment = $"{results}, high and low parts of 16 bits, {UnrolledTerms.Comment(group)}";
        if (strategy.Multiples.Any)
        {
            kernel.OpenMethodWithMultiples(method, comment, plan.Product.Source, plan.Destination);
        }
        else
        {
            kernel.OpenMethod(method, comment, plan.Product.Source, plan.Destination);
        }

        string at = LoopProductPrinter.OpenPositions(kernel, plan);
        string Read(int source) => code.Load(plan.Product.Source, at.Length == 0 ? source : $"{at}{Literal.Of(source)}");
        var terms = new UnrolledTerms(code, kernel.Writer, kernel.Shape, group, strategy.Multiples, number, Read);
        foreach (int j in group.Outputs.Where(j => plan.Finish[j].Known is null))
        {
            terms.Declare(j, code.Constant(strategy.Sums[j].HighBias));
            if (strategy.Sums[j].HasLow)
            {
                terms.Declare(strategy.LowOf(j), code.Constant(strategy.Sums[j].LowBias));
            }
        }

        terms.Write();
        foreach (int j in group.Outputs)
        {
            EmitFinish(kernel, code, strategy, j);
        }

        if (plan.Product.Positions > 1)
        {
            kernel.Writer.Close();
        }

        kernel.CloseMethod();
    }

    private static void EmitFinish(Kernel kernel, LaneCode code, SplitSumBlock strategy, int j)
    {
        var plan = strategy.Plan;
        var sum = strategy.Sums[j];
        string variable = "a" + Literal.Of(j);
        RowIndex row = plan.Product.Positions == 1 ? j : new RowIndex($"(p * {Literal.Of(plan.Outputs)})", j);
        if (sum.Finish.Known is { } known)
        {
            code.Store(plan.Destination, row, code.Constant(known));
            return;
        }

        if (sum.HasLow)
        {
            kernel.Writer.Line($"{variable} += {code.ShiftRight("a" + Literal.Of(strategy.LowOf(j)), Literal.Of(sum.Shift))};");
        }

        RequantizeTerms.Of(code, sum.Finish).Write(kernel.Writer, variable);
        code.Store(plan.Destination, row, variable);
    }
}
