using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.Import.Emission.Nodes;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;

namespace HGQ.Import.Emission.Qdq;

/// <summary>Each instruction as nodes; a buffer is a tensor [N, length] of integers. Answers the name of the tensor.</summary>
internal sealed class InstructionWriter : IInstructionVisitor<string>
{
    private readonly IntegerProgram _program;
    private readonly FloatArithmetic _floats;
    private readonly OnnxGraph _graph;
    private readonly IReadOnlyDictionary<int, string> _values;

    public InstructionWriter(IntegerProgram program, FloatArithmetic floats, IReadOnlyDictionary<int, string> values)
        => (_program, _floats, _graph, _values) = (program, floats, floats.Graph, values);

    public string VisitQuantizeInput(QuantizeInputInstruction instruction)
    {
        ProgramInput input = _program.Inputs[instruction.Input];
        ProgramBuffer target = _program.Buffers[instruction.Destination];
        string x = _floats.Flat(input.Name);
        if (input.Standardization is { } standardization)
        {
            x = _floats.Standardized(x, [.. standardization.Mean.Select(Parse)], [.. standardization.Scale.Select(Parse)]);
        }

        x = _graph.Node("Mul", x, _graph.Floats([.. target.Formats.Select(static format => Math.ScaleB(1, format.FractionBits))]));
        x = _floats.Round(x, [.. target.Formats.Select(_ => (RoundingMode?)instruction.Rounding)]);
        OverflowAction action = ActionOf(instruction.Overflow);
        return Overflow(x, target, [.. target.Formats.Select(_ => action)]);
    }

    public string VisitGather(GatherInstruction instruction)
    {
        int length = instruction.SourceOf.Length;
        ProgramBuffer target = _program.Buffers[instruction.Destination];
        double[] constants = [.. Enumerable.Range(0, length).Select(
            e => instruction.SourceOf[e] < 0 ? _graph.Number(target.Formats[e].FromStorage(instruction.Constants[e])) : 0)];
        if (instruction.SourceOf.All(static source => source < 0))
        {
            return _floats.Rows(constants, _graph.Inputs[0]);
        }

        // The sources that are read stand one behind the other.
        int[] sources = [.. instruction.SourceOf.Where(static source => source >= 0).Distinct().Order()];
        var first = new Dictionary<int, int>();
        var total = 0;
        foreach (int source in sources)
        {
            first[source] = total;
            total += _program.Buffers[instruction.Sources[source]].Length;
        }

        string[] names = [.. sources.Select(source => _values[instruction.Sources[source]])];
        string joined = names.Length == 1 ? names[0] : _graph.NodeWith("Concat", names, ("axis", [1], false));
        int[] indices = [.. Enumerable.Range(0, length).Select(
            e => instruction.SourceOf[e] < 0 ? 0 : first[instruction.SourceOf[e]] + instruction.IndexOf[e])];
        string moved = IsIdentity(indices, total) ? joined : _floats.Gather(joined, indices, length);
        return instruction.SourceOf.All(static source => source >= 0)
            ? moved
            : _graph.Node(
                "Where", _graph.Flags([.. instruction.SourceOf.Select(static source => source >= 0)]), moved, _graph.Floats(constants));
    }

    public string VisitConstantProduct(ConstantProductInstruction instruction)
    {
        int positions = instruction.Positions, groups = instruction.Groups, taps = instruction.Taps, outputs = instruction.Outputs;
        double[] bias = [.. instruction.Bias.Select(b => _graph.Number(b))];
        if (taps == 0)
        {
            return _floats.Rows([.. Enumerable.Range(0, positions).SelectMany(_ => bias)], _graph.Inputs[0]);
        }

        RequireExact(instruction);
        double[] weights = [.. instruction.Weights.Select(w => _graph.Number(w))];
        int[] indices = [.. Enumerable.Range(0, positions).SelectMany(
            p => instruction.TapOffsets.Select(tap => instruction.PositionOffsets[p] + tap))];
        string source = _values[instruction.Source];
        bool isMatrix = positions == 1 && groups == 1, isGrouped = groups > 1;
        if (!isMatrix || !IsIdentity(indices, _program.Buffers[instruction.Source].Length))
        {
            int[] shape = isMatrix ? [taps] : isGrouped ? [positions, groups, 1, taps] : [positions, taps];
            source = _floats.Gather(source, indices, shape);
        }

        string kernels = _graph.Floats(weights, isGrouped ? [groups, taps, outputs] : [taps, outputs]);
        string product = _graph.Node("MatMul", source, kernels);
        string sum = bias.All(static b => b == 0)
            ? product
            : _graph.Node("Add", product, _graph.Floats(bias, isGrouped ? [groups, 1, outputs] : [outputs]));
        return isMatrix ? sum : _floats.Flat(sum);
    }

