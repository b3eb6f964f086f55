using System.Linq;
using System.Numerics;
using HGQ.Generators.Lanes;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>The product of <see cref="BytePairs"/> for one sample in scalar code, from the same tables.</summary>
internal static class BytePairSamplePrinter
{
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan, BytePairs pairs)
    {
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        var tables = new BytePairTables(kernel, pairs);
        kernel.OpenMethod(method, BytePairTables.Comment(plan, pairs), plan.Product.Source, plan.Destination);
        string weights = tables.Weights(), rows = tables.Rows();
        tables.DeclareLines();
        bool parts = pairs.Parts > 1;
        if (parts)
        {
            writer.Line($"ref int sums = ref Unsafe.As<byte, int>(ref Unsafe.Add(ref scratch, {Literal.Of(kernel.Storage.SumsOffset(plan.Destination))}));");
        }

        var terms = new ColumnTerms(kernel, code, plan, plan.Product.Bias.Select(value => (BigInteger)value));
        string first = "e", second = "e + 1";
        if (!pairs.Pairs.AreNeighbours)
        {
            first = kernel.LocalTable(pairs.Pairs.First.Select(e => (long)e).ToArray()) + "[e]";
            second = kernel.LocalTable(pairs.Pairs.Second.Select(e => (long)e).ToArray()) + "[e]";
        }

        string at = LoopProductPrinter.OpenPositions(kernel, plan);
        writer.Line("int n = 0;");
        writer.Open($"for (int line = 0; line < {Literal.Of(pairs.Results.Count)}; line++)");
        writer.Line($"int c = {tables.Result("line")};");
        writer.Line($"int v = {(parts ? $"line < {Literal.Of(plan.Outputs)} ? {terms.Start} : Unsafe.Add(ref sums, c)" : terms.Start)};");
        writer.Open($"for (int end = n + ({tables.Segments("line")} * {tables.Length("line")}); n < end; n++)");
        string row = $"Unsafe.Add(ref {rows}, n)", source = "b" + Literal.Of(plan.Product.Source);
        writer.Line($"int e = {(pairs.Pairs.AreNeighbours ? $"{at}({row} / {Literal.Of(BytePairs.RowUnit / 2)})" : $"{row} / {Literal.Of(BytePairs.RowUnit)}")}, w = Unsafe.Add(ref {weights}, n);");
        writer.Line($"v += (Unsafe.Add(ref {source}, {first}) * (sbyte)w) + (Unsafe.Add(ref {source}, {second}) * (sbyte)(w >> 8));");
        writer.Close();
        writer.Line();
        if (parts)
        {
            writer.Open($"if (line < {Literal.Of((pairs.Parts - 1) * plan.Outputs)})");
            writer.Line("Unsafe.Add(ref sums, c) = v;");
            writer.Line("continue;");
            writer.Close();
            writer.Line();
        }

        terms.Write(writer, "v");
        code.Store(plan.Destination, plan.Product.Positions == 1 ? "c" : $"(p * {Literal.Of(plan.Outputs)}) + c", "v");
        writer.Close();
        if (plan.Product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }
}
