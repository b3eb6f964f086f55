using System.Collections.Generic;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>
/// Counts, layer by layer, the results that leave the range of their format and so are changed by wrapping or clamping: the sign
/// that a model was calibrated on other data than it now sees. Elements without bits are constants, and left out.
/// </summary>
public sealed class OverflowCounter
{
    private readonly ReferenceInterpreter _interpreter;
    private readonly InputPort[] _ports;
    private readonly RequantizeInstruction[] _requantizes;
    private readonly Dictionary<string, long> _counts = new();
    private readonly Dictionary<string, long> _elements = new();
    private readonly Dictionary<string, OverflowPlace> _firsts = new();
    private readonly long[] _codes;
    private readonly long[] _results;
    private readonly RangeTracker[] _ranges;
    private int _samples;

    /// <summary>Prepares a model.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="ranges">Whether <see cref="Ranges"/> are kept too.</param>
    /// <exception cref="ModelGraphException">The model can't be represented.</exception>
    public OverflowCounter(ModelGraph graph, bool ranges = false)
    {
        // Without the optimisations every value stands before its quantizer at its exact width.
        var program = Lowerer.Lower(graph, LoweringOptions.Plain);
        _interpreter = new ReferenceInterpreter(program);
        _ports = program.CodePorts.Select(port => new InputPort(program, port)).ToArray();
        _requantizes = program.Instructions.OfType<RequantizeInstruction>().ToArray();
        _codes = new long[program.InputCodeSize];
        _results = new long[program.OutputSize];
        _ranges = ranges ? program.Probes.Select(probe => new RangeTracker(program, probe)).ToArray() : [];
    }

    /// <summary>Results counted so far, by layer in the order of execution.</summary>
    public IReadOnlyList<LayerOverflows> Counts => _elements.Select(layer => new LayerOverflows(
        layer.Key, _counts[layer.Key], layer.Value, _firsts.TryGetValue(layer.Key, out var first) ? first : null)).ToArray();

    /// <summary>
    /// What the elements of each layer were between so far, in the order of execution; empty where nobody asked for it. Layers without
    /// integers (real inputs) are left out.
    /// </summary>
    public IReadOnlyList<LayerRange> Ranges => _ranges.Select(tracker => tracker.Range).ToArray();

    /// <summary>Computes a sample and counts.</summary>
    /// <param name="inputs">All inputs, before standardisation.</param>
    /// <returns>The raw results of the sample, those of every engine; overwritten by the next call.</returns>
    public IReadOnlyList<long> Add(double[] inputs)
    {
        _interpreter.Encode(inputs, _codes);
        _interpreter.Run(_codes, _results);
        foreach (var port in _ports)
        {
            Count(port.Layer, port.CountOverflows(inputs, out int first), first, port.Length);
        }

        foreach (var requantize in _requantizes)
        {
            Count(requantize.Layer, Overflows(requantize, out int first), first, requantize.Shifts.Length);
        }

        foreach (var range in _ranges)
        {
            range.Add(_interpreter);
        }

        _samples++;

        return _results;
    }

    private int Overflows(RequantizeInstruction requantize, out int first)
    {
        var source = _interpreter.Program.Buffers[requantize.Source].Formats;
        var target = _interpreter.Program.Buffers[requantize.Destination].Formats;
        var values = _interpreter.Buffers[requantize.Source];
        var count = 0;
        first = -1;
        for (var e = 0; e < requantize.Shifts.Length; e++)
        {
            if (requantize.Overflows[e] == OverflowAction.None || target[e].IsZero)
            {
                continue;
            }

            var exact = source[e].FromStorage(values[e]);
            bool negative = exact.Sign < 0 && requantize.Relu;
            var rounded = FixedPointArithmetic.ShiftRound(negative ? 0 : exact, requantize.Shifts[e], requantize.Roundings[e]);
            if (!target[e].Contains(rounded))
            {
                first = count++ == 0 ? e : first;
            }
        }

        return count;
    }

    private void Count(string layer, int overflows, int first, int elements)
    {
        if (overflows > 0 && !_firsts.ContainsKey(layer))
        {
            _firsts.Add(layer, new OverflowPlace(_samples, first));
        }

        _counts.TryGetValue(layer, out long before);
        _counts[layer] = before + overflows;
        _elements.TryGetValue(layer, out long all);
        _elements[layer] = all + elements;
    }
}

/// <summary>Results of a layer outside of their format.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Overflows">Results that were outside.</param>
/// <param name="Elements">All results.</param>
/// <param name="First">The first of those outside; null where there is none.</param>
public sealed record LayerOverflows(string Layer, long Overflows, long Elements, OverflowPlace? First);

/// <summary>Where a result left its format.</summary>
/// <param name="Sample">The sample, from 0.</param>
/// <param name="Element">The element of the layer's output, row major.</param>
public sealed record OverflowPlace(int Sample, int Element);
