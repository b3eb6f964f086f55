using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Tests.Lowering;

/// <summary>
/// Finds out from a program's structure which intervals interval arithmetic gets exactly: where no input reaches an element on
/// two ways, so that its operands vary independently, both ends must occur. Elsewhere (x − x, x · x) the interval is a bound.
/// </summary>
internal sealed class IntervalEnds : IInstructionVisitor<bool>
{
    private readonly IntegerProgram _program;
    private readonly Ends[][] _ends;
    private int _inputs;

    private IntervalEnds(IntegerProgram program)
    {
        _program = program;
        _ends = [.. program.Buffers.Select(buffer => new Ends[buffer.Length])];
    }

    /// <summary>Per buffer and element: whether both ends of its interval must occur for some input.</summary>
    public static bool[][] Occur(IntegerProgram program)
    {
        var ends = new IntervalEnds(program);
        foreach (var instruction in program.Instructions)
        {
            instruction.Accept(ends);
            for (int e = 0; e < program.Buffers[instruction.Destination].Length; e++)
            {
                // What is always the same is dense; its inputs do not matter any more.
                if (program.Buffers[instruction.Destination].Intervals[e].IsPoint)
                {
                    ends._ends[instruction.Destination][e] = new Ends(0, true, true);
                }
            }
        }

        return [.. ends._ends.Select(buffer => buffer.Select(element => element.Exact).ToArray())];
    }

    public bool VisitQuantizeInput(QuantizeInputInstruction instruction) =>
        Each(instruction, _ => new Ends(1UL << _inputs++, true, true));

    public bool VisitGather(GatherInstruction instruction) => Each(instruction, e => instruction.SourceOf[e] < 0
        ? new Ends(0, true, true)
        : _ends[instruction.Sources[instruction.SourceOf[e]]][instruction.IndexOf[e]]);

    public bool VisitConstantProduct(ConstantProductInstruction instruction)
    {
        var intervals = _program.Buffers[instruction.Source].Intervals;
        return Each(instruction, e =>
        {
            int outputs = instruction.Outputs, o = e % outputs, g = e / outputs % instruction.Groups, p = e / outputs / instruction.Groups;
            var taps = Enumerable.Range(g * instruction.Taps, instruction.Taps).Where(tap => instruction.Weights[(tap * outputs) + o] != 0).ToArray();
            int At(int tap, int position) => instruction.PositionOffsets[position] + instruction.TapOffsets[tap];

            // All positions have the widths of the widest one.
            bool widest = taps.All(tap => Enumerable.Range(0, instruction.Positions).All(other => intervals[At(tap, p)].Contains(intervals[At(tap, other)])));
            var sum = Sum([.. taps.Select(tap => (_ends[instruction.Source][At(tap, p)], intervals[At(tap, p)], (BigInteger)instruction.Weights[(tap * outputs) + o]))]);
            return Kept(instruction, e, widest ? sum : sum with { Exact = false, Dense = false }, instruction.Bias[(g * outputs) + o], [.. taps.Select(tap => intervals[At(tap, p)].Scale(instruction.Weights[(tap * outputs) + o]))]);
        });
    }

    public bool VisitAdd(AddInstruction instruction) => Each(instruction, e =>
    {
        var terms = instruction.Operands.Select(operand => (
            Ends: _ends[operand.Buffer][e],
            Interval: _program.Buffers[operand.Buffer].Intervals[e],
            Weight: (operand.Negate ? BigInteger.MinusOne : 1) << operand.Shifts[e])).ToArray();
        return Kept(instruction, e, Sum(terms), 0, [.. terms.Select(term => term.Interval.Scale(term.Weight))]);
    });

    public bool VisitProduct(ProductInstruction instruction) => Each(instruction, e =>
    {
        int column = e % instruction.Columns, row = e / instruction.Columns, first = row / instruction.Rows * instruction.Inner;
        var pairs = Enumerable.Range(0, instruction.Inner).Select(k => (
            Left: (Buffer: instruction.Left, Element: (row * instruction.Inner) + k),
            Right: (Buffer: instruction.Right, Element: ((first + k) * instruction.Columns) + column))).ToArray();
        var factors = pairs.SelectMany(pair => new[] { Of(pair.Left), Of(pair.Right) }).ToArray();
        var terms = pairs.Select(pair => Interval(pair.Left) * Interval(pair.Right)).ToArray();
        return Kept(instruction, e, new Ends(Union(factors), Independent(factors) && factors.All(factor => factor.Exact), false), 0, terms);
    });

