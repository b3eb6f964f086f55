using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using HGQ.HlsEmit.Adders;
using HGQ.HlsEmit.Layout;
using HGQ.HlsEmit.Reporting;
using HGQ.Model.FixedPoint;

namespace HGQ.HlsEmit.Kernels;

/// <summary>Writes sums that share adders. What a function computes and others read stands in a struct that is passed to them.</summary>
internal sealed class SumWriter
{
    // A level of adders is worth a fiftieth of the LUTs: it takes time, or registers.
    private const double LevelPrice = 0.02;

    private readonly KernelWriter _kernel;
    private readonly IKernelTarget _target;
    private readonly SumPlan _plan;
    private readonly SumParts _parts;
    private readonly int[] _outputs;
    private readonly BigInteger?[] _factors;

    // Each operand as the function that computes it has it; behind that function, as others read it.
    private readonly AdderTerm[] _operands;
    private readonly Dictionary<int, KernelParameter> _shared = [];
    private int _function;

    private SumWriter(KernelWriter kernel, IKernelTarget target, SumPlan plan, int[] outputs, IReadOnlyList<AdderTerm> operands)
    {
        (_kernel, _target, _plan, _outputs) = (kernel, target, plan, outputs);
        _factors = operands.Select(term => term.Factor).ToArray();
        _operands = new AdderTerm[plan.Count];
        for (var id = 0; id < operands.Count; id++)
        {
            _operands[id] = new AdderTerm(operands[id].Operand, 0, false);
        }

        var products = Enumerable.Range(0, operands.Count).Where(id => _factors[id] is not null).ToHashSet();
        _parts = SumParts.Of(plan, products, KernelWriter.FunctionAdders);
    }

    /// <summary>Writes outputs, function by function.</summary>
    /// <param name="kernel">Where to.</param>
    /// <param name="target">The results.</param>
    /// <param name="outputs">Their elements and terms.</param>
    public static void Write(KernelWriter kernel, IKernelTarget target, IReadOnlyList<(int Output, List<AdderTerm> Terms)> outputs)
    {
        var ids = new Dictionary<(string, BigInteger?), int>();
        var operands = new List<AdderTerm>();
        var rows = outputs.Select(entry => Row(entry.Terms, target.Type(entry.Output).Width)).ToList();
        var elements = outputs.Select(entry => entry.Output).ToArray();
        var plans = SumPlan.Candidates(operands.ConvertAll(term => (term with { Shift = 0 }).Interval), rows).ToList();
        var best = plans.Count == 1 ? plans[0] : plans.MinBy(Price)!;
        new SumWriter(kernel, target, best, elements, operands).Write();

        double Price(SumPlan plan)
        {
            var draft = kernel.Draft();
            new SumWriter(draft, target, plan, elements, operands).Write();
            return HardwareEstimate.Luts(draft.Cost) * (1 + (LevelPrice * draft.Cost.Depth));
        }

        SumRow Row(List<AdderTerm> terms, int modulus)
        {
            var constant = terms.Where(term => term.Operand.IsConstant)
                .Aggregate(BigInteger.Zero, (sum, term) => sum + (term.Negative ? -term.Interval.Low : term.Interval.Low));
            return new SumRow(terms.Where(term => !term.Operand.IsConstant).Select(Term).ToArray(), constant, modulus);
        }

        SumTerm Term(AdderTerm term)
        {
            if (!ids.TryGetValue((term.Operand.Text, term.Factor), out var id))
            {
                ids.Add((term.Operand.Text, term.Factor), id = operands.Count);
                operands.Add(term);
            }

            return new SumTerm(id, term.Shift, term.Negative);
        }
    }

    /// <summary>Writes the product of an operand with a constant as a multiplication.</summary>
    public static Operand Product(KernelWriter kernel, Operand operand, BigInteger factor)
    {
        var interval = operand.Interval * RawInterval.Point(factor);
        var (type, constant) = (WireType.For(interval), WireType.For(RawInterval.Point(factor)));
        var node = WireNode.Sum(new WirePart(operand, 0, false, (long)factor), new WirePart(Operand.Of(0), 0, false));
        kernel.Wires.Add(node, type, interval);
        kernel.Cost.CountDsp(operand.Type.Width, constant.Width);
        kernel.Cost.Reach(1);
        return new Operand(kernel.Multiply(type, $"{operand.Text} * {kernel.Typed(constant, factor)}"), type, interval, node);
    }

    private void Write()
    {
        for (_function = 0; _function < _parts.Functions.Count; _function++)
        {
            _kernel.Begin(_parts.Adders[_function]);
            foreach (var (row, first) in _parts.Functions[_function])
            {
                foreach (var id in first)
                {
                    _operands[id] = id < _plan.FirstShared
                        ? new AdderTerm(Product(_kernel, _operands[id].Operand, _factors[id]!.Value), 0, false, Depth: 1)
                        : new AdderTree(_kernel, FixedPointFormat.MaxWidth).Shared(_plan.Shared[id - _plan.FirstShared].Select(Term));
                }

                WriteRow(row);
            }

            Share(_parts.Passed[_function].ToList());
        }
    }

    private void WriteRow(int row)
    {
        var output = _outputs[row];
        var (type, place) = (_target.Type(output), _target.Place(output));
        var terms = _plan.Rows[row].Select(Term);
        terms = _plan.Constants[row].IsZero ? terms : terms.Append(AdderTerm.Of(_plan.Constants[row]));
        if (_plan.ReadAs(row) is { } id)
        {
            // As an operand it is exact, whatever the result keeps of it.
            _operands[id] = new AdderTree(_kernel, FixedPointFormat.MaxWidth).Shared(terms);
            terms = [_operands[id]];
        }

        _kernel.Line($"{_target.Target(output)} = {new AdderTree(_kernel, type.Width).Sum(terms, place)};");
    }

    /// <summary>Puts what other functions read into a struct.</summary>
    private void Share(List<int> ids)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var members = ids.Select((id, n) =>
            (Id: id, _operands[id].Operand.Type, Name: string.Create(CultureInfo.InvariantCulture, $"w{n}"))).ToList();
        var (write, read) = _kernel.Share(members.Select(member => (member.Type, member.Name)));
        _kernel.Pass(write);
        foreach (var (id, _, name) in members)
        {
            var text = $"{read.Name}.{name}";
            _kernel.Line($"{text} = {_operands[id].Operand.Text};");
            _operands[id] = _operands[id] with { Operand = _operands[id].Operand with { Text = text } };
        }

        _shared.Add(_function, read);
    }

    private AdderTerm Term(SumTerm term)
    {
        var home = _parts.Home(term.Id);
        if (home >= 0 && home < _function)
        {
            _kernel.Pass(_shared[home]);
        }

        var operand = _operands[term.Id];
        return operand with { Shift = operand.Shift + term.Shift, Negative = operand.Negative != term.Negative };
    }
}
