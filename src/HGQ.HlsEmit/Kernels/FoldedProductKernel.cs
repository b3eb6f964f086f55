using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Folding;
using HGQ.HlsEmit.Layout;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Kernels;

/// <summary>
/// A constant matrix times a vector in several clock cycles: multipliers whose weights stand in tables, one entry for each phase
/// (docs/hls.md §13). The function does what one phase does; the layer calls it phase after phase.
/// </summary>
internal sealed class FoldedProductKernel
{
    private readonly KernelContext _context;
    private readonly KernelWriter _kernel;
    private readonly BufferView _target;
    private readonly FoldPlan _plan;
    private readonly Dictionary<int, Operand> _operands;
    private FoldTables _tables = null!;

    private FoldedProductKernel(
        KernelContext context, KernelWriter kernel, PositionLoop loop, FoldPlan plan, Dictionary<int, Operand> operands)
    {
        (_context, _kernel, _plan, _operands) = (context, kernel, plan, operands);
        _target = loop.Views[1];
    }

    /// <summary>Whether a layer's product is folded.</summary>
    public static bool Folds(KernelContext context, ConstantProductInstruction product) =>
        context.Unit.Pipelining.Phases > 1 && product is { Positions: 1, Groups: 1 };

    /// <summary>Emits the instruction.</summary>
    public static void Emit(KernelContext context, ConstantProductInstruction product)
    {
        var loop = PositionLoop.None((context.Layouts[product.Source], "x"), (context.Layouts[product.Destination], "y"));
        Operand Read(int tap) => loop.Views[0].Read(product.PositionOffsets[0] + tap);
        var rows = Enumerable.Range(0, product.Outputs).Where(loop.Views[1].HasWire).Select(output =>
        {
            var (weights, constant) = ConstantProductKernel.Row(product, 0, output, Read);
            return new FoldRow(output, weights, constant);
        }).ToArray();
        var operands = rows.SelectMany(row => row.Weights.Keys).Distinct().ToDictionary(tap => tap, Read);
        var cost = new FoldCost(operands.ToDictionary(entry => entry.Key, entry => entry.Value.Type.Width), context.Unit.Strategy);
        var plan = new FoldPlanner(rows, cost, context.Unit.Pipelining.Phases).Plan();
        var kernel = context.Begin("sum", null, [product.Source], product.Destination, KernelParameter.Phase);
        new FoldedProductKernel(context, kernel, loop, plan, operands).Write();
        context.End(kernel);
        context.Unit.Fold = new FoldedCalls(plan, context.Unit.Body.Count);
    }

    private void Write()
    {
        var group = new List<FoldSlot>();
        foreach (var slot in _plan.Slots)
        {
            if (group.Sum(other => other.Lanes.Count) + slot.Lanes.Count > KernelWriter.FunctionAdders)
            {
                Write(group);
                group.Clear();
            }

            group.Add(slot);
        }

        Write(group);
    }

    private void Write(IReadOnlyList<FoldSlot> slots)
    {
        _kernel.Open(slots.Sum(slot => slot.Lanes.Count));
        _tables = new FoldTables(_context, _kernel, _plan.Phases, _operands);
        foreach (var lane in slots.SelectMany(slot => slot.Lanes))
        {
            _tables.Add(lane);
        }

        _tables.Declare();
        foreach (var slot in slots)
        {
            if (_plan.Axis == HlsFoldAxis.Outputs)
            {
                WriteTurns(slot);
            }
            else
            {
                WriteAccumulator(slot);
            }
        }
    }

    private void WriteTurns(FoldSlot slot)
    {
        var modulus = slot.Rows.OfType<FoldRow>().Max(row => _target.Type(row.Output).Width);
        var terms = Products(slot, modulus);
        if (slot.Biases.Any(bias => !bias.IsZero))
        {
            terms.Add(_tables.Bias(slot.Biases.ToArray()));
        }

        var (text, parts) = Sum(terms, modulus);
        for (var phase = 0; phase < _plan.Phases; phase++)
        {
            if (slot.Rows[phase] is { } row)
            {
                _kernel.Line(Invariant($"if (phase == {phase}) {_target.Target(row.Output)} = {text};"));
                _kernel.Wires.AddResult(_target.Place(row.Output), parts[phase]);
            }
        }
    }

    // The wire of the result is exact modulo its width at the end, so it may hold what was added so far as well.
    private void WriteAccumulator(FoldSlot slot)
    {
        var row = slot.Rows[0]!;
        var (type, target) = (_target.Type(row.Output), _target.Target(row.Output));
        var (text, parts) = Sum(Products(slot, type.Width), type.Width);
        _kernel.Line($"{target} = (phase == 0 ? {_kernel.Typed(type, row.Bias)} : {target}) + {text};");
        _kernel.Cost.CountAdder(type.Width);
        var sum = new WirePart(Operand.Of(row.Bias), 0, false);
        for (var phase = 0; phase < _plan.Phases; phase++)
        {
            var interval = Shifted(sum) + Shifted(parts[phase]);
            if (interval.IsPoint)
            {
                sum = new WirePart(Operand.Of(interval.Low), 0, false);
                continue;
            }

            var node = WireNode.Sum(sum, parts[phase]);
            _kernel.Wires.Add(node, type, interval);
            sum = new WirePart(new Operand(target, type, interval, node), 0, false);
        }

        _kernel.Wires.AddResult(_target.Place(row.Output), sum);

        static HGQ.Model.FixedPoint.RawInterval Shifted(WirePart part) => part.Operand.Interval.ShiftLeft(part.Shift);
    }

    private (string Text, IReadOnlyList<WirePart> Phases) Sum(List<FoldTerm> terms, int modulus) =>
        terms.TrueForAll(term => term.Shift >= modulus)
            ? ("0", Enumerable.Repeat(new WirePart(Operand.Of(0), 0, false), _plan.Phases).ToArray())
            : new FoldTree(_kernel, modulus).Sum(terms);

    private List<FoldTerm> Products(FoldSlot slot, int modulus) =>
        slot.Lanes.Where(lane => lane.Shift < modulus).Select(lane => Product(lane, modulus - lane.Shift)).ToList();

    private FoldTerm Product(FoldLane lane, int modulus)
    {
        var (input, inputType) = _tables.Input(lane);
        var intervals = lane.Taps.Select((tap, phase) => _operands[tap].Interval.Scale(lane.Weights[phase])).ToArray();
        var type = FoldTree.Limited(intervals.Aggregate((a, b) => a.Union(b)), modulus);
        var isDsp = DspRule.IsFoldedMultiplication(_context.Unit.Strategy, inputType.Width, lane.Type.Width);
        var name = _kernel.Multiply(type, $"{input} * {_tables.Weight(lane)}", isDsp);
        var depth = 1 + (isDsp ? 0 : BitOperations.Log2((uint)lane.Type.Width)) + (lane.Moves ? 1 : 0);
        _kernel.Cost.CountFolded(inputType.Width, lane.Type.Width, isDsp);
        _kernel.Cost.Reach(depth);
        return new FoldTerm(name, type, lane.Shift, depth, lane.Taps.Select((tap, phase) =>
        {
            if (lane.Weights[phase].IsZero)
            {
                return Operand.Of(0);
            }

            var factor = new WirePart(_operands[tap], 0, false, (long)lane.Weights[phase]);
            var node = WireNode.Sum(factor, new WirePart(Operand.Of(0), 0, false));
            _kernel.Wires.Add(node, type, intervals[phase]);
            return new Operand(name, type, intervals[phase], node);
        }).ToArray());
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
