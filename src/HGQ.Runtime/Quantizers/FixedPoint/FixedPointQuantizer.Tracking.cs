using System;
using System.Linq;
using TorchSharp;
using TorchSharp.Utils;

namespace HGQ.Runtime.Quantizers;

/// <content>Integer bits that follow the data, tracing, and the record of ranges.</content>
public sealed partial class FixedPointQuantizer
{
    // An i that every range exceeds, so that the first traced batch decides.
    private const double Forgotten = -1e9;

    [ComponentName(Name = "min")]
    private torch.Tensor? _min;

    [ComponentName(Name = "max")]
    private torch.Tensor? _max;

    private bool _tracing;

    /// <inheritdoc/>
    public override void BeginTracing()
    {
        ResetRecord();
        _tracing = Wraps;
        if (_tracing)
        {
            using var noGradient = torch.no_grad();
            IntegerBits.fill_(Forgotten);
            if (Config.KeepNegative is null)
            {
                KeepNegative.zero_();
            }
        }
    }

    /// <inheritdoc/>
    public override void EndTracing() => _tracing = false;

    /// <inheritdoc/>
    public override void ResetRecord()
    {
        Built(_min).fill_(double.PositiveInfinity);
        Built(_max).fill_(double.NegativeInfinity);
    }

    /// <inheritdoc/>
    /// <remarks>Only where i follows the data: elsewhere it is a parameter, and the record decides nothing.</remarks>
    public override void Widen(double factor, (double Low, double High)? limits = null)
    {
        if (!Wraps)
        {
            return;
        }

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (low, high) = Widened(Built(_min), Built(_max), factor, limits);
        var index = GroupIndex.Of(IntegerBits.shape, IntegerBits.shape);
        IntegerBits.fill_(Forgotten);
        _tracing = true;
        Trace(low, TensorValues.Read(low), index);
        Trace(high, TensorValues.Read(high), index);
        _tracing = false;
    }

    private void CreateRecord(long[] shape)
    {
        _min = torch.full(shape, double.PositiveInfinity, dtype: torch.get_default_dtype()).DetachFromDisposeScope();
        _max = torch.full(shape, double.NegativeInfinity, dtype: torch.get_default_dtype()).DetachFromDisposeScope();
        register_buffer("min", _min);
        register_buffer("max", _max);
    }

    private void Record(torch.Tensor quantized)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long[] shared = Array.ConvertAll(_sharedDims, d => (long)d);
        var values = quantized.detach();
        var (low, high) = shared.Length == 0 ? (values, values) : (values.amin(shared, keepdim: true), values.amax(shared, keepdim: true));
        Built(_min).copy_(torch.minimum(Built(_min), low));
        Built(_max).copy_(torch.maximum(Built(_max), high));
    }

    // Training under Wrap: i ← max(i − decay, what this batch needs).
    private void Follow(double[] values, GroupIndex index, double decay)
    {
        int?[] need = Needs(values, index, Groups());
        double[] i = TensorValues.Read(IntegerBits);
        for (int g = 0; g < i.Length; g++)
        {
            i[g] = need[g] is { } bits ? Math.Max(i[g] - decay, bits) : i[g];
        }

        StoreIntegerBits(i);
    }

    private torch.Tensor Trace(torch.Tensor x, double[] values, GroupIndex index)
    {
        var groups = Groups();
        double[] i = Array.ConvertAll(groups.IntegerBits, bits => (double)bits), k = Array.ConvertAll(groups.KeepNegative, bit => (double)bit);
        MarkNegative(values, index, groups, k);
        var signed = groups with { KeepNegative = Array.ConvertAll(k, bit => (int)bit) };
        int?[] need = Needs(values, index, signed);
        for (int g = 0; g < i.Length; g++)
        {
            i[g] = Math.Max(i[g], need[g] ?? i[g]);
        }

        StoreIntegerBits(i);
        using (torch.no_grad())
        {
            KeepNegative.copy_(TensorValues.Create(k, KeepNegative.shape, KeepNegative.dtype));
        }

        var after = Groups();
        var q = values.Select((value, e) => FixedPointElements.Round(value, after.FractionBits[index[e]], Rounding)).ToArray();
        return TensorValues.Create(q, x.shape, x.dtype);
    }

    private void MarkNegative(double[] values, GroupIndex index, FixedPointGroups groups, double[] k)
    {
        for (int e = 0; e < values.Length; e++)
        {
            // While i is forgotten KBI has no grid yet: the sign of the value itself decides.
            int f = groups.FractionBits[index[e]];
            double q = Math.Abs(f) < 1000 ? FixedPointElements.Round(values[e], f, Rounding) : values[e];
            if (q < 0 && Config.KeepNegative is null)
            {
                k[index[e]] = 1;
            }
        }
    }

    private int?[] Needs(double[] values, GroupIndex index, FixedPointGroups groups)
    {
        int count = groups.IntegerBits.Length;
        double[] min = new double[count], max = new double[count];
        for (int e = 0; e < values.Length; e++)
        {
            int g = index[e];
            double value = IsKbi ? values[e] : FixedPointElements.Round(values[e], groups.FractionBits[g], Rounding);
            min[g] = Math.Min(min[g], value);
            max[g] = Math.Max(max[g], value);
        }

        return [.. Enumerable.Range(0, count).Select(g => IsKbi
            ? FixedPointElements.NeedOfMagnitude(Math.Max(-min[g], max[g]), groups.IntegerBits[g] + groups.FractionBits[g])
            : FixedPointElements.NeedOfRange(min[g], max[g], groups.KeepNegative[g], groups.FractionBits[g]))];
    }

    private void StoreIntegerBits(double[] i)
    {
        using var noGradient = torch.no_grad();
        using var stored = TensorValues.Create(i, IntegerBits.shape, IntegerBits.dtype);
        IntegerBits.copy_(stored);
        IntegerBits.clamp_(Config.IntegerLimits.Min, Config.IntegerLimits.Max);
    }
}
