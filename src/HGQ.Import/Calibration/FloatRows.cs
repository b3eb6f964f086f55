using System;
using System.Collections.Generic;
using System.Linq;

namespace HGQ.Import.Calibration;

/// <summary>The rows that ranges and errors are taken from, as values of the input ports.</summary>
/// <param name="Count">Number of rows.</param>
/// <param name="All">Rows of the data, of which these are spread evenly.</param>
/// <param name="Ports">Values by port, row by row.</param>
internal sealed record FloatRows(int Count, int All, IReadOnlyDictionary<string, double[]> Ports)
{
    // All tensors of all rows are held in float64, twice.
    private const long MostNumbers = 1 << 24;

    /// <summary>Reads rows.</summary>
    /// <exception cref="ImportException">They do not fit the model's inputs.</exception>
    public static FloatRows Of(FloatModel model, CalibrationData data)
    {
        FloatNode[] ports = [.. model.Ports];
        int size = ports.Sum(static port => port.Shape.Size);
        if (data.Columns != size)
        {
            string inputs = string.Join(" and ", ports.Select(static port => $"'{port.Name}' {port.Shape}"));
            throw new ImportException("", FormattableString.Invariant(
                $"{data.Source} has {data.Columns} numbers a row, the model reads {size} ({inputs}); leave others out by --target or ")
                + "--ignore, or choose columns by --features");
        }

        int all = data.Values.Count / size;
        if (all == 0)
        {
            throw new ImportException("", $"{data.Source} has no rows; give inputs as the model gets them");
        }

        for (var n = 0; n < all * size; n++)
        {
            if (!double.IsFinite(data.Values[n]))
            {
                throw new ImportException("", FormattableString.Invariant(
                    $"{data.Source}: row {n / size}, number {n % size} is {data.Values[n]}; calibration needs finite numbers"));
            }
        }

        long numbers = model.Nodes.Sum(static node => (long)node.Shape.Size);
        var rows = (int)Math.Clamp(MostNumbers / numbers, 1, all);
        var values = new Dictionary<string, double[]>(StringComparer.Ordinal);
        var first = 0;
        foreach (FloatNode port in ports)
        {
            int length = port.Shape.Size;
            var taken = new double[rows * length];
            for (var e = 0; e < taken.Length; e++)
            {
                long row = (long)(e / length) * all / rows;
                taken[e] = data.Values[(int)((row * size) + first + (e % length))];
            }

            values[port.Name] = taken;
            first += length;
        }

        return new FloatRows(rows, all, values);
    }
}
