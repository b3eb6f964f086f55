using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Constant products of one sample on x86: results across 32-bit lanes, source elements in pairs. One instruction multiplies a
/// pair with the weights of 16 (or 8) results and adds the two products; there are no horizontal sums.
/// </summary>
internal static class WordPairSamplePrinter
{
    private const int Lanes = ElementVectorCode.Padding;

    /// <summary>Writes the method for one width of vectors; its name.</summary>
    public static string Emit(Kernel kernel, string method, WordPairSample strategy, KernelShape shape)
    {
        var plan = strategy.Plan;
        var product = plan.Product;
        var writer = kernel.Writer;
        var code = new ElementVectorCode(kernel, shape);
        string name = kernel.OpenVariant(method, shape, $"{plan.Layer}: {LoopProductPrinter.Comment(plan)}", product.Source, plan.Destination);
        var sums = Columns(code, plan.Sums);
        var finish = Columns(code, plan.Finish);
        int bias = finish.Extra(product.Bias.Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        sums.KeepAll();
        string weights = kernel.TableReference(Interleave(plan), "short");

        // All tables are declared before the scopes of the blocks, which read them at places of their own.
        sums.Declare();
        finish.Declare();
        finish.Value(bias, true);
        string at = LoopProductPrinter.OpenPositions(kernel, plan);
        string pairs = Pairs(kernel, plan, at);
        int blocks = Blocks(plan, shape);
        for (var first = 0; first < blocks; first += CostModel.VectorsAtOnce)
        {
            EmitBlocks(kernel, code, plan, shape, Enumerable.Range(first, Math.Min(CostModel.VectorsAtOnce, blocks - first)).ToArray(), weights, pairs, bias, sums, finish);
        }

        if (product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
        return name;
    }

    private static void EmitBlocks(
        Kernel kernel,
        ElementVectorCode code,
        ConstantProductPlan plan,
        KernelShape shape,
        int[] blocks,
        string weights,
        string pairs,
        int bias,
        RequantizeColumns sums,
        RequantizeColumns finish)
    {
        var writer = kernel.Writer;
        int lanes = shape.CountOf(LaneType.Int32), pairCount = (plan.Product.Taps + 1) / 2;
        writer.Open();
        foreach (int block in blocks)
        {
            writer.Line($"int c{block} = {block * lanes};");
            writer.Line($"{code.ValueType} v{block} = {finish.Value(bias, true, "c" + Literal.Of(block))};");
        }

        writer.Open($"for (int k = 0; k < {pairCount}; k++)");
        writer.Line($"{shape.Vector}<short> pair = {shape.Vector}.AsInt16({shape.Vector}.Create({pairs}));");
        foreach (int block in blocks)
        {
            int row = block * lanes / Lanes * pairCount * Lanes * 2, within = block * lanes % Lanes * 2;
            writer.Line($"v{block} += {shape.MultiplyAddClass}.MultiplyAddAdjacent(pair, {shape.Vector}.LoadUnsafe(ref {weights}, (nuint)((k * {Lanes * 2}) + {row + within})));");
        }

        writer.Close();
        foreach (int block in blocks)
        {
            string v = "v" + Literal.Of(block);
            sums.Declare("c" + Literal.Of(block)).Write(writer, v);
            finish.Declare("c" + Literal.Of(block)).Write(writer, v);
            string row = plan.Product.Positions == 1 ? "c" + Literal.Of(block) : $"(p * {Literal.Of(plan.Outputs)}) + c{Literal.Of(block)}";

            // A block may run over the last result: into the next position's results, which are written later, or into padding.
            code.Store(plan.Destination, row, v);
        }

        writer.Close();
    }

    private static RequantizeColumns Columns(ElementVectorCode code, RequantizeElement[] elements) => new(code, elements);

    private static int Blocks(ConstantProductPlan plan, KernelShape shape)
    {
        int lanes = shape.CountOf(LaneType.Int32);
        return (plan.Outputs + lanes - 1) / lanes;
    }

    // A pair of neighbours is one 32-bit number in memory; others are put together.
    private static string Pairs(Kernel kernel, ConstantProductPlan plan, string at)
    {
        var offsets = plan.Product.TapOffsets;
        string source = "b" + Literal.Of(plan.Product.Source);
        bool run = Enumerable.Range(0, offsets.Length).All(t => offsets[t] == offsets[0] + t);
        if (run)
        {
            string first = offsets[0] == 0 ? string.Empty : Literal.Of(offsets[0]) + " + ";
            return $"Unsafe.ReadUnaligned<int>(ref Unsafe.As<short, byte>(ref Unsafe.Add(ref {source}, {at}{first}(k * 2))))";
        }

        var even = new List<long>();
        var odd = new List<long>();
        for (var t = 0; t < offsets.Length; t += 2)
        {
            even.Add(offsets[t]);
            odd.Add(t + 1 < offsets.Length ? offsets[t + 1] : offsets[t]);
        }

        string evenTable = kernel.LocalTable(even.ToArray()), oddTable = kernel.LocalTable(odd.ToArray());
        return $"(ushort)Unsafe.Add(ref {source}, {at}{evenTable}[k]) | (Unsafe.Add(ref {source}, {at}{oddTable}[k]) << 16)";
    }

    // [block of 16 results][pair][result][element of the pair]
    private static long[] Interleave(ConstantProductPlan plan)
    {
        int taps = plan.Product.Taps, pairs = (taps + 1) / 2, blocks = (plan.Outputs + Lanes - 1) / Lanes;
        var table = new long[blocks * pairs * Lanes * 2];
        for (var t = 0; t < taps; t++)
        {
            for (var j = 0; j < plan.Outputs; j++)
            {
                int row = (((j / Lanes) * pairs) + (t / 2)) * Lanes * 2;
                table[row + (j % Lanes * 2) + (t % 2)] = plan.Product.Weights[(t * plan.Outputs) + j];
            }
        }

        return table;
    }
}
