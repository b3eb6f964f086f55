using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Generators.Tests.Emission;

/// <summary>A model that standardises and quantizes, and reals that are borders between two codes, their neighbours, or odd.</summary>
internal sealed class StandardizedInputs
{
    // Divided by the smallest scale it is no infinity yet, which would have no code.
    private const float MostUnderWrap = 1e31F;
    private readonly Random _random;
    private readonly FixedPointFormat[] _formats;
    private readonly double[] _mean;
    private readonly double[] _scale;
    private readonly RoundingMode _rounding;
    private readonly OverflowMode _overflow;
    private readonly int _mostBits;
    private readonly bool _signed;
    private readonly int? _fractionBits;

    /// <summary>Means and scales of this kind are different for each element.</summary>
    public const int Mixed = 6;

    public StandardizedInputs(int seed, int size, RoundingMode rounding, OverflowMode overflow, int kind = Mixed, int mostBits = 15, bool signed = true, int? fractionBits = null)
    {
        _random = new Random(seed);
        _rounding = rounding;
        _overflow = overflow;
        _mostBits = mostBits;
        _signed = signed;
        _fractionBits = fractionBits;
        Size = size;
        int[] kinds = [.. Enumerable.Range(0, size).Select(_ => kind < Mixed ? kind : _random.Next(Mixed))];
        _formats = Array.ConvertAll(kinds, Format);
        _mean = Array.ConvertAll(kinds, Mean);
        _scale = Array.ConvertAll(kinds, Scale);
    }

    /// <summary>Number of elements.</summary>
    public int Size { get; }

    /// <summary>The model, with a dense layer where <paramref name="outputs"/> is not 0.</summary>
    public ModelGraph Graph(int outputs = 0)
    {
        var shape = TensorShape.Of(Size);
        var metadata = new ModelMetadata(new[] { new Standardization("x", Texts(_mean), Texts(_scale)) }, default);
        var layers = new List<LayerNode> { new InputLayer("x", shape), new QuantizeLayer("q", "x", new QuantizerSpec(new TensorFormat(shape, _formats), _rounding, _overflow)) };
        if (outputs > 0)
        {
            var weights = TensorShape.Of(Size, outputs);
            long[] raw = [.. Enumerable.Range(0, weights.Size).Select(_ => (long)_random.Next(-3, 4))];
            layers.Add(new DenseLayer("dense", "q", new IntegerTensor(TensorFormat.Uniform(weights, new FixedPointFormat(true, 3, 0)), raw), null, ActivationKind.Linear, null));
        }

        return new ModelGraph("standardized", layers.ToArray(), new[] { new ModelOutput("y", layers[^1].Name) }, metadata);
    }

    /// <summary>Samples one behind the other: in one half of them most reals are as near to a border as can be, in the other none is nearer than a distance of the sample's own.</summary>
    public double[] Reals(int samples)
        => [.. Enumerable.Range(0, samples * Size).Select(n => n / Size % 2 == 0 ? Real(n % Size) : BesideBorder(n % Size, Math.Pow(2, -2 - (n / Size / 2 % 23))))];

    private double Real(int e) => _random.Next(24) switch
    {
        0 => 0,
        1 => -0.0,
        2 => _mean[e],
        3 => double.Epsilon * _random.Next(-3, 4),
        4 => float.Epsilon * _random.Next(-3, 4),
        5 => (_random.NextDouble() - 0.5) * 1e9,
        6 => BitConverter.Int32BitsToSingle(_random.Next()) is var any && Math.Abs(any) < MostUnderWrap ? any : MostUnderWrap,
        7 => _overflow == OverflowMode.Wrap ? -MostUnderWrap : double.PositiveInfinity,
        8 => _overflow == OverflowMode.Wrap ? MostUnderWrap : -float.MaxValue,
        < 14 => _mean[e] + (_scale[e] * (_random.NextDouble() - 0.5) * 8),
        _ => NextToBorder(e),
    };

    // The definition rounds to float32 before it compares, so the border between doubles lies half a bit of that below.
    private double NextToBorder(int e)
    {
        var format = _formats[e];
        double code = _random.Next((int)format.MinRaw - 2, (int)format.MaxRaw + 3);
        double value = (code - (_rounding is RoundingMode.Truncate or RoundingMode.TruncateToZero ? 0 : 0.5)) * format.Step;
        value *= _random.Next(3) == 0 ? 1 - Math.Pow(2, -25) : 1;
        double border = (value * _scale[e]) + _mean[e];
        int steps = _random.Next(-3, 4);
        return _random.Next(2) == 0 ? Moved(border, steps, Math.BitIncrement, Math.BitDecrement) : Moved((float)border, steps, MathF.BitIncrement, MathF.BitDecrement);
    }

    private double BesideBorder(int e, double distance)
    {
        var format = _formats[e];
        double code = _random.Next((int)format.MinRaw - 2, (int)format.MaxRaw + 3) - 0.5;
        return ((code + (distance * (_random.Next(2) == 0 ? 1 : -1))) * format.Step * _scale[e]) + _mean[e];
    }

    private static T Moved<T>(T start, int steps, Func<T, T> up, Func<T, T> down)
    {
        for (var n = 0; n < Math.Abs(steps); n++)
        {
            start = steps > 0 ? up(start) : down(start);
        }

        return start;
    }

    private FixedPointFormat Format(int kind)
    {
        bool signed = _random.Next(2) == 0 && _signed;
        int most = _random.Next(3) == 0 ? _mostBits : Math.Min(_mostBits, 7);
        if (_fractionBits is { } bits)
        {
            int one = _random.Next(6) == 0 ? 0 : 1, place = _random.Next(bits, bits + 2);
            return new FixedPointFormat(false, one - place, place);
        }

        int width = kind == 0 ? _random.Next(0, 2) : _random.Next(-1, most) + (signed ? 1 : 0);
        int fraction = kind == 0 ? _random.Next(-1, 1) : _random.Next(-6, 13);
        return new FixedPointFormat(signed, width - fraction - (signed ? 1 : 0), fraction);
    }

    // Pixels, nothing at all, ordinary features, far-off ones whose differences are small, and anything.
    private double Mean(int kind) => kind switch
    {
        0 or 1 => 0,
        2 or 3 => (_random.NextDouble() - 0.5) * 6,
        4 => 1e4 * (_random.NextDouble() + 0.5),
        _ => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-6, 6)),
    };

    private double Scale(int kind) => kind switch
    {
        0 => 255,
        1 => 1,
        2 or 3 => 0.1 + _random.NextDouble(),
        4 => 0.01 + (_random.NextDouble() * 0.1),
        _ => Math.Pow(10, (_random.NextDouble() * 12) - 6) * (_random.Next(2) == 0 ? -1 : 1),
    };

    private static string[] Texts(double[] values) => Array.ConvertAll(values, value => value.ToString("R", CultureInfo.InvariantCulture));
}
