using System;
using System.Linq;
using Google.Protobuf;
using HGQ.Import.Emission.Nodes;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Program;
using Onnx;

namespace HGQ.Import.Emission.Qonnx;

/// <summary>Quantizers as nodes: Quant where QONNX has such a quantizer, else a function of its own domain.</summary>
internal sealed class QuantizerWriter(OnnxGraph graph, IntegerProgram program)
{
    /// <summary>Constants as Quant of their numbers, one format for the tensor.</summary>
    public string Constant(IntegerTensor tensor, double[] values, int[] shape)
    {
        FixedPointFormat[] formats = [.. tensor.Format.Elements.Where(static f => !f.IsZero)];
        int fraction = formats.Length == 0 ? 0 : formats.Max(static f => f.FractionBits);
        int integer = formats.Length == 0 ? 1 : formats.Max(static f => f.IntegerBits);
        bool signed = formats.Any(static f => f.Signed);
        int bits = Math.Max(1, integer + fraction) + (signed ? 1 : 0);
        return Quant(graph.Floats(values, shape), Number(Math.ScaleB(1, -fraction)), Number(bits), signed, narrow: false, "ROUND");
    }

    /// <summary>The quantizer of a layer, or of an input port, behind its reals.</summary>
    public string Write(string x, QuantizerSpec spec, string layer, bool isPort)
    {
        FixedPointFormat[] formats = [.. spec.Format.Elements];
        RequantizeInstruction[] done = isPort ? []
            : [.. program.Instructions.OfType<RequantizeInstruction>().Where(i => i.Layer == layer)];

        // Elements that are constants are not in the program: nothing is known of them.
        done = done.Any(i => i.Overflows.Length == formats.Length) ? done : [];
        bool fits = done.Length > 0 && done.All(static i => i.Overflows.All(static action => action == OverflowAction.None));
        bool rounds = done.Length == 0 || done.Any(static i => i.Shifts.Any(static shift => shift > 0));
        string? mode = rounds ? ModeOf(spec.Rounding, isPort) : "ROUND";
        bool clips = fits || spec.Overflow == OverflowMode.Saturate
            || (spec.Overflow == OverflowMode.SaturateSymmetric && formats.All(static f => f.Signed && f.Width > 1));
        bool alike = fits || formats.All(f => f.Signed == formats[0].Signed);

        // One signed bit is bipolar in QONNX.
        bool plain = formats.All(static f => !f.IsZero && (!f.Signed || f.Width > 1));
        if (mode is null || !clips || !alike || !plain)
        {
            return Own(x, spec, formats);
        }

        string scale = Numbers(spec.Format.Shape, [.. formats.Select(static f => Math.ScaleB(1, -f.FractionBits))]);
        bool signed = formats.Any(static f => f.Signed);
        string bits = Numbers(spec.Format.Shape, [.. formats.Select(f => (double)f.Width + (signed && !f.Signed ? 1 : 0))]);
        if (rounds && spec.Rounding == RoundingMode.RoundHalfUp)
        {
            x = graph.Node("Add", x, Numbers(spec.Format.Shape, [.. formats.Select(static f => Math.ScaleB(0.5, -f.FractionBits))]));
        }

        bool narrow = !fits && spec.Overflow == OverflowMode.SaturateSymmetric;
        return Quant(x, scale, bits, signed, narrow, mode);
    }

    /// <summary>A constant by element of a sample; one number where all are equal.</summary>
    public string Numbers(TensorShape shape, double[] values)
        => values.All(value => value.Equals(values[0])) ? Number(values[0]) : graph.Floats(values, [1, .. shape.Dimensions]);

    private static string? ModeOf(RoundingMode rounding, bool isPort) => rounding switch
    {
        RoundingMode.RoundHalfEven => "ROUND",
        RoundingMode.Truncate => "FLOOR",

        // Half a step is added in front, which a real input may not bear in float32.
        RoundingMode.RoundHalfUp => isPort ? null : "FLOOR",
        RoundingMode.RoundHalfDown or RoundingMode.RoundHalfAway or RoundingMode.RoundHalfToZero or RoundingMode.TruncateToZero => null,
        _ => throw new ArgumentOutOfRangeException(nameof(rounding), rounding, "This is no rounding mode."),
    };

    private string Own(string x, QuantizerSpec spec, FixedPointFormat[] formats)
    {
        bool symmetric = spec.Overflow == OverflowMode.SaturateSymmetric;
        return graph.Call(QuantizerFunctions.Own(spec.Rounding, spec.Overflow),
            [
                x,
                Numbers(spec.Format.Shape, [.. formats.Select(static f => Math.ScaleB(1, -f.FractionBits))]),
                Numbers(spec.Format.Shape, [.. formats.Select(f => graph.Number(symmetric && f.Signed ? -f.MaxRaw : f.MinRaw))]),
                Numbers(spec.Format.Shape, [.. formats.Select(f => graph.Number(f.MaxRaw))]),
            ]);
    }

    private string Quant(string x, string scale, string bits, bool signed, bool narrow, string mode)
        => graph.Call(QuantizerFunctions.Quant(), [x, scale, Number(0), bits], Integer("signed", signed), Integer("narrow", narrow),
            Integer(QuantizerFunctions.Floors, mode == "FLOOR"),
            new AttributeProto
            {
                Name = "rounding_mode",
                Type = AttributeProto.Types.AttributeType.String,
                S = ByteString.CopyFromUtf8(mode),
            });

    private string Number(double value) => graph.Floats([value], []);

    private static AttributeProto Integer(string name, bool value) => new()
    {
        Name = name,
        Type = AttributeProto.Types.AttributeType.Int,
        I = value ? 1 : 0,
    };
}
