using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference.Native;

/// <summary>The same integers as plain C loops over int16 arrays: what a programmer writes first.</summary>
internal sealed class LoopSource
{
    private readonly IntegerProgram _program;
    private readonly StringBuilder _tables = new("#include <stdint.h>\n");
    private readonly StringBuilder _body = new();
    private int _table;

    private LoopSource(IntegerProgram program) => _program = program;

    public static string Write(IntegerProgram program)
    {
        var source = new LoopSource(program);
        foreach (var instruction in program.Instructions)
        {
            source.Add(instruction);
        }

        return source._tables
            .Append(Invariant($"void predict(const int16_t *codes, int32_t *results, int count) {{\n  for (int i = 0; i < count; i++) {{\n"))
            .Append(source._body).Append("  }\n}\n").ToString();
    }

    private void Add(Instruction instruction)
    {
        switch (instruction)
        {
            case QuantizeInputInstruction port:
                Line($"const int16_t *b{port.Destination} = codes + (int64_t)i * {_program.InputCodeSize};");
                break;
            case ConstantProductInstruction { Groups: 1 } product:
                AddProduct(product);
                break;
            case RequantizeInstruction requantize when IsFused(requantize.Source):
                break;
            case RequantizeInstruction requantize:
                Declare(requantize.Destination);
                Line($"for (int e = 0; e < {_program.Buffers[requantize.Destination].Length}; e++) {{ int32_t a = b{requantize.Source}[e]; b{requantize.Destination}[e] = {Quantizer(requantize).Write("e", requantize.Shifts.Length, "e")}; }}");
                break;
            case ReduceInstruction { Kind: HGQ.Model.Graph.ReductionKind.Max } reduce:
                AddMaximum(reduce);
                break;
            default:
                throw new NotSupportedException($"The loops have no {instruction.GetType().Name} (layer '{instruction.Layer}').");
        }
    }

    // A dense layer is a dot product for each output; over positions, all outputs of a position are summed side by side.
    private void AddProduct(ConstantProductInstruction product)
    {
        var requantize = ReaderOf(product.Destination);
        int destination = requantize?.Destination ?? product.Destination, outputs = product.Outputs, taps = product.Taps;
        Declare(destination);
        string bias = Table("int32_t", product.Bias), store = Invariant($"b{destination}[p * {outputs} + o]");
        string finish = requantize is null ? "a" : Quantizer(requantize).Write("o", outputs, Invariant($"p * {outputs} + o"));
        string position = Table("int32_t", product.PositionOffsets.Select(n => (long)n)), tap = Table("int32_t", product.TapOffsets.Select(n => (long)n));
        if (product.Positions == 1)
        {
            // Inputs that no result reads have weights of 0: rows without gaps are what a compiler turns into vectors.
            int length = IsDense(product.TapOffsets) && product.PositionOffsets[0] == 0 ? taps : _program.Buffers[product.Source].Length;
            string rows = Table("int16_t", Enumerable.Range(0, outputs).SelectMany(o => Row(product, o, length)));
            Line($"for (int p = 0, o = 0; o < {outputs}; o++) {{ int32_t a = {bias}[o]; for (int t = 0; t < {length}; t++) a += (int32_t){rows}[o * {length} + t] * b{product.Source}[t]; {store} = {finish}; }}");
            return;
        }

        string columns = Table("int16_t", product.Weights);
        Line($"for (int p = 0; p < {product.Positions}; p++) {{ int32_t s[{outputs}]; for (int o = 0; o < {outputs}; o++) s[o] = {bias}[o];");
        Line($"  for (int t = 0; t < {taps}; t++) {{ int16_t x = b{product.Source}[{position}[p] + {tap}[t]]; for (int o = 0; o < {outputs}; o++) s[o] += (int32_t){columns}[t * {outputs} + o] * x; }}");
        Line($"  for (int o = 0; o < {outputs}; o++) {{ int32_t a = s[o]; {store} = {finish}; }} }}");
    }

    private static long[] Row(ConstantProductInstruction product, int output, int length)
    {
        var row = new long[length];
        for (var t = 0; t < product.Taps; t++)
        {
            row[product.PositionOffsets[0] + product.TapOffsets[t]] += product.Weights[(t * product.Outputs) + output];
        }

        return row;
    }

    // Neighbours whose windows are neighbours, as the channels of an image are, are one inner loop.
    private void AddMaximum(ReduceInstruction reduce)
    {
        Declare(reduce.Destination);
        int terms = reduce.Terms, length = _program.Buffers[reduce.Destination].Length, run = 1;
        while (run < length && Enumerable.Range(0, terms).All(t => reduce.Indices[(run * terms) + t] == reduce.Indices[t] + run))
        {
            run++;
        }

        string starts = Table("int32_t", Enumerable.Range(0, length / run).SelectMany(n => Enumerable.Range(0, terms).Select(t => (long)reduce.Indices[(n * run * terms) + t])));
        Line($"for (int n = 0; n < {length / run}; n++) for (int c = 0; c < {run}; c++) {{");
        Line($"  int16_t m = b{reduce.Source}[{starts}[n * {terms}] + c];");
        Line($"  for (int t = 1; t < {terms}; t++) {{ int16_t x = b{reduce.Source}[{starts}[n * {terms} + t] + c]; m = x > m ? x : m; }}");
        Line($"  b{reduce.Destination}[n * {run} + c] = m; }}");
    }

    private void Declare(int buffer)
    {
        if (_program.Outputs[0].Buffer == buffer)
        {
            Line($"int32_t *b{buffer} = results + (int64_t)i * {_program.OutputSize};");
        }
        else
        {
            Line($"int16_t b{buffer}[{_program.Buffers[buffer].Length}];");
        }
    }

    private LoopQuantizer Quantizer(RequantizeInstruction requantize) => new(_program, requantize, Table);

    private RequantizeInstruction? ReaderOf(int buffer)
    {
        var readers = _program.Instructions.Where(instruction => InstructionSources.Of(instruction).Contains(buffer)).ToArray();
        return readers is [RequantizeInstruction requantize] ? requantize : null;
    }

    private bool IsFused(int buffer) => _program.Instructions.Single(instruction => instruction.Destination == buffer) is ConstantProductInstruction && ReaderOf(buffer) is not null;

    private static bool IsDense(IEnumerable<int> offsets) => offsets.Select((offset, n) => offset == n).All(same => same);

    private string Table(string type, IEnumerable<long> values)
    {
        _tables.Append(Invariant($"static const {type} t{_table}[] = {{{string.Join(',', values)}}};\n"));
        return Invariant($"t{_table++}");
    }

    private void Line(FormattableString text) => _body.Append("    ").Append(Invariant(text)).Append('\n');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
