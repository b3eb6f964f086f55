using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;

namespace HGQ.Generators.Emission;

/// <summary>
/// Constant products of one sample on x86 with 8-bit sources and weights: results across lanes, four source elements at a time.
/// One instruction multiplies four bytes with the weights of 16 (or 8) results and adds them in pairs, which no proven interval
/// lets saturate; pairs are summed modulo 2^16 and joined at the end.
/// </summary>
internal sealed class ByteProduct
{
    // Up to here every multiplication is written out; quads whose weights are all 0 then cost nothing.
    private const int MostWrittenOut = 160;
    private const int Taps = 4;

    // Accumulators kept in registers at once.
    private const int BlocksAtOnce = 4;
    private readonly Kernel _kernel;
    private readonly ConstantProductPlan _plan;
    private readonly KernelShape _shape;
    private readonly SourceWriter _writer;
    private readonly int _quads;

    private ByteProduct(Kernel kernel, ConstantProductPlan plan, KernelShape shape)
    {
        _kernel = kernel;
        _plan = plan;
        _shape = plan.Outputs <= 8 ? KernelShape.Blocks[1] : shape;
        _writer = kernel.Writer;
        _quads = (SourceLength(kernel, plan) + Taps - 1) / Taps;
    }

    private int Lanes => _shape.CountOf(LaneType.Int32);

    private int Blocks => (_plan.Outputs + Lanes - 1) / Lanes;

    private bool WrittenOut => _quads * Blocks <= MostWrittenOut;

    /// <summary>Whether the product has this form.</summary>
    public static bool Fits(Kernel kernel, ConstantProductPlan plan)
    {
        var product = plan.Product;
        if (plan.Lane != LaneType.Int16
            || product.Positions != 1
            || product.Groups != 1
            || plan.Outputs < 2
            || product.Taps * 2 < SourceLength(kernel, plan)
            || product.TapOffsets.Distinct().Count() < product.TapOffsets.Length
            || kernel.Storage.TypeOf(product.Source) != LaneType.Int16
            || product.Weights.Any(weight => weight is < sbyte.MinValue or > sbyte.MaxValue))
        {
            return false;
        }

        // The two elements of a pair at their largest bytes.
        var largest = new BigInteger[SourceLength(kernel, plan) + 1, plan.Outputs];
        for (var t = 0; t < product.Taps; t++)
        {
            int source = product.PositionOffsets[0] + product.TapOffsets[t];
            if (ByteBuffers.Offset(kernel.Program.Buffers[product.Source].Intervals[source]) is not { } offset)
            {
                return false;
            }

            var top = kernel.Program.Buffers[product.Source].Intervals[source].High + offset;
            for (var j = 0; j < plan.Outputs; j++)
            {
                largest[source, j] = top * Math.Abs(product.Weights[(t * plan.Outputs) + j]);
            }
        }

        return Enumerable.Range(0, plan.Outputs).All(j => Enumerable.Range(0, (largest.GetLength(0)) / 2)
            .All(pair => largest[2 * pair, j] + largest[(2 * pair) + 1, j] <= short.MaxValue));
    }

    /// <summary>Writes the method for one width of vectors.</summary>
    public static void Emit(Kernel kernel, string method, ConstantProductPlan plan, KernelShape shape, ByteBuffers sources)
        => new ByteProduct(kernel, plan, shape).Emit(method, shape, sources);

    private static int SourceLength(Kernel kernel, ConstantProductPlan plan) => kernel.Program.Buffers[plan.Product.Source].Length;

    private void Emit(string method, KernelShape variant, ByteBuffers sources)
    {
        var code = new ElementVectorCode(_kernel, _shape);
        int source = _plan.Product.Source;
        _kernel.OpenVariant(method, variant, $"{_plan.Layer}: {ConstantProductEmitter.Comment(_plan)}, four bytes at a time", source, _plan.Destination);
        sources.WriteBytes(_kernel, source);
        string weights = _kernel.TableReference(Weights(), "sbyte");
        var finish = new RequantizeColumns(code, _plan.Finish);
        var sums = new RequantizeColumns(code, _plan.Sums);
        int bias = finish.Extra(Bias(sources));
        finish.KeepAll();
        sums.KeepAll();
        var sumTerms = sums.Declare();
        var finishTerms = finish.Declare();
        string start = finish.Value(bias, true) ?? string.Empty;
        string? offset = Offset(code, sources);
        for (var first = 0; first < Blocks; first += BlocksAtOnce)
        {
            int[] blocks = Enumerable.Range(first, Math.Min(BlocksAtOnce, Blocks - first)).ToArray();
            _writer.Open();
            foreach (int block in blocks)
            {
                _writer.Line($"{_shape.Vector}<short> s{block} = {_shape.Vector}.AsInt16({At(start, block)});");
            }

            WriteProducts(blocks, weights);
            foreach (int block in blocks)
            {
                string v = "v" + Literal.Of(block);
                _writer.Line($"{code.ValueType} {v} = ({_shape.Vector}.AsInt32(s{block}) + ({_shape.Vector}.AsInt32(s{block}) << 16)) >> 16;");
                sumTerms.At(text => At(text, block)).Write(_writer, v);
                finishTerms.At(text => At(text, block)).Write(_writer, v);
                WriteStore(code, sources, offset, block, v);
            }

            _writer.Close();
        }

        _kernel.CloseMethod();
    }

