using System.Globalization;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Benchmarks.Inference;

/// <summary>Mean and scale of an input's elements: what a model takes before it is standardised.</summary>
internal sealed class InputGrid
{
    private readonly double[]? _mean;
    private readonly double[]? _scale;

    public InputGrid(ProgramInput input)
    {
        if (input.Standardization is { } standardization)
        {
            _mean = [.. standardization.Mean.Select(Parse)];
            _scale = [.. standardization.Scale.Select(Parse)];
        }
    }

    /// <summary>Mean of an element; 0 where nothing is standardised.</summary>
    public double Mean(int element) => _mean?[element] ?? 0;

    /// <summary>Scale of an element; 1 where nothing is standardised.</summary>
    public double Scale(int element) => _scale?[element] ?? 1;

    /// <summary>The real that is standardised to <paramref name="value"/>.</summary>
    public float Real(double value, int element) => (float)((value * Scale(element)) + Mean(element));

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);
}
