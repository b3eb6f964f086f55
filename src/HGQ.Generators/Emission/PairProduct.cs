using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Generators.Emission;

/// <summary>
/// Constant products of one sample on x86: results across 32-bit lanes, source elements in pairs. One instruction multiplies a
/// pair with the weights of 16 (or 8) results and adds the two products; there are no horizontal sums.
/// </summary>
internal static class PairProduct
{
    private const int Lanes = ElementVectorCode.Padding;

    // Accumulators kept in registers at once.
    private const int BlocksAtOnce = 4;

    /// <summary>Whether the product has this form: 16-bit sources and weights, sums of at most 32 bits, one group.</summary>
    public static bool Fits(Kernel kernel, ConstantProductPlan plan)
        => plan.Lane.Bits <= 32
            && plan.Product.Groups == 1
            && plan.Product.Taps > 0
            && plan.Outputs > 1
            && kernel.Storage.TypeOf(plan.Product.Source) == LaneType.Int16
            && Array.TrueForAll(plan.Product.Weights.ToArray(), weight => weight is >= short.MinValue and <= short.MaxValue);

    /// <summary>Writes the method for one width of vectors; its name.</summary>
    public static string Emit(Kernel kernel, string method, ConstantProductPlan plan, KernelShape shape)
    {
        var product = plan.Product;
        var writer = kernel.Writer;
        var code = new ElementVectorCode(kernel, shape);
        string name = kernel.OpenVariant(method, shape, $"{plan.Layer}: {ConstantProductEmitter.Comment(plan)}", product.Source, plan.Destination);
        var sums = Columns(code, plan.Sums);
        var finish = Columns(code, plan.Finish);
        int bias = finish.Extra(product.Bias.Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        sums.KeepAll();
        string weights = kernel.TableReference(Interleave(plan), "short");
        var sumTerms = sums.Declare();
        var finishTerms = finish.Declare();
        string start = finish.Value(bias, true) ?? string.Empty;
        string at = ConstantProductEmitter.OpenPositions(kernel, plan);
        string pairs = Pairs(kernel, plan, at);
        int blocks = Blocks(plan, shape);
        for (var first = 0; first < blocks; first += BlocksAtOnce)
        {
            EmitBlocks(kernel, code, plan, shape, Enumerable.Range(first, Math.Min(BlocksAtOnce, blocks - first)).ToArray(), weights, pairs, start, sumTerms, finishTerms);
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
        string start,
        RequantizeTerms sums,
        RequantizeTerms finish)
    {
        var writer = kernel.Writer;
        int lanes = shape.CountOf(LaneType.Int32), pairCount = (plan.Product.Taps + 1) / 2;
        writer.Open();
        foreach (int block in blocks)
        {
            writer.Line($"int c{block} = {block * lanes};");
            writer.Line($"{code.ValueType} v{block} = {At(start, block)};");
        }

        writer.Open($"for (int k = 0; k < {pairCount}; k++)");
        writer.Line($"{shape.Vector}<short> pair = {shape.Vector}.AsInt16({shape.Vector}.Create({pairs}));");
        foreach (int block in blocks)
        {
            int row = block * lanes / Lanes * pairCount * Lanes * 2, within = block * lanes % Lanes * 2;
            writer.Line($"v{block} += {(shape.VectorBits == 512 ? "Avx512BW" : "Avx2")}.MultiplyAddAdjacent(pair, {shape.Vector}.LoadUnsafe(ref {weights}, (nuint)((k * {Lanes * 2}) + {row + within})));");
        }

        writer.Close();
        foreach (int block in blocks)
        {
            string v = "v" + Literal.Of(block);
            sums.At(text => At(text, block)).Write(writer, v);
            finish.At(text => At(text, block)).Write(writer, v);
            string row = plan.Product.Positions == 1 ? "c" + Literal.Of(block) : $"(p * {Literal.Of(plan.Outputs)}) + c{Literal.Of(block)}";

            // A block may run over the last result: into the next position's results, which are written later, or into padding.
            code.Store(plan.Destination, row, v);
        }

        writer.Close();
    }

    private static string At(string expression, int block) => expression.Replace("(nuint)c)", $"(nuint)c{Literal.Of(block)})");

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