    private void WriteProducts(int[] blocks, string weights)
    {
        string multiply = _shape.VectorBits == 512 ? "Avx512BW" : "Avx2";
        string Quad(string place) => $"{_shape.Vector}.AsByte({_shape.Vector}.Create(Unsafe.ReadUnaligned<int>(ref Unsafe.Add(ref bytes, {place}))))";
        string Product(int block, string place) => $"s{Literal.Of(block)} += {multiply}.MultiplyAddAdjacent(quad, {_shape.Vector}.LoadUnsafe(ref {weights}, {place}));";
        if (!WrittenOut)
        {
            _writer.Open($"for (int k = 0; k < {_quads}; k++)");
            _writer.Line($"{_shape.Vector}<byte> quad = {Quad("k * 4")};");
            foreach (int block in blocks)
            {
                _writer.Line(Product(block, $"(nuint)((k * {Literal.Of(Blocks * Lanes * Taps)}) + {Literal.Of(block * Lanes * Taps)})"));
            }

            _writer.Close();
            return;
        }

        _writer.Line($"{_shape.Vector}<byte> quad;");
        long[] table = Weights();
        for (var k = 0; k < _quads; k++)
        {
            int row = k * Blocks * Lanes * Taps;
            int[] used = blocks.Where(block => Enumerable.Range(row + (block * Lanes * Taps), Lanes * Taps).Any(n => table[n] != 0)).ToArray();
            if (used.Length > 0)
            {
                _writer.Line($"quad = {Quad(Literal.Of(k * Taps))};");
                used.ToList().ForEach(block => _writer.Line(Product(block, Literal.Of(row + (block * Lanes * Taps)))));
            }
        }
    }

    // What is added to results so that they are bytes; declared once, before the scopes of the blocks.
    private string? Offset(ElementVectorCode code, ByteBuffers sources)
    {
        if (!sources.IsBytes(_plan.Destination) || sources.Offsets(_plan.Destination) is not { } offsets)
        {
            return null;
        }

        return offsets.Distinct().Count() == 1 ? code.Constant(offsets[0]) : code.Column(offsets.Select(offset => (long)offset).ToArray(), ElementLoop.Index);
    }

    private void WriteStore(ElementVectorCode code, ByteBuffers sources, string? offset, int block, string v)
    {
        int destination = _plan.Destination;
        if (!sources.IsBytes(destination))
        {
            code.Store(destination, block * Lanes, v);
            return;
        }

        if (offset is not null)
        {
            _writer.Line($"{v} += {At(offset, block)};");
        }

        string target = $"Unsafe.Add(ref Unsafe.As<short, byte>(ref b{Literal.Of(destination)}), {Literal.Of(block * Lanes)})";
        _writer.Line(_shape.VectorBits == 512
            ? $"Vector128.StoreUnsafe(Avx512F.ConvertToVector128Byte({v}), ref {target});"
            : $"Unsafe.WriteUnaligned(ref {target}, Vector128.ToScalar(Vector128.AsInt64(Sse2.PackUnsignedSaturate("
                + $"Sse2.PackSignedSaturate(Vector256.GetLower({v}), Vector256.GetUpper({v})), Vector128<short>.Zero))));");
    }

    // The bias is in the lower half of its lane; bytes that stand for signed numbers are 128 too large.
    private IEnumerable<long> Bias(ByteBuffers sources)
    {
        var offsets = sources.Offsets(_plan.Product.Source);
        for (var j = 0; j < _plan.Outputs; j++)
        {
            BigInteger bias = _plan.Product.Bias[j];
            for (var t = 0; t < _plan.Product.Taps && offsets is not null; t++)
            {
                bias -= (BigInteger)offsets[Source(t)] * _plan.Product.Weights[(t * _plan.Outputs) + j];
            }

            yield return (long)(bias & ushort.MaxValue);
        }
    }

    private int Source(int tap) => _plan.Product.PositionOffsets[0] + _plan.Product.TapOffsets[tap];

    private string At(string expression, int block) => expression.Replace("(nuint)c)", $"{Literal.Of(block * Lanes)})");

    // [quad][result][element of the quad], results padded to whole vectors.
    private long[] Weights()
    {
        int row = Blocks * Lanes * Taps;
        var table = new long[_quads * row];
        for (var t = 0; t < _plan.Product.Taps; t++)
        {
            for (var j = 0; j < _plan.Outputs; j++)
            {
                table[(Source(t) / Taps * row) + (j * Taps) + (Source(t) % Taps)] = _plan.Product.Weights[(t * _plan.Outputs) + j];
            }
        }

        return table;
    }
}