    public string VisitAdd(AddInstruction instruction)
    {
        ProgramBuffer target = _program.Buffers[instruction.Destination];
        for (var e = 0; e < target.Length; e++)
        {
            var bound = default(SumBound);
            foreach (AddOperand operand in instruction.Operands)
            {
                BigInteger factor = (operand.Negate ? BigInteger.MinusOne : BigInteger.One) << operand.Shifts[e];
                bound.Add(_program.Buffers[operand.Buffer].Intervals[e].Scale(factor), factor);
            }

            Require(bound, instruction.Layer, e);
        }

        string[] terms = [.. instruction.Operands.Select(operand => Term(operand))];
        return terms.Aggregate((sum, term) => _graph.Node("Add", sum, term));
    }

    public string VisitProduct(ProductInstruction instruction)
    {
        int batch = instruction.Batch, rows = instruction.Rows, inner = instruction.Inner, columns = instruction.Columns;
        ProgramBuffer left = _program.Buffers[instruction.Left], right = _program.Buffers[instruction.Right];
        for (var e = 0; e < _program.Buffers[instruction.Destination].Length; e++)
        {
            var bound = default(SumBound);
            for (var k = 0; k < inner; k++)
            {
                int row = e / columns;
                RawInterval other = right.Intervals[(((row / rows * inner) + k) * columns) + (e % columns)];
                bound.Add(left.Intervals[(row * inner) + k] * other, BigInteger.One);
            }

            Require(bound, instruction.Layer, e);
        }

        string a = _values[instruction.Left], b = _values[instruction.Right];
        if (rows == 1 && inner == 1 && columns == 1)
        {
            return _graph.Node("Mul", a, b);
        }

        a = _graph.Node("Reshape", a, _graph.Integers([0, batch, rows, inner], [4]));
        b = _graph.Node("Reshape", b, _graph.Integers([0, batch, inner, columns], [4]));
        return _floats.Flat(_graph.Node("MatMul", a, b));
    }

    public string VisitRequantize(RequantizeInstruction instruction)
    {
        ProgramBuffer target = _program.Buffers[instruction.Destination];
        string x = _values[instruction.Source];
        x = instruction.Relu ? _graph.Node("Relu", x) : x;
        if (instruction.Shifts.Any(static shift => shift != 0))
        {
            x = _graph.Node("Mul", x, _graph.Floats([.. instruction.Shifts.Select(static shift => Math.ScaleB(1, -shift))]));
        }

        x = _floats.Round(x, [.. instruction.Roundings.Select((mode, e) => instruction.Shifts[e] > 0 ? mode : (RoundingMode?)null)]);
        return Overflow(x, target, [.. instruction.Overflows]);
    }

    public string VisitClamp(ClampInstruction instruction) => _floats.Clip(
        _values[instruction.Source],
        [.. instruction.Low.Select((low, e) => ((double, double)?)(_graph.Number(low), _graph.Number(instruction.High[e])))]);

    public string VisitTableLookup(TableLookupInstruction instruction)
    {
        ProgramBuffer source = _program.Buffers[instruction.Source];
        LookupTable[] tables = [.. instruction.TableOf.Select(table => _program.Tables[table])];
        int[] used = [.. instruction.TableOf.Distinct().Order()];
        var first = new Dictionary<int, int>();
        var entries = new List<double>();
        foreach (int table in used)
        {
            first[table] = entries.Count;
            entries.AddRange(_program.Tables[table].Entries.Select(raw => _graph.Number(_program.Tables[table].Output.FromStorage(raw))));
        }

        // Raw bits of the input are the index: negative ones count from the end.
        string index = _floats.Wrap(
            _values[instruction.Source], [.. tables.Select(static table => BitOperations.Log2((uint)table.Entries.Length))],
            [.. source.Formats.Select(static _ => false)]);
        if (used.Length > 1)
        {
            index = _graph.Node("Add", index, _graph.Floats([.. instruction.TableOf.Select(table => (double)first[table])]));
        }

        return _floats.Lookup([.. entries], index);
    }

