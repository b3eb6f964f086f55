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

        _min = torch.full(Fbw.shape, double.PositiveInfinity, dtype: Fbw.dtype).DetachFromDisposeScope();
        _max = torch.full(Fbw.shape, double.NegativeInfinity, dtype: Fbw.dtype).DetachFromDisposeScope();
        register_buffer("min", _min);
        register_buffer("max", _max);
    }

    /// <summary>Empties the record.</summary>
    public void MinmaxRegReset()
    {
        Min.fill_(double.PositiveInfinity);
        Max.fill_(double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override void ResetRecord() => MinmaxRegReset();

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
        Min.copy_(Forward(low, training: false, recordMinmax: false));
        Max.copy_(Forward(high, training: false, recordMinmax: false));
    }

    private void Record(torch.Tensor xq)
    {
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var values = xq.detach();
        Min.copy_(torch.minimum(Min, ReduceShared(values, (t, dims) => t.amin(dims, keepdim: true))));
        Max.copy_(torch.maximum(Max, ReduceShared(values, (t, dims) => t.amax(dims, keepdim: true))));
    }
}
