using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Hardware.Words;

/// <summary>Makes the hardware network of an integer program: one method an instruction, no decision beyond the program's.</summary>
public sealed class HardwareNetworkBuilder : IInstructionVisitor<int[]>
{
    private readonly IntegerProgram _program;
    private readonly NodeTable _nodes = new();
    private readonly int[][] _buffers;
    private int _ports;

    private HardwareNetworkBuilder(IntegerProgram program)
    {
        _program = program;
        _buffers = new int[program.Buffers.Length][];
    }

    /// <summary>Makes and verifies the network of a program.</summary>
    /// <param name="program">A verified program.</param>
    public static HardwareNetwork Build(IntegerProgram program)
    {
        var builder = new HardwareNetworkBuilder(program);
        foreach (var instruction in program.Instructions)
        {
            builder._nodes.EnterLayer(instruction.Layer);
            builder._buffers[instruction.Destination] = instruction.Accept(builder);
        }

        var network = new HardwareNetwork(
            program.Name,
            program.CodePorts.Select(port => builder.Port(program.Buffers[port.Destination].Name, port.Destination)).ToArray(),
            program.Outputs.Select(output => builder.Port(output.Name, output.Buffer)).ToArray(),
            builder._nodes.ToArray(),
            program.Tables,
            builder._nodes.Layers);
        network = UnreadNodes.Remove(network);
        HardwareNetworkVerifier.Verify(network);
        return network;
    }

    int[] IInstructionVisitor<int[]>.VisitQuantizeInput(QuantizeInputInstruction instruction)
    {
        int port = _ports++;
        return Elements(instruction.Destination, e => _nodes.Add(
            new InputNode(_nodes.Layer, _program.Buffers[instruction.Destination].Formats[e].RawInterval, port, e)));
    }

    int[] IInstructionVisitor<int[]>.VisitGather(GatherInstruction instruction) => Elements(instruction.Destination, e =>
        instruction.SourceOf[e] < 0
            ? _nodes.Constant(_program.Buffers[instruction.Destination].Formats[e].FromStorage(instruction.Constants[e]))
            : _buffers[instruction.Sources[instruction.SourceOf[e]]][instruction.IndexOf[e]]);

    int[] IInstructionVisitor<int[]>.VisitConstantProduct(ConstantProductInstruction instruction)
    {
        int sums = instruction.Groups * instruction.Outputs;
        int[] source = _buffers[instruction.Source];
        return Elements(instruction.Destination, e =>
        {
            int position = instruction.PositionOffsets[e / sums], group = e % sums / instruction.Outputs, output = e % instruction.Outputs;
            var sum = new SumUnderConstruction(_nodes, instruction.Bias[e % sums]);
            for (var t = 0; t < instruction.Taps; t++)
            {
                int tap = (group * instruction.Taps) + t;
                long weight = instruction.Weights[(tap * instruction.Outputs) + output];
                if (weight != 0)
                {
                    sum.Add(source[position + instruction.TapOffsets[tap]], weight);
                }
            }

            return Wrapped(sum.Finish(), instruction.Destination, e);
        });
    }

    int[] IInstructionVisitor<int[]>.VisitAdd(AddInstruction instruction) => Elements(instruction.Destination, e =>
    {
        var sum = new SumUnderConstruction(_nodes, BigInteger.Zero);
        foreach (var operand in instruction.Operands)
        {
            sum.Add(_nodes.Shift(_buffers[operand.Buffer][e], -operand.Shifts[e], RoundingMode.Truncate), operand.Negate ? -1 : 1);
        }

        return Wrapped(sum.Finish(), instruction.Destination, e);
    });

