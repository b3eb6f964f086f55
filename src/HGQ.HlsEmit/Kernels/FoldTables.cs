using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using System.Text;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Folding;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Text;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Kernels;

/// <summary>The tables that a function of a folded product reads, and what chooses its inputs; weights of one type share a table.</summary>
internal sealed class FoldTables(KernelContext context, KernelWriter kernel, int phases, Dictionary<int, Operand> operands)
{
    private readonly Dictionary<WireType, List<FoldLane>> _weights = [];
    private readonly Dictionary<WireType, string> _names = [];
    private readonly Dictionary<string, (string Text, WireType Type)> _inputs = [];

    /// <summary>Gives the weights of a multiplier a place.</summary>
    public void Add(FoldLane lane)
    {
        if (!_weights.TryGetValue(lane.Type, out var lanes))
        {
            _weights.Add(lane.Type, lanes = []);
        }

        lanes.Add(lane);
    }

    /// <summary>Declares the tables of weights, all of whose multipliers are known, and writes their directives.</summary>
    public void Declare()
    {
        foreach (var (type, lanes) in _weights.OrderBy(entry => (entry.Key.Signed, entry.Key.Width)))
        {
            _names[type] = Declare(
                string.Create(CultureInfo.InvariantCulture, $"rom_{(type.Signed ? 's' : 'u')}{type.Width}"),
                type,
                lanes.ConvertAll(lane => lane.Weights));
        }
    }

    /// <summary>The weight of a multiplier in a phase.</summary>
    public string Weight(FoldLane lane) => string.Create(
        CultureInfo.InvariantCulture, $"{_names[lane.Type]}[{_weights[lane.Type].IndexOf(lane)}][phase]");

    /// <summary>The input of a multiplier in a phase.</summary>
    public (string Text, WireType Type) Input(FoldLane lane)
    {
        if (!lane.Moves)
        {
            return (operands[lane.Taps[0]].Text, operands[lane.Taps[0]].Type);
        }

        var key = string.Join(',', lane.Taps);
        if (!_inputs.TryGetValue(key, out var input))
        {
            var inputs = lane.Taps.Select(tap => operands[tap]).ToArray();
            var type = WireType.For(inputs.Select(operand => operand.Interval).Aggregate((a, b) => a.Union(b)));
            var name = string.Create(CultureInfo.InvariantCulture, $"in{_inputs.Count}");
            var values = inputs.Select(operand => operand.Type == type ? operand.Text : $"{kernel.Cpp(type)}({operand.Text})");
            kernel.Line(string.Create(
                CultureInfo.InvariantCulture, $"const {kernel.Cpp(type)} {name}[{phases}] = {{{string.Join(", ", values)}}};"));
            kernel.Directives(kernel.Dialect.Partition(name));
            kernel.Cost.CountMultiplexer(type.Width, lane.Taps.Distinct().Count());
            _inputs.Add(key, input = (name + "[phase]", type));
        }

        return input;
    }

    /// <summary>What is added in each phase.</summary>
    public FoldTerm Bias(IReadOnlyList<BigInteger> values)
    {
        var shift = values.Where(value => !value.IsZero).Min(FoldLane.TrailingZeros);
        var scaled = values.Select(value => value >> shift).ToArray();
        var type = WireType.For(new RawInterval(scaled.Min(), scaled.Max()));
        var name = Declare("bias", type, [scaled]);
        return new FoldTerm(name + "[0][phase]", type, shift, 0, scaled.Select(Operand.Of).ToArray());
    }

    private string Declare(string purpose, WireType type, IReadOnlyList<IReadOnlyList<BigInteger>> rows)
    {
        var name = context.FunctionName(purpose);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"static const {kernel.Cpp(type)} {name}[{rows.Count}][{phases}] = {{");
        foreach (var row in rows)
        {
            text.Append("\n  {").AppendJoin(", ", row.Select(CppLiteral.Plain)).Append("},");
        }

        context.Unit.Tables.Add(text.Append("\n};").ToString());
        kernel.Directives(kernel.Dialect.Rom(name));
        kernel.Cost.CountRom(phases, (long)type.Width * rows.Count);
        return name;
    }
}
