using System;
using System.Linq;
using HGQ.Runtime.Cost;
using HGQ.Runtime.Fused;
using HGQ.Runtime.Tensors;
using TorchSharp;

namespace HGQ.Runtime.Quantizers;

public sealed partial class HgqQuantizer
{
    /// <summary>Differentiable bits: of a reference that is quantized here, or of the record.</summary>
    /// <param name="reference">Values, or null: the record decides.</param>
    /// <param name="quantized">Whether the reference is quantized already.</param>
    /// <param name="posOnly">Whether only values from 0 up count (behind a relu).</param>
    public BitTensors GetBits(torch.Tensor? reference = null, bool quantized = false, bool posOnly = false)
    {
        torch.Tensor integerBits, keepNegative;
        using (torch.no_grad())
        using (var scope = torch.NewDisposeScope())
        {
            if (reference is null)
            {
                integerBits = MagnitudeBits(posOnly ? Max.Relu() : Min.Abs().Maximum(Max.Abs()));
                keepNegative = posOnly ? NewTensor.ZerosLike(Min) : Min.LessThan(0).ToType(Min.DataType);
            }
            else
            {
                var values = quantized ? reference.Detach() : Forward(reference.Detach(), training: false, recordMinmax: false);
                values = posOnly ? values.Relu() : values;
                integerBits = ReduceShared(MagnitudeBits(values.Abs()), (t, dims) => t.Amax(dims, keepdim: true));
                keepNegative = ReduceShared(values.LessThan(0).ToType(values.DataType), (t, dims) => t.Amax(dims, keepdim: true));
            }

            scope.MoveToOuter(integerBits, keepNegative);
        }

        var rounded = Fbw.Detach().Round();
        return new BitTensors(integerBits, rounded.Add(Fbw.Subtract(Fbw.Detach())), keepNegative);
    }

    /// <summary>Exact formats for export: from the record, or of each value of a reference by itself.</summary>
    /// <param name="reference">Values that are quantized here, or null: the record decides.</param>
    /// <param name="posOnly">Whether only values from 0 up count (behind a relu).</param>
    /// <exception cref="InvalidOperationException">There is no record, or some minimum is above its maximum.</exception>
    public FixedPointBits GetBitsExact(torch.Tensor? reference = null, bool posOnly = false)
    {
        if (reference is not null)
        {
            using var noGradient = torch.no_grad();
            using var values = Forward(reference.Detach(), training: false, recordMinmax: false);
            return GetArrBits(values);
        }

        return RecordedFormats(posOnly, mostIntegerBits: 32);
    }

    private FixedPointBits RecordedFormats(bool posOnly, int mostIntegerBits)
    {
        var (min, max, fbw) = (TensorValues.Read(Min), TensorValues.Read(Max), TensorValues.Read(Fbw));
        var (k, i, f) = (new int[fbw.Length], new int[fbw.Length], new int[fbw.Length]);
        for (var e = 0; e < fbw.Length; e++)
        {
            // NaN is refused here too.
            if (!(min[e] <= max[e]))
            {
                throw new InvalidOperationException($"The quantizer {Name} has no recorded range (element {e}); run TraceMinmax first.");
            }

            (k[e], i[e], f[e]) = RangeFormat(min[e], max[e], (int)Math.Round(fbw[e], MidpointRounding.ToEven), posOnly, mostIntegerBits);
        }

        return new FixedPointBits(Fbw.Shape, k, i, f);
    }

    /// <summary>The smallest format of each value of an array by itself; exact for every float32 and float64 value.</summary>
    public static FixedPointBits GetArrBits(torch.Tensor array)
    {
        var formats = Array.ConvertAll(TensorValues.Read(array), ExactBinary.Format);
        return new FixedPointBits(
            array.Shape,
            [.. formats.Select(x => x.KeepNegative)],
            [.. formats.Select(x => x.IntegerBits)],
            [.. formats.Select(x => x.FractionBits)]);
    }

    /// <inheritdoc/>
    public override torch.Tensor ActivationBits(bool posOnly) => Count == EbopsCount.Hgq2
        ? GetBits(posOnly: posOnly).Magnitude()
        : ScaleGradient(GetBits(posOnly: posOnly).Width(), GradientScale);

    /// <inheritdoc/>
    /// <remarks>
    /// As many integer bits as the record asks for, so that nothing that was traced overflows: what integers can't hold, the export refuses.
    /// </remarks>
    public override FixedPointBits ExactActivationBits(bool posOnly) => RecordedFormats(posOnly, mostIntegerBits: 1024);

    internal static (int KeepNegative, int IntegerBits, int FractionBits) RangeFormat(
        double min, double max, int f, bool posOnly, int mostIntegerBits)
    {
        var k = !posOnly && min < 0 ? 1 : 0;
        int? i;
        if (posOnly)
        {
            i = max > 0 ? ExactBinary.FloorLog2(max) + 1 : null;
        }
        else
        {
            // A range that reaches down to exactly −2^i costs no further bit.
            var below = min != 0 ? ExactBinary.CeilingLog2(min) : (int?)null;
            var top = max + Math.ScaleB(1, -f);
            var above = top != 0 ? ExactBinary.CeilingLog2(top) : (int?)null;
            i = below > above || above is null ? below : above;
        }

        var clipped = Math.Clamp(i ?? int.MinValue, -f - k, Math.Max(mostIntegerBits, -f - k));
        return k + clipped + f == 0 ? (0, 0, 0) : (k, clipped, f);
    }

    // ⌊log2 v⌋ + 1 = the exponent that frexp gives; −∞ for 0.
    private static torch.Tensor MagnitudeBits(torch.Tensor magnitude)
    {
        var exponent = magnitude.Frexp().Exponent.ToType(magnitude.DataType);
        var bits = magnitude.EqualTo(0).Choose(NewTensor.FullLike(magnitude, double.NegativeInfinity), exponent);
        return magnitude.IsInfinity().Choose(magnitude, bits);
    }
}
