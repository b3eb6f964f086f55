using System;
using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Generators.Emission;

/// <summary>
/// Large constant products of one sample on x86: results across 32-bit lanes, source bytes in fours. A four is broadcast, one
/// instruction multiplies it with the weights of 16 (or 8) results; its 16-bit sums are exact for a number of fours that the
/// weights tell, then they are added in pairs to 32-bit sums.
/// </summary>
internal static class QuadProduct
{
    private const int Lanes = ElementVectorCode.Padding;

    // Blocks of 16 results whose sums are in registers at once.
    private const int BlocksAtOnce = 4;

    // Multiplications from which the conversion of the source to bytes pays.
    private const int FewestProducts = 16_384;

    /// <summary>Whether the product is large and has this form: bytes as source and as weights, one group.</summary>
    public static bool Pays(IntegerProgram program, ConstantProductPlan plan)
        => plan.Lane.Bits <= 32
            && plan.Product.Groups == 1
            && plan.Product.Taps > 1
            && plan.Outputs > 4
            && (long)plan.Product.Taps * plan.Outputs * plan.Product.Positions >= FewestProducts
            && ByteSource.TakesWeights(plan.Product)
            && ByteSource.Of(program, plan.Product.Source) is not null;

    /// <summary>Writes the method for one width of vectors.</summary>
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan, KernelShape shape)
    {
        var product = plan.Product;
        var writer = kernel.Writer;
        var code = new ElementVectorCode(kernel, shape);
        var source = ByteSource.Of(kernel.Program, product.Source)!;
        int[] fours = Fours(product.TapOffsets.ToArray());
        var (weights, run) = kernel.Tables.Once("fours", plan.Destination, () => Tabulate(kernel, plan, fours, source.Largest));
        kernel.OpenVariant(
            method, shape, $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums over {Literal.Of(fours.Length)} fours of bytes, {Literal.Of(run)} of them in 16 bits", product.Source, plan.Destination);
        source.WritePacking(kernel, plan, shape);
        var sums = new RequantizeColumns(code, plan.Sums);
        var finish = new RequantizeColumns(code, plan.Finish);
        int bias = finish.Extra(source.Bias(plan).Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        sums.KeepAll();
        var block = new Block(kernel, code, shape, plan, run, fours.Length)
        {
            Weights = kernel.TableReference(weights, "sbyte"),
            Sums = sums.Declare(),
            Finish = finish.Declare(),
            Bias = finish.Value(bias, true) ?? string.Empty,
            Four = Four(kernel, fours),
        };
        block.At = ConstantProductEmitter.OpenPositions(kernel, plan);
        int blocks = (plan.Outputs + shape.CountOf(LaneType.Int32) - 1) / shape.CountOf(LaneType.Int32), whole = blocks / BlocksAtOnce;
        if (whole > 0)
        {
            string first = "0";
            if (whole > 1)
            {
                writer.Open($"for (int first = 0; first < {Literal.Of(whole * BlocksAtOnce)}; first += {Literal.Of(BlocksAtOnce)})");
                first = "first";
            }
            else
            {
                writer.Open();
            }

            block.Write(first, BlocksAtOnce);
            writer.Close();
        }

        if (blocks % BlocksAtOnce > 0)
        {
            writer.Open();
            block.Write(Literal.Of(whole * BlocksAtOnce), blocks % BlocksAtOnce);
            writer.Close();
        }

        if (product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    // First offsets of groups of four neighbours that cover all taps.
    private static int[] Fours(int[] taps)
    {
        var fours = new List<int>();
        foreach (int tap in taps.Distinct().OrderBy(tap => tap))
        {
            if (fours.Count == 0 || tap >= fours[fours.Count - 1] + 4)
            {
                fours.Add(tap);
            }
        }

        return fours.ToArray();
    }

    private static string Four(Kernel kernel, int[] fours)
        => Enumerable.Range(0, fours.Length).All(k => fours[k] == fours[0] + (4 * k))
            ? $"{Literal.Of(fours[0])} + (k * 4)"
            : $"{kernel.LocalTable(fours.Select(four => (long)four).ToArray())}[k]";

    private static (string Table, int Run) Tabulate(Kernel kernel, ConstantProductPlan plan, int[] fours, int largest)
    {
        long[] weights = Arrange(plan, fours);
        return (kernel.Tables.Add(weights, "sbyte"), LongestExactRun(weights, fours.Length, largest));
    }

    // [block of 16 results][four][result][element of the four]
    private static long[] Arrange(ConstantProductPlan plan, int[] fours)
    {
        int blocks = (plan.Outputs + Lanes - 1) / Lanes;
        var table = new long[blocks * fours.Length * Lanes * 4];
        for (var j = 0; j < plan.Outputs; j++)
        {
            foreach (var (offset, weight) in plan.Terms(j))
            {
                int four = Array.BinarySearch(fours, offset);
                four = four < 0 ? ~four - 1 : four;
                table[(((((j / Lanes) * fours.Length) + four) * Lanes) + (j % Lanes)) * 4 + (offset - fours[four])] += weight;
            }
        }

        return table;
    }

    // The most fours whose 16-bit sums are exact wherever a run begins at a multiple of their number.
    private static int LongestExactRun(long[] weights, int fours, int largest)
    {
        var run = Math.Min(fours, 128);
        while (run > 1 && !IsExact(weights, fours, run, largest))
        {
            run--;
        }

        return run;
    }

    private static bool IsExact(long[] weights, int fours, int run, int largest)
    {
        const int row = Lanes * 4;
        for (var block = 0; block < weights.Length; block += fours * row)
        {
            for (var begin = 0; begin < fours; begin += run)
            {
                for (var pair = 0; pair < row; pair += 2)
                {
                    long low = 0, high = 0;
                    for (int k = begin; k < Math.Min(begin + run, fours); k++)
                    {
                        long first = weights[block + (k * row) + pair], second = weights[block + (k * row) + pair + 1];
                        low += Math.Min(first, 0) + Math.Min(second, 0);
                        high += Math.Max(first, 0) + Math.Max(second, 0);
                    }

                    if (low * largest < short.MinValue || high * largest > short.MaxValue)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    // The code for some blocks of results.
    private sealed class Block(Kernel kernel, ElementVectorCode code, KernelShape shape, ConstantProductPlan plan, int run, int fours)
    {
        public string Weights { get; init; } = string.Empty;

        public RequantizeTerms Sums { get; init; } = null!;

        public RequantizeTerms Finish { get; init; } = null!;

        public string Bias { get; init; } = string.Empty;

        public string Four { get; init; } = string.Empty;

        public string At { get; set; } = string.Empty;

        public void Write(string first, int count)
        {
            var writer = kernel.Writer;
            string vector = shape.Vector, machine = shape.VectorBits == 512 ? "Avx512BW" : "Avx2";
            int lanes = shape.CountOf(LaneType.Int32);
            for (var n = 0; n < count; n++)
            {
                string number = n == 0 ? first : $"({first} + {Literal.Of(n)})";
                writer.Line($"int c{n} = {number} * {lanes};");
                writer.Line($"{code.ValueType} v{n} = {AtBlock(Bias, n)};");
                writer.Line($"nuint w{n} = (nuint)((c{n} / {Lanes} * {fours * Lanes * 4}) + (c{n} % {Lanes} * 4));");
            }

            writer.Open($"for (int k = 0; k < {fours};)");
            for (var n = 0; n < count; n++)
            {
                writer.Line($"{vector}<short> s{n} = {vector}<short>.Zero;");
            }

            writer.Open(run >= fours ? $"for (; k < {fours}; k++)" : $"for (int end = Math.Min(k + {run}, {fours}); k < end; k++)");
            writer.Line($"{vector}<byte> x = {vector}.AsByte({vector}.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref packed, {At}{Four}))));");
            for (var n = 0; n < count; n++)
            {
                writer.Line($"s{n} += {machine}.MultiplyAddAdjacent(x, {vector}.LoadUnsafe(ref {Weights}, w{n} + (nuint)(k * {Lanes * 4})));");
            }

            writer.Close();
            writer.Line();
            for (var n = 0; n < count; n++)
            {
                writer.Line($"v{n} += {machine}.MultiplyAddAdjacent(s{n}, {vector}<short>.One);");
            }

            writer.Close();
            writer.Line();
            for (var n = 0; n < count; n++)
            {
                int block = n;
                Sums.At(text => AtBlock(text, block)).Write(writer, "v" + Literal.Of(n));
                Finish.At(text => AtBlock(text, block)).Write(writer, "v" + Literal.Of(n));

                // A block may run over the last result: into the next position's results, which are written later, or into padding.
                code.Store(plan.Destination, plan.Product.Positions == 1 ? $"c{n}" : $"(p * {Literal.Of(plan.Outputs)}) + c{Literal.Of(n)}", "v" + Literal.Of(n));
            }
        }

        private static string AtBlock(string expression, int block) => expression.Replace("(nuint)c)", $"(nuint)c{Literal.Of(block)})");
    }
}
