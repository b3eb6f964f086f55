using System;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Chooses the formats of one site, given what stands in front of it already.</summary>
/// <param name="site">The site.</param>
/// <param name="wanted">Results of the float model.</param>
/// <param name="evaluate">Results of the nodes with these constants on the rounded inputs, not rounded themselves.</param>
/// <param name="inputBits">Most fraction bits of what the site reads.</param>
/// <param name="bits">Bits of every number; null searches.</param>
internal sealed class SiteSearch(Site site, double[] wanted, Func<double[]?, double[]?, double[]> evaluate, int inputBits, int? bits)
{
    /// <summary>Most bits of a table's index.</summary>
    public const int TableBits = 12;

    private const int MostMagnitude = CalibrationOptions.MostBits - 1;

    private readonly double[]? _kernel = site.First.Kernel is { } kernel ? [.. kernel.Select(static w => w.ToDouble())] : null;
    private readonly double[]? _bias = site.First.Bias is { } bias ? [.. bias.Select(static b => b.ToDouble())] : null;

    /// <summary>Chooses.</summary>
    /// <param name="target">Error that should not be passed.</param>
    /// <returns>The choice and the rounded results.</returns>
    public (SiteChoice Choice, double[] Results) Run(double target)
    {
        double[] exact = evaluate(_kernel, _bias);
        double before = FormatGrid.Error(exact, wanted);

        // Errors add up like noise; a site whose inputs use up all there is gets a share all the same.
        double share = Math.Max((target * target) - (before * before), target * target / 100);
        (double[]? kernel, double[]? bias, int weightBits) = Constants(Math.Sqrt((before * before) + (share / (site.KeepsBits ? 1 : 2))));
        double[] sums = kernel is null ? exact : evaluate(kernel, bias);
        QuantizerSpec? format = site.KeepsBits ? null : Results(sums, Math.Sqrt((before * before) + share));
        double[] results = format is null ? sums : FormatGrid.Round(sums, format);
        return (new SiteChoice(kernel, bias, weightBits, format, null, FormatGrid.Error(results, wanted)), results);
    }

    /// <summary>Formats of the results, the narrowest that keep the error.</summary>
    public QuantizerSpec Results(double[] sums, double target)
    {
        TensorShape shape = site.Last.Shape;
        int channels = site.FeedsTable || site.IsFunction || (site.IsPort && shape.Rank > 1) ? 1 : shape.Channels;
        int most = site.FeedsTable ? TableBits : CalibrationOptions.MostBits;
        if (bits is { } width)
        {
            return FormatGrid.Of(shape, wanted, channels, Math.Min(width, most), 0, site.IsRectified);
        }

        int widest = FormatGrid.Magnitudes(wanted, channels).Max(static m => FormatGrid.IntegerBits(m)) ?? 0;
        int sign = !site.IsRectified && wanted.Any(static x => x < 0) ? 1 : 0;
        return Smallest(1 - widest, most - sign - widest, f => FormatGrid.Of(shape, wanted, channels, null, f, site.IsRectified),
            format => FormatGrid.Error(FormatGrid.Round(sums, format), wanted) <= target);
    }

    /// <summary>The smallest number of bits that will do, or the largest.</summary>
    public static T Smallest<T>(int least, int most, Func<int, T> make, Func<T, bool> suffices)
    {
        while (least < most)
        {
            int middle = least + ((most - least) / 2);
            (least, most) = suffices(make(middle)) ? (least, middle) : (middle + 1, most);
        }

        return make(most);
    }

    private (double[]? Kernel, double[]? Bias, int Bits) Constants(double target)
    {
        if (_kernel is null)
        {
            return (null, null, 0);
        }

        int outputs = site.First.Shape.Channels;
        double[] magnitudes = FormatGrid.Magnitudes(_kernel, outputs);
        int widest = magnitudes.Max(static m => FormatGrid.IntegerBits(m)) ?? 0;
        if (bits is { } width)
        {
            int[] each = [.. magnitudes.Select(m => width - 1 - (FormatGrid.IntegerBits(m) ?? 0))];
            return Rounded(each, width - 1);
        }

        return Smallest(
            1 - widest, MostMagnitude - widest, f => Rounded([.. Enumerable.Repeat(f, outputs)], MostMagnitude),
            constants => FormatGrid.Error(evaluate(constants.Kernel, constants.Bias), wanted) <= target);
    }

    // Summands stand on the grid of the sums, where their bits cost nothing.
    private (double[] Kernel, double[]? Bias, int Bits) Rounded(int[] fractionBits, int magnitudeBits)
    {
        double[] kernel = FormatGrid.Round(_kernel!, fractionBits, magnitudeBits);
        int[] sums = [.. fractionBits.Select(f => f + inputBits)];
        double[]? bias = _bias is null ? null : FormatGrid.Round(_bias, sums, 50);
        int widest = kernel.Select((w, n) => w == 0 ? 0
            : (FormatGrid.IntegerBits(w < 0 ? -w : w) ?? 0) + fractionBits[n % fractionBits.Length] + 1).Max();
        return (kernel, bias, widest);
    }
}
