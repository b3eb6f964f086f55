using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>Constant products as loops over the weights that are not 0: the form whose size is that of its tables.</summary>
internal static class LoopProductPrinter
{
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan)
    {
        var product = plan.Product;
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        kernel.OpenMethod(method, $"{plan.Layer}: {Comment(plan)}", product.Source, plan.Destination);
        var (starts, offsets, weights) = Pack(plan, code.Lane);
        string startTable = kernel.LocalTable(starts), offsetTable = kernel.LocalTable(offsets), weightTable = kernel.LocalTable(weights);
        var sums = new RequantizeColumns(code, plan.Sums);
        sums.KeepAll();
        var finish = new RequantizeColumns(code, plan.Finish);
        int bias = finish.Extra(product.Bias.Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        var sumTerms = sums.Declare();
        var finishTerms = finish.Declare();
        string start = finish.Value(bias, true) ?? string.Empty;
        string at = OpenPositions(kernel, plan);
        writer.Open($"for (int c = 0; c < {plan.Outputs}; c++)");
        code.OpenParts();
        writer.Line($"{code.ValueType} v = {start};");
        writer.Open($"for (int n = {startTable}[c]; n < {startTable}[c + 1]; n++)");
        string weight = code.Broadcast($"{weightTable}[n]");
        writer.Line($"v += {weight} * {code.Load(product.Source, $"{at}{offsetTable}[n]")};");
        writer.Close();
        sumTerms.Write(writer, "v");
        finishTerms.Write(writer, "v");
        code.Store(plan.Destination, product.Positions == 1 ? "c" : $"(p * {Literal.Of(plan.Outputs)}) + c", "v");
        code.CloseParts();
        writer.Close();
        if (product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    /// <summary>Begins the loop over positions, if there are several; an expression that is added to each tap's offset.</summary>
    public static string OpenPositions(Kernel kernel, ConstantProductPlan plan)
    {
        if (plan.Product.Positions == 1)
        {
            int only = plan.Product.PositionOffsets[0];
            return only == 0 ? string.Empty : $"{Literal.Of(only)} + ";
        }

        string positions = kernel.LocalTable(plan.Product.PositionOffsets.Select(offset => (long)offset).ToArray());
        kernel.Writer.Open($"for (int p = 0; p < {plan.Product.Positions}; p++)");
        return $"{positions}[p] + ";
    }

    /// <summary>Says what the product is, for the comment.</summary>
    public static string Comment(ConstantProductPlan plan)
    {
        int terms = plan.CountTerms();
        string positions = plan.Product.Positions == 1 ? string.Empty : $", at {Literal.Of(plan.Product.Positions)} positions";
        return $"{Literal.Of(plan.Outputs)} sums of {Literal.Of(terms)} terms, {Literal.Of(plan.Lane.Bits)}-bit accumulators{positions}";
    }

    private static (long[] Starts, long[] Offsets, long[] Weights) Pack(ConstantProductPlan plan, LaneType lane)
    {
        var starts = new List<long> { 0 };
        var offsets = new List<long>();
        var weights = new List<long>();
        for (var j = 0; j < plan.Outputs; j++)
        {
            foreach (var (offset, weight) in plan.Terms(j))
            {
                offsets.Add(offset);
                weights.Add((long)lane.Reduce(weight));
            }

            starts.Add(offsets.Count);
        }

        return (starts.ToArray(), offsets.ToArray(), weights.ToArray());
    }
}