    public string VisitReduce(ReduceInstruction instruction)
    {
        int length = instruction.Indices.Length / instruction.Terms;
        string terms = _floats.Gather(_values[instruction.Source], [.. instruction.Indices], length, instruction.Terms);
        string type = instruction.Kind switch
        {
            ReductionKind.Max => "ReduceMax",
            ReductionKind.Min => "ReduceMin",
            ReductionKind.Sum => throw new ArgumentException("sums are constant products", nameof(instruction)),
            _ => throw new ArgumentOutOfRangeException(nameof(instruction), instruction.Kind, "This is no reduction."),
        };
        return _graph.NodeWith(type, [terms], ("axes", [2], true), ("keepdims", [0], false));
    }

    private string Overflow(string x, ProgramBuffer target, OverflowAction[] actions)
    {
        int[] all = [.. Enumerable.Range(0, target.Length)];
        OverflowLimits[] limits = [.. all.Select(e => OverflowLimits.Of(_graph, target.Formats[e], target.Intervals[e], actions[e]))];
        if (limits.Any(static limit => limit.WrapWidth > 0))
        {
            bool[] signed = [.. target.Formats.Select(static format => format.Signed)];
            x = _floats.Wrap(x, [.. limits.Select(static limit => limit.WrapWidth)], signed);
        }

        x = _floats.ZeroOutside(x, [.. limits.Select(static limit => limit.ZeroOutside)]);
        return _floats.Clip(x, [.. limits.Select(static limit => limit.Clip)]);
    }

    private string Term(AddOperand operand)
    {
        double sign = operand.Negate ? -1 : 1;
        double[] factors = [.. operand.Shifts.Select(shift => Math.ScaleB(sign, shift))];
        string value = _values[operand.Buffer];
        return factors.All(static factor => factor.Equals(1.0)) ? value : _graph.Node("Mul", value, _graph.Floats(factors));
    }

    // Formats do not depend on the position; where ranges do, their hull counts.
    private void RequireExact(ConstantProductInstruction instruction)
    {
        EquatableArray<RawInterval> intervals = _program.Buffers[instruction.Source].Intervals;
        RawInterval[] ranges = [.. instruction.TapOffsets.Select(tap => instruction.PositionOffsets
            .Select(position => intervals[position + tap]).Aggregate(static (a, b) => a.Union(b)))];
        for (var kernel = 0; kernel < instruction.Groups * instruction.Outputs; kernel++)
        {
            int group = kernel / instruction.Outputs, output = kernel % instruction.Outputs;
            var bound = default(SumBound);
            for (int tap = group * instruction.Taps; tap < (group + 1) * instruction.Taps; tap++)
            {
                long weight = instruction.Weights[(tap * instruction.Outputs) + output];
                bound.Add(ranges[tap].Scale(weight), weight);
            }

            bound.Add(RawInterval.Point(instruction.Bias[kernel]), instruction.Bias[kernel]);
            Require(bound, instruction.Layer, kernel);
        }
    }

    private static void Require(SumBound bound, string layer, int element)
    {
        if (!bound.IsExact)
        {
            throw new OnnxExportException(layer, string.Create(CultureInfo.InvariantCulture, $"the sum of element {element} can reach ")
                + string.Create(CultureInfo.InvariantCulture, $"{bound.Magnitude} steps of its grid; float32 adds exactly up to 2^24. ")
                + "Use fewer bits for its inputs or weights, or another back end (hgq emit csharp, hls, verilog)");
        }
    }

    private static bool IsIdentity(int[] indices, int length)
        => indices.Length == length && indices.Select((index, e) => index == e).All(static same => same);

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static OverflowAction ActionOf(OverflowMode mode) => mode switch
    {
        OverflowMode.Wrap => OverflowAction.Wrap,
        OverflowMode.Saturate => OverflowAction.Saturate,
        OverflowMode.SaturateSymmetric => OverflowAction.SaturateSymmetric,
        OverflowMode.SaturateToZero => OverflowAction.SaturateToZero,
        OverflowMode.WrapSignMagnitude => throw new ArgumentException("WrapSignMagnitude has no arithmetic", nameof(mode)),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This is no overflow mode."),
    };
}
