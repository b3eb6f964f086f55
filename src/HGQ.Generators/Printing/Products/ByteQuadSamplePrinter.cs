using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Planning.Costs;
using HGQ.Generators.Planning.Products;
using HGQ.Generators.Planning.Steps;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Products;

/// <summary>
/// Constant products of one sample on x86 with 8-bit sources and weights: results across lanes, four source elements at a time.
/// One instruction multiplies four bytes with the weights of 16 (or 8) results and adds them in pairs, which no proven interval
/// lets saturate; pairs are summed modulo 2^16 and joined at the end.
/// </summary>
internal sealed class ByteQuadSamplePrinter
{
    private const int Taps = ByteQuadSample.Taps;

    private readonly Kernel _kernel;
    private readonly ConstantProductPlan _plan;
    private readonly KernelShape _shape;
    private readonly SourceWriter _writer;
    private readonly int _quads;

    private ByteQuadSamplePrinter(Kernel kernel, ByteQuadSample strategy, KernelShape shape)
    {
        var plan = strategy.Plan;
        _kernel = kernel;
        _plan = plan;
        _shape = plan.Outputs <= 8 ? KernelShape.Blocks[1] : shape;
        _writer = kernel.Writer;
        _quads = strategy.Fours;
    }

    private int Lanes => _shape.CountOf(LaneType.Int32);

    private int Blocks => (_plan.Outputs + Lanes - 1) / Lanes;

    private bool WrittenOut => _quads * Blocks <= CostModel.MostByteQuadsWrittenOut;

    /// <summary>Writes the method for one width of vectors.</summary>
    public static void Emit(Kernel kernel, string method, ByteQuadSample strategy, KernelShape shape, ByteBuffers sources)
        => new ByteQuadSamplePrinter(kernel, strategy, shape).Emit(method, shape, sources);

    private void Emit(string method, KernelShape variant, ByteBuffers sources)
    {
        var code = new ElementVectorCode(_kernel, _shape);
        int source = _plan.Product.Source;
        _kernel.OpenVariant(method, variant, $"{_plan.Layer}: {LoopProductPrinter.Comment(_plan)}, four bytes at a time", source, _plan.Destination);
        ByteStaging.WriteBytes(_kernel, sources, source);
        string weights = _kernel.TableReference(Weights(), "sbyte");
        var finish = new RequantizeColumns(code, _plan.Finish);
        var sums = new RequantizeColumns(code, _plan.Sums);
        int bias = finish.Extra(Bias(sources));
        finish.KeepAll();
        sums.KeepAll();

        // All tables are declared before the scopes of the blocks, which read them at places of their own.
        sums.Declare();
        finish.Declare();
        finish.Value(bias, true);
        Offset(code, sources, ElementLoop.Index);
        for (var first = 0; first < Blocks; first += CostModel.VectorsAtOnce)
        {
            int[] blocks = Enumerable.Range(first, Math.Min(CostModel.VectorsAtOnce, Blocks - first)).ToArray();
            _writer.Open();
            foreach (int block in blocks)
            {
                _writer.Line($"{_shape.Vector}<short> s{block} = {_shape.Vector}.AsInt16({finish.Value(bias, true, Place(block))});");
            }

            WriteProducts(blocks, weights);
            foreach (int block in blocks)
            {
                string v = "v" + Literal.Of(block);
                _writer.Line($"{code.ValueType} {v} = ({_shape.Vector}.AsInt32(s{block}) + ({_shape.Vector}.AsInt32(s{block}) << 16)) >> 16;");
                sums.Declare(Place(block)).Write(_writer, v);
                finish.Declare(Place(block)).Write(_writer, v);
                WriteStore(code, sources, block, v);
            }

            _writer.Close();
        }

        _kernel.CloseMethod();
    }

    private void WriteProducts(int[] blocks, string weights)
    {
        string multiply = _shape.MultiplyAddClass;
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

    // What is added to results so that they are bytes.
    private string? Offset(ElementVectorCode code, ByteBuffers sources, string index)
    {
        if (!sources.IsBytes(_plan.Destination) || sources.Offsets(_plan.Destination) is not { } offsets)
        {
            return null;
        }

        return offsets.Distinct().Count() == 1 ? code.Constant(offsets[0]) : code.Column(offsets.Select(offset => (long)offset).ToArray(), index);
    }

    private void WriteStore(ElementVectorCode code, ByteBuffers sources, int block, string v)
    {
        int destination = _plan.Destination;
        if (!sources.IsBytes(destination))
        {
            code.Store(destination, block * Lanes, v);
            return;
        }

        if (Offset(code, sources, Place(block)) is { } offset)
        {
            _writer.Line($"{v} += {offset};");
        }

        string target = $"Unsafe.Add(ref Unsafe.As<short, byte>(ref b{Literal.Of(destination)}), {Literal.Of(block * Lanes)})";
        _writer.Line(_shape.Machine.StoreBytes(v, target));
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

    private string Place(int block) => Literal.Of(block * Lanes);

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
