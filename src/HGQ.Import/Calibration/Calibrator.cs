using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Import.Drafting;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Import.Calibration;

/// <summary>Chooses the formats of a float model: ranges from the data, fraction bits by a width or by an error.</summary>
internal sealed class Calibrator
{
    private const int Rounds = 12;
    private const double Tightening = 0.75;

    private readonly FloatModel _model;
    private readonly FloatRows _rows;
    private readonly CalibrationOptions _options;
    private readonly IReadOnlyDictionary<string, InputFormat> _inputs;
    private readonly IReadOnlyList<Site> _sites;
    private readonly Dictionary<string, double[]> _wanted = new(StringComparer.Ordinal);

    // What this choice of formats computes, and the most fraction bits of it.
    private readonly Dictionary<string, double[]> _found = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _bits = new(StringComparer.Ordinal);

    public Calibrator(FloatModel model, FloatRows rows, CalibrationOptions options, IReadOnlyDictionary<string, InputFormat> inputs)
    {
        (_model, _rows, _options, _inputs, _sites) = (model, rows, options, inputs, Site.Of(model));
        foreach (FloatNode node in model.Nodes)
        {
            _wanted[node.Name] = rows.Ports.TryGetValue(node.Name, out double[]? port) ? port
                : Evaluate(node, _wanted, Doubles(node.Kernel), Doubles(node.Bias));
            RequireFinite(node);
        }
    }

    /// <summary>Choices for all sites.</summary>
    /// <exception cref="ImportException">No formats keep the error.</exception>
    public IReadOnlyList<(Site Site, SiteChoice Choice)> Run()
    {
        double factor = 1;
        List<(Site Site, SiteChoice Choice)> choices = Choose(factor);
        for (var round = 1; round < Rounds && _options.Bits is null && Worst(choices).Choice.Error > _options.MaxError; round++)
        {
            factor *= Tightening;
            choices = Choose(factor);
        }

        return _options.Bits is not null || Worst(choices).Choice.Error <= _options.MaxError ? choices : throw Refuse(Worst(choices));
    }

    private static (Site Site, SiteChoice Choice) Worst(List<(Site Site, SiteChoice Choice)> choices)
        => choices.MaxBy(static choice => choice.Choice.Error);

    private ImportException Refuse((Site Site, SiteChoice Choice) worst)
    {
        string error = (100 * worst.Choice.Error).ToString("G3", CultureInfo.InvariantCulture);
        string wanted = (100 * _options.MaxError).ToString("G3", CultureInfo.InvariantCulture);
        string narrow = worst.Site.IsPort && _inputs.ContainsKey(worst.Site.First.Name) ? "the format that --input gives"
            : worst.Site.IsFunction
            ? FormattableString.Invariant($"{SiteSearch.TableBits} bits in front of its table")
            : FormattableString.Invariant($"numbers of {CalibrationOptions.MostBits} bits");
        return new ImportException(worst.Site.First.Name,
            $"{worst.Site.First.Kind}: its error is {error} % with {narrow}, more than {wanted} %; give a larger --max-error, or --bits");
    }

    private List<(Site Site, SiteChoice Choice)> Choose(double factor)
    {
        _found.Clear();
        _bits.Clear();
        var ends = _sites.ToDictionary(static site => site.First.Name, StringComparer.Ordinal);
        var inner = _sites.SelectMany(static site => site.Nodes.Skip(1)).Select(static node => node.Name)
            .ToHashSet(StringComparer.Ordinal);
        int depth = _sites.Max(static site => site.Depth);
        var choices = new List<(Site, SiteChoice)>();
        foreach (FloatNode node in _model.Nodes.Where(node => !inner.Contains(node.Name)))
        {
            if (ends.TryGetValue(node.Name, out Site? site))
            {
                // Errors grow with the depth; the last layer may use all that is allowed.
                double target = _options.MaxError * factor * Math.Sqrt((double)site.Depth / depth);
                choices.Add((site, Choose(site, target)));
            }
            else
            {
                _found[node.Name] = Evaluate(node, _found, Doubles(node.Kernel), Doubles(node.Bias));
                _bits[node.Name] = Math.Max(InputBits(node), LimitBits(node));
            }
        }

        return choices;
    }

