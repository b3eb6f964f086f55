using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>
/// Constant products of a block as loops over packed weights: two source elements lie in the two bytes of each 16-bit lane, one
/// instruction multiplies them with a pair of weights and adds the products, pairs of zeros are not there. The form of large
/// layers, whose size is that of the tables, and of all layers whose sums need 32 bits.
/// </summary>
internal static class PackedProduct
{
    // Offsets of packed rows are counted in 16 bytes, the size of a row in the narrowest block.
    private const int RowUnit = 16;

    /// <summary>Whether this form is faster than the others, or the only one of bounded size.</summary>
    public static bool Pays(Kernel kernel, ConstantProductPlan plan)
        => plan.CountTerms() >= 4 * plan.Outputs
            && (plan.CountTerms() > StraightLineProduct.MostTerms || (kernel.Shape.IsVector && plan.Lane == LaneType.Int32));

    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan, PackedPairs pairs)
    {
        if (kernel.Shape.IsVector)
        {
            EmitBlock(kernel, method, plan, pairs);
        }
        else
        {
            EmitSample(kernel, method, plan, pairs);
        }
    }

    // One sample in scalar code, from the same tables.
    private static void EmitSample(Kernel kernel, string method, ConstantProductPlan plan, PackedPairs pairs)
    {
        var writer = kernel.Writer;
        var code = LaneCode.For(kernel, plan.Lane);
        kernel.OpenMethod(method, Comment(plan, pairs), plan.Product.Source, plan.Destination);
        string weights = Weights(kernel, plan, pairs);
        string offsets = Offsets(kernel, plan, pairs);
        string ends = kernel.LocalTable(Enumerable.Range(0, plan.Outputs).Select(j => (long)pairs.SegmentEnds[pairs.FirstSegments[j + 1] - 1]).ToArray());
        var terms = new Terms(kernel, code, plan, plan.Product.Bias.Select(value => (BigInteger)value));
        string at = ConstantProductEmitter.OpenPositions(kernel, plan), source = "b" + Literal.Of(plan.Product.Source);
        writer.Line("int n = 0;");
        writer.Open($"for (int c = 0; c < {plan.Outputs}; c++)");
        writer.Line($"int v = {terms.Start};");
        writer.Open($"for (int end = {ends}[c]; n < end; n++)");
        writer.Line($"int e = {at}(Unsafe.Add(ref {offsets}, n) / {Literal.Of(RowUnit / 2)}), w = Unsafe.Add(ref {weights}, n);");
        writer.Line($"v += (Unsafe.Add(ref {source}, e) * (sbyte)w) + (Unsafe.Add(ref {source}, e + 1) * (sbyte)(w >> 8));");
        writer.Close();
        writer.Line();
        terms.Write(writer, "v");
        code.Store(plan.Destination, plan.Product.Positions == 1 ? "c" : $"(p * {Literal.Of(plan.Outputs)}) + c", "v");
        writer.Close();
        if (plan.Product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    private static string Comment(ConstantProductPlan plan, PackedPairs pairs)
        => $"{plan.Layer}: {Literal.Of(plan.Outputs)} sums of {Literal.Of(plan.CountTerms())} terms in {Literal.Of(pairs.Indices.Count)} pairs of bytes, {Literal.Of(plan.Lane.Bits)}-bit accumulators";

    private static void EmitBlock(Kernel kernel, string method, ConstantProductPlan plan, PackedPairs pairs)
    {
        var writer = kernel.Writer;
        var shape = kernel.Shape;
        var code = LaneCode.For(kernel, plan.Lane);
        kernel.OpenMethod(method, Comment(plan, pairs), plan.Product.Source, plan.Destination);
        WritePacking(kernel, plan, pairs);
        string weights = Weights(kernel, plan, pairs);
        string offsets = Offsets(kernel, plan, pairs);
        string ends = kernel.LocalTable(pairs.SegmentEnds.Select(end => (long)end).ToArray());
        string segments = kernel.LocalTable(pairs.FirstSegments.Select(first => (long)first).ToArray());
        var terms = new Terms(kernel, code, plan, pairs.Source.Bias(plan));
        string at = OpenPositions(kernel, plan);
        writer.Line("int n = 0;");
        writer.Open($"for (int c = 0; c < {plan.Outputs}; c++)");
        string[] sums = Sums(kernel, plan);
        foreach (string sum in sums)
        {
            writer.Line($"{code.ValueType} {sum} = {terms.Start};");
        }

        writer.Open($"for (int s = {segments}[c]; s < {segments}[c + 1]; s++)");
        writer.Line($"{shape.Vector}<short> x = {shape.Vector}<short>.Zero, y = x;");
        writer.Open($"for (int end = {ends}[s]; n < end; n += {PackedPairs.Unroll})");
        for (var n = 0; n < PackedPairs.Unroll; n++)
        {
            string entry = n == 0 ? "n" : $"n + {Literal.Of(n)}";
            string load = $"{shape.Vector}.LoadUnsafe(ref packed, (nuint)(uint)({at}Unsafe.Add(ref {offsets}, {entry})))";
            writer.Line($"{(n % 2 == 0 ? "x" : "y")} += {MultiplyAdd(kernel)}({load}.AsByte(), {shape.Vector}.Create(Unsafe.Add(ref {weights}, {entry})).AsSByte());");
        }

        writer.Close();
        writer.Line();
        writer.Line("x += y;");
        WriteSpill(kernel, plan, sums);
        writer.Close();
        writer.Line();
        foreach (string sum in sums)
        {
            terms.Write(writer, sum);
        }

        Store(kernel, code, plan, sums);
        writer.Close();
        if (plan.Product.Positions > 1)
        {
            writer.Close();
        }

        kernel.CloseMethod();
    }

    // 16-bit sums need no more; of 32-bit sums a vector holds half of the samples: the even and the odd ones, or, where the results
    // are stored as 32 bits, the lower and the upper half.
    private static string[] Sums(Kernel kernel, ConstantProductPlan plan) => plan.Lane == LaneType.Int16
        ? new[] { "v" }
        : Interleaves(kernel, plan) ? new[] { "even", "odd" } : new[] { "lower", "upper" };

    private static bool Interleaves(Kernel kernel, ConstantProductPlan plan) => kernel.Storage.TypeOf(plan.Destination) == LaneType.Int16;

    private static void WriteSpill(Kernel kernel, ConstantProductPlan plan, string[] sums)
    {
        if (plan.Lane == LaneType.Int16)
        {
            kernel.Writer.Line("v += x;");
            return;
        }

        bool interleaves = Interleaves(kernel, plan);
        string vector = kernel.Shape.Vector;
        kernel.Writer.Line($"{sums[0]} += {(interleaves ? "(x.AsInt32() << 16) >> 16" : $"{vector}.WidenLower(x)")};");
        kernel.Writer.Line($"{sums[1]} += {(interleaves ? "x.AsInt32() >> 16" : $"{vector}.WidenUpper(x)")};");
    }

    private static void Store(Kernel kernel, LaneCode code, ConstantProductPlan plan, string[] sums)
    {
        string row = plan.Product.Positions == 1 ? "c" : $"((p * {Literal.Of(plan.Outputs)}) + c)";
        int lanes = kernel.Shape.Lanes;
        string target = $"ref b{Literal.Of(plan.Destination)}, (nuint)({row} * {Literal.Of(lanes)}";
        if (plan.Lane == LaneType.Int16)
        {
            code.Store(plan.Destination, row, sums[0]);
        }
        else if (Interleaves(kernel, plan))
        {
            kernel.Writer.Line($"((even & {code.Constant(65535)}) | (odd << 16)).AsInt16().StoreUnsafe({target}));");
        }
        else
        {
            kernel.Writer.Line($"lower.StoreUnsafe({target}));");
            kernel.Writer.Line($"upper.StoreUnsafe({target} + {Literal.Of(lanes / 2)}));");
        }
    }

    private static void WritePacking(Kernel kernel, ConstantProductPlan plan, PackedPairs pairs)
    {
        var writer = kernel.Writer;
        string vector = kernel.Shape.Vector, source = "b" + Literal.Of(plan.Product.Source);
        int lanes = kernel.Shape.Lanes;
        writer.Line($"ref {RowElement(kernel)} packed = ref Unsafe.As<byte, {RowElement(kernel)}>(ref Unsafe.Add(ref scratch, {Literal.Of(kernel.Storage.PackedOffset(plan.Destination) * lanes)}));");
        writer.Open($"for (int e = 0; e < {Literal.Of(pairs.PairCount)}; e++)");
        string Load(int n) => $"{vector}.LoadUnsafe(ref {source}, (nuint)({(n == 0 ? "(e * 2)" : "((e * 2) + 1)")} * {Literal.Of(lanes)}))";
        string first = Load(0), second = $"({Load(1)} << 8)";
        string packed = pairs.Source.Signed
            ? $"(({first} & {vector}.Create((short)255)) | {second}) ^ {vector}.Create(unchecked((short)0x8080))"
            : $"{first} | {second}";
        writer.Line($"({packed}).As{RowView(kernel)}().StoreUnsafe(ref packed, (nuint)(e * {Literal.Of(RowUnit)}));");
        writer.Close();
        writer.Line();
    }

    private static string OpenPositions(Kernel kernel, ConstantProductPlan plan)
    {
        var offsets = plan.Product.PositionOffsets;
        if (plan.Product.Positions == 1)
        {
            return offsets[0] == 0 ? string.Empty : $"{Literal.Of(offsets[0] / 2 * RowUnit)} + ";
        }

        string positions = kernel.LocalTable(offsets.Select(offset => (long)offset / 2 * RowUnit).ToArray());
        kernel.Writer.Open($"for (int p = 0; p < {plan.Product.Positions}; p++)");
        kernel.Writer.Line($"int at = {positions}[p];");
        return "at + ";
    }

    // The element type in which a packed row counts RowUnit: offsets are the same at all widths.
    private static string RowElement(Kernel kernel) => kernel.Shape.VectorBits == 512 ? "int" : kernel.Shape.VectorBits == 256 ? "short" : "byte";

    private static string RowView(Kernel kernel) => kernel.Shape.VectorBits == 512 ? "Int32" : kernel.Shape.VectorBits == 256 ? "Int16" : "Byte";

    // Twice the pair: a broadcast of 32 bits from memory is a load and nothing else.
    private static long Quad((int First, int Second) pair)
    {
        int bytes = (pair.First & 255) | ((pair.Second & 255) << 8);
        return bytes | (bytes << 16);
    }

    private static string MultiplyAdd(Kernel kernel)
    {
        string vector = kernel.Shape.Vector, name = "MultiplyAddPairs" + Literal.Of(kernel.Shape.VectorBits);
        string machine = kernel.Shape.VectorBits == 512 ? "Avx512BW" : kernel.Shape.VectorBits == 256 ? "Avx2" : "Ssse3";
        kernel.Conversions.Use(
            name,
            $"{vector}<short> {name}({vector}<byte> x, {vector}<sbyte> w) => {machine}.IsSupported",
            $"    ? {machine}.MultiplyAddAdjacent(x, w)",
            $"    : ((x.AsInt16() & {vector}.Create((short)255)) * ((w.AsInt16() << 8) >> 8)) + ((x.AsInt16() >>> 8) * (w.AsInt16() >> 8));");
        return name;
    }

    private static string Weights(Kernel kernel, ConstantProductPlan plan, PackedPairs pairs) => kernel.TableReference(
        kernel.Tables.Once("pair weights", plan.Destination, () => kernel.Tables.Add(pairs.Weights.Select(Quad).ToArray(), "int")), "int");

    private static string Offsets(Kernel kernel, ConstantProductPlan plan, PackedPairs pairs)
    {
        string type = pairs.PairCount * RowUnit <= ushort.MaxValue ? "ushort" : "int";
        string table = kernel.Tables.Once(
            "pair offsets", plan.Destination, () => kernel.Tables.Add(pairs.Indices.Select(index => (long)index * RowUnit).ToArray(), type));
        return kernel.TableReference(table, type);
    }

    // What is done to the sums, as table columns.
    private sealed class Terms
    {
        private readonly RequantizeTerms _sums;
        private readonly RequantizeTerms _finish;

        public Terms(Kernel kernel, LaneCode code, ConstantProductPlan plan, IEnumerable<BigInteger> biases)
        {
            var sums = new RequantizeColumns(code, plan.Sums);
            sums.KeepAll();
            var finish = new RequantizeColumns(code, plan.Finish);
            int bias = finish.Extra(biases.Select(value => (long)code.Lane.Reduce(value)));
            finish.KeepAll();
            _sums = sums.Declare();
            _finish = finish.Declare();
            Start = finish.Value(bias, true) ?? code.Constant(BigInteger.Zero);
        }

        /// <summary>The bias of result <c>c</c>.</summary>
        public string Start { get; }

        public void Write(SourceWriter writer, string sum)
        {
            _sums.Write(writer, sum);
            _finish.Write(writer, sum);
        }
    }
}
