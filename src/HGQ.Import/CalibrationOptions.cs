using System.Collections.Generic;

namespace HGQ.Import;

/// <summary>How the formats of a float model are chosen.</summary>
/// <param name="Data">Inputs as the model gets them.</param>
public sealed record CalibrationOptions(CalibrationData Data)
{
    /// <summary>Relative error that is kept where nothing else is asked for.</summary>
    public const double StandardError = 0.01;

    /// <summary>Fewest and most bits of a weight or a result.</summary>
    public const int FewestBits = 2, MostBits = 20;

    /// <summary>Bits of every weight and result, the sign included; null chooses the fewest that keep <see cref="MaxError"/>.</summary>
    public int? Bits { get; init; }

    /// <summary>
    /// Largest error of each layer's results: root mean square of the differences from the float model in float64, relative to that of
    /// its results.
    /// </summary>
    public double MaxError { get; init; } = StandardError;
}

/// <summary>Rows of inputs that ranges and errors are taken from.</summary>
/// <param name="Source">Where they come from, for messages.</param>
/// <param name="Columns">Numbers a row; those of all inputs one behind the other, each in the source's order of axes.</param>
/// <param name="Values">Row by row.</param>
public sealed record CalibrationData(string Source, int Columns, IReadOnlyList<double> Values);

/// <summary>What calibration chose for a layer, and what that costs.</summary>
/// <param name="Name">The layer of the source.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="WeightBits">Bits of its widest weight; 0 where it has none.</param>
/// <param name="FewestBits">Bits of its narrowest result; 0 where results keep all their bits.</param>
/// <param name="MostBits">Bits of its widest result; 0 where results keep all their bits.</param>
/// <param name="Error">Root mean square of the differences from the float model, relative to that of its results.</param>
public sealed record CalibratedLayer(string Name, string Kind, int WeightBits, int FewestBits, int MostBits, double Error);
