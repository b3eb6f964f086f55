using System;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;
using TorchSharp.Utils;

namespace HGQ.Runtime.Quantizers;

/// <content>Integer bits that follow the data, and the record of ranges.</content>
public sealed partial class FixedPointQuantizer
{
    [ComponentName(Name = "min")]
    private torch.Tensor? _min;

    [ComponentName(Name = "max")]
    private torch.Tensor? _max;

    /// <inheritdoc/>
    public override void ResetRecord()
    {
        Built(_min).Fill(double.PositiveInfinity);
        Built(_max).Fill(double.NegativeInfinity);
    }

    private void CreateRecord(long[] shape)
    {
        _min = NewTensor.Full(shape, double.PositiveInfinity, dtype: torch.get_default_dtype()).DetachFromDisposeScope();
        _max = NewTensor.Full(shape, double.NegativeInfinity, dtype: torch.get_default_dtype()).DetachFromDisposeScope();
        register_buffer("min", _min);
        register_buffer("max", _max);
    }

    private void Record(torch.Tensor quantized)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        long[] shared = Array.ConvertAll(_sharedDims, d => (long)d);
        var values = quantized.Detach();
        var (low, high) = shared.Length == 0 ? (values, values) : (values.Amin(shared, keepdim: true), values.Amax(shared, keepdim: true));
        Built(_min).CopyFrom(Built(_min).Minimum(low));
        Built(_max).CopyFrom(Built(_max).Maximum(high));
    }

    // Training under Wrap: i ← max(i − decay, what this batch needs).
    private void Follow(double[] values, GroupIndex index, double decay)
    {
        double?[] need = Needs(values, index, Groups());
        double[] i = TensorValues.Read(IntegerBits);
        for (int g = 0; g < i.Length; g++)
        {
            i[g] = need[g] is { } bits ? Math.Max(i[g] - decay, bits) : i[g];

            // Nothing is needed and everything is given up at once: the limits say how far.
            i[g] = double.IsNegativeInfinity(i[g]) ? Math.Max(Config.IntegerLimits.Min, BitRange.Default.Min) : i[g];
        }

        StoreIntegerBits(i);
    }

    private double?[] Needs(double[] values, GroupIndex index, FixedPointGroups groups)
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
        using var stored = TensorValues.Create(i, IntegerBits.Shape, IntegerBits.DataType);
        IntegerBits.CopyFrom(stored);
        IntegerBits.ClampInPlace(Config.IntegerLimits.Min, Config.IntegerLimits.Max);
    }
}