    int[] IInstructionVisitor<int[]>.VisitProduct(ProductInstruction instruction) => Elements(instruction.Destination, e =>
    {
        int row = e / instruction.Columns, first = row / instruction.Rows * instruction.Inner;
        var sum = new SumUnderConstruction(_nodes, BigInteger.Zero);
        for (var k = 0; k < instruction.Inner; k++)
        {
            int left = _buffers[instruction.Left][(row * instruction.Inner) + k];
            int right = _buffers[instruction.Right][((first + k) * instruction.Columns) + (e % instruction.Columns)];
            sum.Add(_nodes.Product(left, right), 1);
        }

        return Wrapped(sum.Finish(), instruction.Destination, e);
    });

    int[] IInstructionVisitor<int[]>.VisitRequantize(RequantizeInstruction instruction) => Elements(instruction.Destination, e =>
    {
        int node = _buffers[instruction.Source][e];
        node = instruction.Relu ? _nodes.Extremum(node, _nodes.Constant(BigInteger.Zero), maximum: true) : node;
        node = _nodes.Shift(node, instruction.Shifts[e], instruction.Roundings[e]);
        return Overflow(node, instruction.Overflows[e], _program.Buffers[instruction.Destination].Formats[e]);
    });

    int[] IInstructionVisitor<int[]>.VisitClamp(ClampInstruction instruction)
    {
        var formats = _program.Buffers[instruction.Destination].Formats;
        return Elements(instruction.Destination, e => _nodes.Clamp(
            _buffers[instruction.Source][e], formats[e].FromStorage(instruction.Low[e]), formats[e].FromStorage(instruction.High[e])));
    }

    int[] IInstructionVisitor<int[]>.VisitTableLookup(TableLookupInstruction instruction) => Elements(instruction.Destination, e =>
        _nodes.Table(_buffers[instruction.Source][e], instruction.TableOf[e], _program.Tables[instruction.TableOf[e]]));

    int[] IInstructionVisitor<int[]>.VisitReduce(ReduceInstruction instruction) => Elements(instruction.Destination, e =>
    {
        var terms = instruction.Indices.Skip(e * instruction.Terms).Take(instruction.Terms).Select(index => _buffers[instruction.Source][index]).Distinct().ToList();
        while (terms.Count > 1)
        {
            // The first two go behind the last: a balanced tree.
            terms.Add(_nodes.Extremum(terms[0], terms[1], instruction.Kind == Graph.ReductionKind.Max));
            terms.RemoveRange(0, 2);
        }

        return terms[0];
    });

    private WordPort Port(string name, int buffer) => new(
        name, _buffers[buffer].Select((node, e) => new WordElement(node, _program.Buffers[buffer].Formats[e])).ToArray());

    private delegate int ElementNode(int element);

    // An element whose interval is one value is that constant (integer-program.md §0.4).
    private int[] Elements(int buffer, ElementNode node)
    {
        var intervals = _program.Buffers[buffer].Intervals;
        var formats = _program.Buffers[buffer].Formats;
        return Enumerable.Range(0, intervals.Length)
            .Select(e => formats[e].IsZero ? _nodes.Constant(BigInteger.Zero) : intervals[e].IsPoint ? _nodes.Constant(intervals[e].Low) : node(e))
            .ToArray();
    }

    private int Wrapped(int node, int buffer, int e)
    {
        var format = _program.Buffers[buffer].Formats[e];
        return _nodes.Wrap(node, format.Width, format.Signed);
    }

    private int Overflow(int node, OverflowAction action, FixedPointFormat format) => action switch
    {
        OverflowAction.None or OverflowAction.Wrap => _nodes.Wrap(node, format.Width, format.Signed),
        OverflowAction.Saturate => _nodes.Clamp(node, format.MinRaw, format.MaxRaw),
        OverflowAction.SaturateSymmetric => _nodes.Clamp(node, format.Signed ? -format.MaxRaw : BigInteger.Zero, format.MaxRaw),
        OverflowAction.SaturateToZero => _nodes.ZeroOutside(node, format.MinRaw, format.MaxRaw),
        _ => throw new System.ArgumentOutOfRangeException(nameof(action), action, "This is no overflow action."),
    };
}
