using System;
using System.Linq;
using System.Numerics;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Serialization;

/// <summary>Random shapes, formats and constants: uniform, per channel and per element; some of width 0, some of 64 bits.</summary>
internal sealed class RandomTensors(Random random)
{
    public TensorShape Shape() => random.Next(4) switch
    {
        0 => TensorShape.Of(random.Next(1, 7)),
        1 => TensorShape.Of(random.Next(1, 5), random.Next(1, 4)),
        2 => TensorShape.Of(random.Next(1, 4), random.Next(1, 4), random.Next(1, 4)),
        _ => TensorShape.Of(5),
    };

    public QuantizerSpec Quantizer(TensorShape shape) =>
        new(Formats(shape), Modes.Roundings[random.Next(Modes.Roundings.Count)], Modes.Overflows[random.Next(Modes.Overflows.Count)]);

    public IntegerTensor Constants(TensorShape shape)
    {
        TensorFormat formats = Formats(shape);
        long[] raw = [.. formats.Elements.Select(Raw)];
        return new IntegerTensor(formats, raw);
    }

    public LookupTable Table()
    {
        var input = new FixedPointFormat(random.Next(2) == 0, random.Next(-1, 3), 2);
        FixedPointFormat output = Format();
        int count = input.IsZero ? 1 : 1 << input.Width;
        return new LookupTable(input, output, Enumerable.Range(0, count).Select(_ => Raw(output)).ToArray());
    }

    private TensorFormat Formats(TensorShape shape)
    {
        int period = random.Next(3) switch { 0 => 1, 1 => shape.Channels, _ => shape.Size };
        FixedPointFormat[] pattern = [.. Enumerable.Range(0, period).Select(_ => Format())];
        return new TensorFormat(shape, Enumerable.Range(0, shape.Size).Select(e => pattern[e % period]).ToArray());
    }

    private FixedPointFormat Format()
    {
        bool signed = random.Next(2) == 0;
        int width = random.Next(8) switch { 0 => 64, 1 => 0, 2 => -2, _ => random.Next(1, 20) };
        int fractionBits = random.Next(-9, 20);
        return new FixedPointFormat(signed, width - fractionBits - (signed ? 1 : 0), fractionBits);
    }

    private long Raw(FixedPointFormat format)
    {
        BigInteger[] choices = [format.MinRaw, format.MaxRaw, 0, random.NextInt64()];
        return format.ToStorage(FixedPointArithmetic.Overflow(choices[random.Next(choices.Length)], format, OverflowMode.Wrap));
    }
}
