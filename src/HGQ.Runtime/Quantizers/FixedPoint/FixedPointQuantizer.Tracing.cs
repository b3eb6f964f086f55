using System;
using System.Linq;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

/// <content>
/// Tracing: integer bits and signs that hold every traced value. What a quantizer returns may depend on them (KBI moves its grid with
/// i, and a value that the limits keep out wraps), so data are run through the model until the formats that were used are those found.
/// </content>
public sealed partial class FixedPointQuantizer
{
    // An i that every range exceeds, so that the first traced batch decides.
    private const double Forgotten = -1e9;

    private bool _tracing;

    // Formats that an earlier run found: this run computes with them, and wraps what they can't hold, as inference does. Null in the first
    // run, which computes with what it has found so far, and wraps nothing.
    private FixedPointGroups? _settled;

    // Formats that the last batch was computed with, and whether another batch had others.
    private FixedPointGroups? _used;

    private bool _moved;

    // The range of what was traced in this run, before rounding: under KBI the grid depends on what is found, so it must not decide it.
    private double[] _least = [];

    private double[] _most = [];

    /// <inheritdoc/>
    public override void BeginTracing()
    {
        _settled = null;
        BeginRun();
    }

    /// <inheritdoc/>
    public override void EndTracing() => (_tracing, _settled, _used) = (false, null, null);

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
        torch.Tensor Range(double[] unrounded, torch.Tensor? recorded) => IsKbi && unrounded.Length > 0
            ? TensorValues.Create(unrounded, IntegerBits.Shape, IntegerBits.DataType)
            : Built(recorded);
        var (low, high) = Widened(Range(_least, _min), Range(_most, _max), factor, limits);
        Forget();
        Find(TensorValues.Read(low), TensorValues.Read(high));
    }

    internal override void BeginRun()
    {
        ResetRecord();
        (_tracing, _used, _moved, _least, _most) = (Wraps, null, false, [], []);
        if (!_tracing)
        {
            return;
        }

        Forget();
        if (Config.KeepNegative is null)
        {
            using var noGradient = torch.no_grad();
            KeepNegative.Fill(0);
        }
    }

    internal override bool IsRunNeeded()
    {
        if (_used is not { } used)
        {
            return false;
        }

        FixedPointGroups found = Groups();
        bool same = !_moved && Same(used, found), holds = Overflowing(found) is null, wrapped = _settled is not null;
        _settled = found;
        return wrapped ? !same && (IsKbi || !holds || Overflowing(used) is not null) : !holds || (IsKbi && !same);
    }

    internal override string? TracedOverflow()
    {
        if (!Wraps || Overflowing(Groups()) is not { } g)
        {
            return null;
        }

        double min = TensorValues.Read(Built(_min))[g], max = TensorValues.Read(Built(_max))[g];
        string sign = Config.KeepNegative is false ? "it keeps no sign" : "its sign follows the data";
        BitRange limits = Config.IntegerLimits;
        return FormattableString.Invariant($"The quantizer {Name} can't hold the traced values {min} to {max} of its group {g}: they wrap. ")
            + FormattableString.Invariant($"Its limits are i = {limits.Min} to {limits.Max}, and {sign}.");
    }

    private torch.Tensor Trace(torch.Tensor x, double[] values, GroupIndex index, bool relu)
    {
        if (_least.Length == 0)
        {
            int count = (int)IntegerBits.Count;
            _least = [.. Enumerable.Repeat(double.PositiveInfinity, count)];
            _most = [.. Enumerable.Repeat(double.NegativeInfinity, count)];
        }

        for (int e = 0; e < values.Length; e++)
        {
            int g = index[e];
            _least[g] = Math.Min(_least[g], values[e]);
            _most[g] = Math.Max(_most[g], values[e]);
        }

        Find(_least, _most);
        FixedPointGroups formats = Use();
        double[] onGrid = [.. values.Select((value, e) =>
            IsPruned(formats, index[e]) ? 0 : FixedPointElements.Round(value, formats.FractionBits[index[e]], Rounding))];
        torch.Tensor unbounded = TensorValues.Create(onGrid, x.Shape, x.DataType);
        Record(unbounded);
        if (_settled is null)
        {
            return unbounded;
        }

        using (unbounded)
        {
            return Infer(x, values, index, Exported(formats, relu));
        }
    }

    private torch.Tensor TraceFused(torch.Tensor x, torch.Tensor? bias, torch.Tensor value, bool relu)
    {
        if (relu)
        {
            using var noGradient = torch.no_grad();
            Built(_min).ClampBelowInPlace(0);
            Built(_max).ClampBelowInPlace(0);
        }

        double[] least = TensorValues.Read(Built(_min)), most = TensorValues.Read(Built(_max));
        Find(least, most);
        FixedPointGroups formats = Use();
        return _settled is null ? value : Wrapped(x, bias, value, relu, formats, least, most);
    }

    // i ← max(i, what the range needs), and the sign of what is negative behind rounding. KIF needs the sign first, because its need
    // depends on it; KBI i first, because its grid does.
    private void Find(double[] min, double[] max)
    {
        FixedPointGroups before = Groups();
        double[] k = Array.ConvertAll(before.KeepNegative, static bit => (double)bit);
        double[] i = Array.ConvertAll(before.IntegerBits, static bits => (double)bits);
        if (!IsKbi)
        {
            MarkNegative(k, min, before);
        }

        for (int g = 0; g < i.Length; g++)
        {
            int f = before.FractionBits[g];
            double? need = IsKbi
                ? FixedPointElements.NeedOfMagnitude(Math.Max(Math.Abs(min[g]), Math.Abs(max[g])), before.IntegerBits[g] + f)
                : FixedPointElements.NeedOfRange(
                    FixedPointElements.Round(Math.Min(min[g], 0), f, Rounding),
                    FixedPointElements.Round(Math.Max(max[g], 0), f, Rounding),
                    (int)k[g],
                    f);
            i[g] = Math.Max(i[g], need ?? i[g]);
        }

        StoreIntegerBits(i);
        if (IsKbi)
        {
            MarkNegative(k, min, _settled ?? Groups());
        }

        using var noGradient = torch.no_grad();
        using var stored = TensorValues.Create(k, KeepNegative.Shape, KeepNegative.DataType);
        KeepNegative.CopyFrom(stored);
    }

    // Rounding keeps the order: where any value is negative behind it, the least one is. Without bits (KBI) nothing is left that could be
    // negative.
    private void MarkNegative(double[] k, double[] min, FixedPointGroups groups)
    {
        for (int g = 0; g < k.Length && Config.KeepNegative is null; g++)
        {
            if (!IsPruned(groups, g) && FixedPointElements.Round(Math.Min(min[g], 0), groups.FractionBits[g], Rounding) < 0)
            {
                k[g] = 1;
            }
        }
    }

    private bool IsPruned(FixedPointGroups groups, int g) =>
        IsKbi && Config.KeepNegative is not true && groups.IntegerBits[g] + groups.FractionBits[g] <= 0;

    private FixedPointGroups Use()
    {
        FixedPointGroups formats = _settled ?? Groups();
        _moved |= _used is { } before && !Same(before, formats);
        return _used = formats;
    }

    private void Forget()
    {
        using var noGradient = torch.no_grad();
        IntegerBits.Fill(Forgotten);
    }

    // The first group with a recorded value outside of its format.
    private int? Overflowing(FixedPointGroups groups)
    {
        double[] min = TensorValues.Read(Built(_min)), max = TensorValues.Read(Built(_max));
        for (int g = 0; g < min.Length; g++)
        {
            int k = groups.KeepNegative[g], i = groups.IntegerBits[g], f = groups.FractionBits[g];
            bool nothing = IsPruned(groups, g) || (min[g] == 0 && max[g] == 0);
            double high = Math.ScaleB(1, i) - Math.ScaleB(1, -f), low = k == 0 ? 0 : -Math.ScaleB(1, i);
            if (!nothing && (min[g] < low || max[g] > high))
            {
                return g;
            }
        }

        return null;
    }

    private static bool Same(FixedPointGroups a, FixedPointGroups b) =>
        a.KeepNegative.AsSpan().SequenceEqual(b.KeepNegative)
        && a.IntegerBits.AsSpan().SequenceEqual(b.IntegerBits)
        && a.FractionBits.AsSpan().SequenceEqual(b.FractionBits);
}