    private SiteChoice Choose(Site site, double target)
    {
        FloatNode first = site.First;
        if (site.IsPort && _inputs.TryGetValue(first.Name, out InputFormat? given))
        {
            return Given(site, given);
        }

        var search = new SiteSearch(site, _wanted[site.Last.Name], (kernel, bias) => Chain(site, kernel, bias), InputBits(first),
            _options.Bits);
        (SiteChoice choice, double[] results) = site.IsFunction ? Function(site, search, target) : search.Run(target);
        _found[site.Last.Name] = results;
        _bits[site.Last.Name] = choice.Format?.Format.Elements.Max(static f => f.FractionBits) ?? 0;
        return choice;
    }

    // The caller's format may truncate and wrap, which is done as an input port does it.
    private SiteChoice Given(Site site, InputFormat given)
    {
        var spec = new QuantizerSpec(TensorFormat.Uniform(site.Last.Shape, given.Format), given.Rounding, given.Overflow);
        double[] results = [.. _wanted[site.Last.Name].Select(x => FixedPointArithmetic.ToDouble(
            FixedPointArithmetic.FromDouble(x, given.Format, given.Rounding, given.Overflow), given.Format))];
        _found[site.Last.Name] = results;
        _bits[site.Last.Name] = given.Format.FractionBits;
        return new SiteChoice(null, null, 0, spec, null, FormatGrid.Error(results, _wanted[site.Last.Name]));
    }

    // A table is indexed by what its producer was given for it, or by a quantizer of its own.
    private (SiteChoice Choice, double[] Results) Function(Site site, SiteSearch search, double target)
    {
        FloatNode node = site.First;
        string input = node.Inputs[0];
        Func<double, double> function = ((FunctionStep)node.Step!).Function;
        double[] values = _found[input], wanted = _wanted[node.Name];
        QuantizerSpec? index = null;
        if (!_sites.Any(other => other.Last.Name == input && other.FeedsTable))
        {
            index = Index(node, values, x => FormatGrid.Error([.. x.Select(function)], wanted) <= target / Math.Sqrt(2));
            values = FormatGrid.Round(values, index);
        }

        double[] exact = [.. values.Select(function)];
        double error = FormatGrid.Error(exact, wanted);
        QuantizerSpec format = search.Results(exact, Math.Max(target, error * 1.01));
        double[] results = FormatGrid.Round(exact, format);
        return (new SiteChoice(null, null, 0, format, index, FormatGrid.Error(results, wanted)), results);
    }

    private QuantizerSpec Index(FloatNode node, double[] values, Func<double[], bool> suffices)
    {
        TensorShape shape = node.Shape;
        if (_options.Bits is { } bits)
        {
            return FormatGrid.Of(shape, values, 1, Math.Min(bits, SiteSearch.TableBits), 0, unsigned: false);
        }

        int widest = FormatGrid.IntegerBits(FormatGrid.Magnitudes(values, 1)[0]) ?? 0, sign = values.Any(static x => x < 0) ? 1 : 0;
        return SiteSearch.Smallest(1 - widest, SiteSearch.TableBits - sign - widest,
            f => FormatGrid.Of(shape, values, 1, null, f, unsigned: false), format => suffices(FormatGrid.Round(values, format)));
    }

    private double[] Chain(Site site, double[]? kernel, double[]? bias)
    {
        if (site.IsPort)
        {
            return _wanted[site.First.Name];
        }

        double[] results = Evaluate(site.First, _found, kernel, bias);
        foreach (FloatNode node in site.Nodes.Skip(1))
        {
            results = new FloatEvaluation(_rows.Count, node, [results], [node.Shape], null, null).Run();
        }

        return results;
    }

    private double[] Evaluate(FloatNode node, Dictionary<string, double[]> values, double[]? kernel, double[]? bias)
        => new FloatEvaluation(_rows.Count, node, [.. node.Inputs.Select(input => values[input])],
            [.. node.Inputs.Select(input => _model.Node(input).Shape)], kernel, bias).Run();

    private int InputBits(FloatNode node) => node.Inputs.Length == 0 ? 0 : node.Inputs.Max(input => _bits[input]);

    private static int LimitBits(FloatNode node) => node.Step is ClipStep clip
        ? Math.Max(clip.Low?.FractionBits ?? int.MinValue, clip.High?.FractionBits ?? int.MinValue) : int.MinValue;

    private static double[]? Doubles(Exact.Rational[]? numbers) => numbers is null ? null : [.. numbers.Select(static x => x.ToDouble())];

    private void RequireFinite(FloatNode node)
    {
        if (!_wanted[node.Name].All(double.IsFinite))
        {
            throw new ImportException(node.Name, $"{node.Kind}: the float model's own results are not finite for the calibration data");
        }
    }
}