    public bool VisitRequantize(RequantizeInstruction instruction) => Each(instruction, e =>
    {
        var source = _ends[instruction.Source][e];
        var from = _program.Buffers[instruction.Source].Intervals[e];
        var rounded = (instruction.Relu ? from.ClampLow() : from).Quantize(instruction.Shifts[e], instruction.Roundings[e]);
        var format = _program.Buffers[instruction.Destination].Formats[e];
        bool dense = source.Dense && (instruction.Shifts[e] >= 0 || rounded.IsPoint);
        return instruction.Overflows[e] switch
        {
            OverflowAction.Wrap when !format.RawInterval.Contains(rounded) => source with { Exact = dense && Crosses(rounded, format), Dense = false },
            OverflowAction.SaturateToZero when !format.RawInterval.Contains(rounded) => source with { Exact = dense, Dense = false },
            _ => source with { Dense = dense },
        };
    });

    public bool VisitClamp(ClampInstruction instruction) => Each(instruction, e => _ends[instruction.Source][e]);

    public bool VisitTableLookup(TableLookupInstruction instruction) =>
        Each(instruction, e => _ends[instruction.Source][e] with { Exact = _ends[instruction.Source][e].Dense, Dense = false });

    public bool VisitReduce(ReduceInstruction instruction) => Each(instruction, e =>
    {
        var terms = instruction.Indices.Skip(e * instruction.Terms).Take(instruction.Terms).Distinct().Select(index => _ends[instruction.Source][index]).ToArray();
        bool independent = Independent(terms);
        return new Ends(Union(terms), independent && terms.All(term => term.Exact), independent && terms.All(term => term.Dense));
    });

    // Both ends of a wrapped format occur where neighbours lie on both sides of a border.
    private static bool Crosses(RawInterval interval, FixedPointFormat format) =>
        Period(interval.Low, format) != Period(interval.High, format);

    private static BigInteger Period(BigInteger value, FixedPointFormat format) => (value - format.MinRaw) >> format.Width;

    // Terms w·x of dense x leave no gap where no step is larger than all smaller terms together can fill.
    private static Ends Sum((Ends Ends, RawInterval Interval, BigInteger Weight)[] terms)
    {
        var all = terms.Select(term => term.Ends).ToArray();
        bool independent = Independent(all), dense = independent && all.All(ends => ends.Dense);
        BigInteger filled = 0;
        foreach (var term in terms.Where(term => !term.Interval.IsPoint).OrderBy(term => BigInteger.Abs(term.Weight)))
        {
            dense &= BigInteger.Abs(term.Weight) <= filled + 1;
            filled += BigInteger.Abs(term.Weight) * (term.Interval.High - term.Interval.Low);
        }

        return new Ends(Union(all), independent && all.All(ends => ends.Exact), dense);
    }

    private static bool Independent(Ends[] operands) => operands.Sum(ends => BitOperations.PopCount(ends.Inputs)) == BitOperations.PopCount(Union(operands));

    private static ulong Union(Ends[] operands) => operands.Aggregate(0UL, (all, ends) => all | ends.Inputs);

    // An accumulator modulo 2^W holds another number than the sum.
    private Ends Kept(Instruction instruction, int e, Ends ends, BigInteger bias, RawInterval[] terms)
    {
        var exact = terms.Aggregate(RawInterval.Point(bias), (sum, term) => sum + term);
        return _program.Buffers[instruction.Destination].Formats[e].RawInterval.Contains(exact) ? ends : ends with { Exact = false, Dense = false };
    }

    private Ends Of((int Buffer, int Element) place) => _ends[place.Buffer][place.Element];

    private RawInterval Interval((int Buffer, int Element) place) => _program.Buffers[place.Buffer].Intervals[place.Element];

    private bool Each(Instruction instruction, Func<int, Ends> ends)
    {
        for (int e = 0; e < _ends[instruction.Destination].Length; e++)
        {
            _ends[instruction.Destination][e] = ends(e);
        }

        return true;
    }

    /// <summary>What is known of an element.</summary>
    /// <param name="Inputs">The input codes it depends on, a bit for each.</param>
    /// <param name="Exact">Both ends of its interval occur.</param>
    /// <param name="Dense">So does every value between them.</param>
    private readonly record struct Ends(ulong Inputs, bool Exact, bool Dense);
}
