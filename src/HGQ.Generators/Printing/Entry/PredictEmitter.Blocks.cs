using HGQ.Generators.Lanes;
using HGQ.Generators.Machines;
using HGQ.Generators.Text;

namespace HGQ.Generators.Printing.Entry;

/// <content>Batches: block by block, several blocks at once.</content>
internal sealed partial class PredictEmitter
{
    private void EmitBlocks(string type, string size)
    {
        _writer.Line();
        _writer.Open($"private static void PredictBlocks(ReadOnlySpan<{type}> inputs, Span<{type}> results, int count, int lanes)");
        _writer.Line("ArgumentOutOfRangeException.ThrowIfNegative(count);");
        _writer.Line($"Require(inputs.Length, (long)count * {size}, \"inputs\");");
        _writer.Line("Require(results.Length, (long)count * OutputSize, \"results\");");
        _writer.Open("if (IsFew(count, lanes))");
        _writer.Line("PredictFew(inputs, results, 0, count);");
        _writer.Close();
        _writer.Open("else");
        _writer.Line("PredictPart(inputs, results, 0, count, lanes);");
        _writer.Close();
        _writer.Close();
        _writer.Line();
        _writer.Line("// A few samples cost less one by one than a block of mostly empty lanes.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void PredictFew(ReadOnlySpan<{type}> inputs, Span<{type}> results, int first, int end)");
        ScratchMemory.Open(_writer, _storage.SingleBytes);
        _writer.Open("for (int s = first; s < end; s++)");
        _writer.Line($"LoadBlock(inputs.Slice(s * {size}, {size}), s * {size}, 1, 1, ref scratch);");
        _writer.Line("RunSingle(SingleBits, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, 1, 1, results.Slice(s * OutputSize, OutputSize));");
        _writer.Close();
        ScratchMemory.Close(_writer, _storage.SingleBytes);
        _writer.Close();
        EmitPart(type, size);
    }

    private void EmitPart(string type, string size)
    {
        _writer.Line();
        _writer.Line("// The samples from first to end, block by block; nothing behind them is written.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static void PredictPart(ReadOnlySpan<{type}> inputs, Span<{type}> results, int first, int end, int lanes)");
        _writer.Line("results = results.Slice(0, end * OutputSize);");
        if (_groups.Length > 0)
        {
            _writer.Line("first = PredictGroups(inputs, results, first, end, lanes);");
            _writer.Open("if (first == end)");
            _writer.Line("return;");
            _writer.Close();
            _writer.Line();
        }

        ScratchMemory.Open(_writer, BlockBytes);
        _writer.Open("while (first < end && !IsFew(end - first, lanes))");
        _writer.Line("// What is left may fit into half a block.");
        _writer.Line("int width = lanes == 32 && end - first <= 16 ? 16 : lanes;");
        _writer.Line("int n = Math.Min(width, end - first);");
        _writer.Line($"LoadBlock(inputs.Slice(first * {size}, n * {size}), first * {size}, n, width, ref scratch);");
        _writer.Line("Run(width, ref scratch);");
        _writer.Line("StoreBlock(ref scratch, n, width, results.Slice(first * OutputSize));");
        _writer.Line("first += n;");
        _writer.Close();
        ScratchMemory.Close(_writer, BlockBytes);
        _writer.Line();
        _writer.Open("if (first < end)");
        _writer.Line("PredictFew(inputs, results, first, end);");
        _writer.Close();
        _writer.Close();
        if (_groups.Length > 0)
        {
            EmitGroups(type, size);
        }
    }

    private void EmitGroups(string type, string size)
    {
        int bytes = _storage.BytesOf(KernelShape.Blocks[KernelShape.Blocks.Length - 1]) * _groups[0], least = _groups[_groups.Length - 1];
        _writer.Line();
        _writer.Line("// Several blocks at once read code and weights only once; the first sample that is left.");
        _writer.Line(Kernel.Optimized);
        _writer.Open($"private static int PredictGroups(ReadOnlySpan<{type}> inputs, Span<{type}> results, int first, int end, int lanes)");
        _writer.Open($"if (end - first <= (lanes * {Literal.Of(least - 1)}) + (lanes / 2))");
        _writer.Line("return first;");
        _writer.Close();
        _writer.Line();
        ScratchMemory.Open(_writer, bytes);
        foreach (int blocks in _groups)
        {
            EmitGroup(size, blocks);
        }

        ScratchMemory.Close(_writer, bytes);
        _writer.Line();
        _writer.Line("return first;");
        _writer.Close();
    }

    // Blocks that are computed at once; the last one may have empty lanes, up to half of them.
    private void EmitGroup(string size, int blocks)
    {
        _writer.Open($"while (end - first > (lanes * {Literal.Of(blocks - 1)}) + (lanes / 2))");
        _writer.Open($"for (int block = 0; block < {Literal.Of(blocks)}; block++)");
        _writer.Line("int begin = first + (block * lanes), n = Math.Min(lanes, end - begin);");
        _writer.Line($"LoadBlock(inputs.Slice(begin * {size}, n * {size}), begin * {size}, n, lanes, ref Unsafe.Add(ref scratch, block * lanes * BytesOfLane));");
        _writer.Close();
        _writer.Line();
        _writer.Line($"Run{Literal.Of(blocks)}(lanes, ref scratch);");
        _writer.Open($"for (int block = 0; block < {Literal.Of(blocks)}; block++)");
        _writer.Line("int begin = first + (block * lanes);");
        _writer.Line("StoreBlock(ref Unsafe.Add(ref scratch, block * lanes * BytesOfLane), Math.Min(lanes, end - begin), lanes, results.Slice(begin * OutputSize));");
        _writer.Close();
        _writer.Line();
        _writer.Line($"first = Math.Min(first + (lanes * {Literal.Of(blocks)}), end);");
        _writer.Close();
        _writer.Line();
    }
}
