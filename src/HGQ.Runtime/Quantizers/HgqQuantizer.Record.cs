using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

public sealed partial class HgqQuantizer
{
    /// <summary>Starts an empty record: minimum +∞, maximum −∞, of the shape of <see cref="Fbw"/>.</summary>
    public void InitMinmax()
    {
        if (_min is not null)
        {
            MinmaxRegReset();
            return;
        }

        _min = NewTensor.Full(Fbw.Shape, double.PositiveInfinity, dtype: Fbw.DataType).DetachFromDisposeScope();
        _max = NewTensor.Full(Fbw.Shape, double.NegativeInfinity, dtype: Fbw.DataType).DetachFromDisposeScope();
        register_buffer("min", _min);
        register_buffer("max", _max);
    }

    /// <summary>Empties the record.</summary>
    public void MinmaxRegReset()
    {
        Min.Fill(double.PositiveInfinity);
        Max.Fill(double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override void ResetRecord() => MinmaxRegReset();

    /// <inheritdoc/>
    /// <remarks>Within their limits from the first batch on: the grid of a bias follows the widths.</remarks>
    public override void BeginTracing()
    {
        ClipWidths();
        base.BeginTracing();
    }

    /// <inheritdoc/>
    public override void Widen(double factor, (double Low, double High)? limits = null)
    {
        if (!MinmaxRecord)
        {
            return;
        }

        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var (low, high) = Widened(Min, Max, factor, limits);
        Min.CopyFrom(Forward(low, training: false, recordMinmax: false));
        Max.CopyFrom(Forward(high, training: false, recordMinmax: false));
    }

    private void Record(torch.Tensor xq)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var values = xq.Detach();
        Min.CopyFrom(Min.Minimum(ReduceShared(values, (t, dims) => t.Amin(dims, keepdim: true))));
        Max.CopyFrom(Max.Maximum(ReduceShared(values, (t, dims) => t.Amax(dims, keepdim: true))));
    }
}
