using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using HGQ.Cli.CommandLine;
using HGQ.Cli.Terminal;
using HGQ.Import;
using HGQ.Runtime.Data;

namespace HGQ.Cli.Commands;

/// <summary>What <c>hgq import</c> takes to choose the formats of a float model, and the table of what was chosen.</summary>
internal sealed class CalibrationArguments
{
    private readonly Option<string?> _data = new("--calibrate")
    {
        Description = "Inputs that formats of a float model are chosen by: delimited text with a header, IDX or NPY file, or -.",
        HelpName = "DATA",
    };

    private readonly Option<int?> _bits = NumberOption.OptionalCount(
        "--bits", "Bits of every weight and result of a float model. Default: the fewest that keep --max-error.",
        CalibrationOptions.FewestBits);

    private readonly Option<double?> _error = NumberOption.OptionalPositive(
        "--max-error", "Largest relative error of each layer of a float model (0.01: 1 % of the root mean square). Default: 0.01.");

    private readonly Option<string> _target = DataOption.CreateTarget(required: false);
    private readonly ReadingOptions _reading = new();

    public IEnumerable<Option> All => [_data, _bits, _error, _target, .. _reading.All];

    /// <summary>The options of a calibration; null without data.</summary>
    /// <exception cref="CommandException">Options do not go together, or a value can't be.</exception>
    /// <exception cref="DataFormatException">Anything about the file is not as it should be.</exception>
    public CalibrationOptions? Read(ParseResult arguments)
    {
        (int? bits, double? error) = (arguments.GetValue(_bits), arguments.GetValue(_error));
        if (arguments.GetValue(_data) is not { } path)
        {
            Option? alone = All.Skip(1).FirstOrDefault(option => arguments.GetResult(option) is { Implicit: false });
            return alone is null
                ? null
                : throw new CommandException($"{alone.Name} belongs to a calibration; it goes with --calibrate DATA");
        }

        if (bits is not null && error is not null)
        {
            throw new CommandException("--bits gives every number its width, --max-error chooses the widths; leave one out");
        }

        if (bits > CalibrationOptions.MostBits)
        {
            throw new CommandException(FormattableString.Invariant(
                $"{_bits.Name} {bits}: expected {CalibrationOptions.FewestBits} to {CalibrationOptions.MostBits} bits"));
        }

        NumericArray features = DatasetLoader.LoadFeatures(path, _reading.Read(arguments, arguments.GetValue(_target)));
        var values = new double[features.Length];
        features.CopyTo(0, values);
        bool rows = features.Shape.Count > 1 && features.Shape[0] > 0;
        int columns = rows ? features.Length / features.Shape[0] : Math.Max(1, features.Length);
        return new CalibrationOptions(new CalibrationData(DataFile.NameOf(path), columns, values))
        {
            Bits = bits,
            MaxError = error ?? CalibrationOptions.StandardError,
        };
    }

    /// <summary>One line a layer; nothing for an exact import.</summary>
    public static string Print(IEnumerable<CalibratedLayer> layers)
    {
        var table = new TextTable("layer", "kind", ">weight bits", ">result bits", ">error");
        var any = false;
        foreach (CalibratedLayer layer in layers)
        {
            any = true;
            string results = layer.MostBits == 0 ? "all" : layer.FewestBits == layer.MostBits ? Number(layer.MostBits)
                : $"{Number(layer.FewestBits)}..{Number(layer.MostBits)}";
            string error = (100 * layer.Error).ToString("F2", CultureInfo.InvariantCulture) + " %";
            table.Add(layer.Name, layer.Kind, layer.WeightBits == 0 ? "" : Number(layer.WeightBits), results, error);
        }

        return any ? table.ToString() : "";
    }

    private static string Number(int bits) => bits.ToString(CultureInfo.InvariantCulture);
}
