using System.Linq;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Large constant products of one sample on x86: results across 32-bit lanes, source bytes in fours. A four is broadcast, one
/// instruction multiplies it with the weights of 16 (or 8) results; its 16-bit sums are exact for a number of fours that the
/// weights tell, then they are added in pairs to 32-bit sums.
/// </summary>
internal static class WideByteQuadSamplePrinter
{
    private const int Lanes = ElementVectorCode.Padding;

    /// <summary>Writes the method for one width of vectors.</summary>
    public static void Emit(Kernel kernel, string method, WideByteQuadSample strategy, KernelShape shape)
    {
        var plan = strategy.Plan;
        var product = plan.Product;
        var writer = kernel.Writer;
        var code = new ElementVectorCode(kernel, shape);
        var source = strategy.Source;
        int[] fours = strategy.Fours;
        int run = strategy.Run;
        string weights = kernel.Tables.Add(strategy.Weights, "sbyte");
        kernel.OpenVariant(
            method, shape, $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums over {Literal.Of(fours.Length)} fours of bytes, {Literal.Of(run)} of them in 16 bits", product.Source, plan.Destination);
        ByteStaging.WritePacked(kernel, plan, source, shape);
        var sums = new RequantizeColumns(code, plan.Sums);
        var finish = new RequantizeColumns(code, plan.Finish);
        int bias = finish.Extra(source.Bias(plan).Select(value => (long)code.Lane.Reduce(value)));
        finish.KeepAll();
        sums.KeepAll();
        var block = new Block(kernel, code, shape, plan, run, fours.Length)
        {
            Weights = kernel.TableReference(weights, "sbyte"),
            Sums = sums,
            Finish = finish,
            Bias = bias,
        };

        // All tables are declared before the scopes of the blocks, which read them at places of their own.
        sums.Declare();
        finish.Declare();
        finish.Value(bias, true);
        block.Four = Four(kernel, fours);
        block.At = LoopProductPrinter.OpenPositions(kernel, plan);
        WriteBlocks(writer, block, (plan.Outputs + shape.CountOf(LaneType.Int32) - 1) / shape.CountOf(LaneType.Int32));
        if (product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    // As many blocks of results at once as registers hold sums of, then those that are left.
    private static void WriteBlocks(SourceWriter writer, Block block, int blocks)
    {
        int whole = blocks / CostModel.VectorsAtOnce;
        if (whole > 0)
        {
            string first = "0";
            if (whole > 1)
            {
                writer.Open($"for (int first = 0; first < {Literal.Of(whole * CostModel.VectorsAtOnce)}; first += {Literal.Of(CostModel.VectorsAtOnce)})");
                first = "first";
            }
            else
            {
                writer.Open();
            }

            block.Write(first, CostModel.VectorsAtOnce);
            writer.Close();
        }

        if (blocks % CostModel.VectorsAtOnce > 0)
        {
            writer.Open();
            block.Write(Literal.Of(whole * CostModel.VectorsAtOnce), blocks % CostModel.VectorsAtOnce);
            writer.Close();
        }
    }

    private static string Four(Kernel kernel, int[] fours)
        => Enumerable.Range(0, fours.Length).All(k => fours[k] == fours[0] + (4 * k))
            ? $"{Literal.Of(fours[0])} + (k * 4)"
            : $"{kernel.LocalTable(fours.Select(four => (long)four).ToArray())}[k]";

    // The code for some blocks of results.
    private sealed class Block(Kernel kernel, ElementVectorCode code, KernelShape shape, ConstantProductPlan plan, int run, int fours)
    {
        public string Weights { get; init; } = string.Empty;

        public RequantizeColumns Sums { get; init; } = null!;

        public RequantizeColumns Finish { get; init; } = null!;

        public int Bias { get; init; }

        public string Four { get; set; } = string.Empty;

        public string At { get; set; } = string.Empty;

        public void Write(string first, int count)
        {
            var writer = kernel.Writer;
            string vector = shape.Vector, machine = shape.MultiplyAddClass;
            int lanes = shape.CountOf(LaneType.Int32);
            for (var n = 0; n < count; n++)
            {
                string number = n == 0 ? first : $"({first} + {Literal.Of(n)})";
                writer.Line($"int c{n} = {number} * {lanes};");
                writer.Line($"{code.ValueType} v{n} = {Finish.Value(Bias, true, Place(n))};");
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
                Sums.Declare(Place(n)).Write(writer, "v" + Literal.Of(n));
                Finish.Declare(Place(n)).Write(writer, "v" + Literal.Of(n));

                // A block may run over the last result: into the next position's results, which are written later, or into padding.
                code.Store(plan.Destination, plan.Product.Positions == 1 ? $"c{n}" : $"(p * {Literal.Of(plan.Outputs)}) + c{Literal.Of(n)}", "v" + Literal.Of(n));
            }
        }

        private static string Place(int block) => "c" + Literal.Of(block);
    }
}
