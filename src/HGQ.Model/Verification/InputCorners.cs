using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Model.FixedPoint;
using HGQ.Model.Program;

namespace HGQ.Model.Verification;

/// <summary>Real inputs around the borders of the input formats: they try the conversion from reals, which codes skip.</summary>
public static class InputCorners
{
    /// <summary>Makes the samples of a program, in the units of the data: before standardisation.</summary>
    /// <returns>Kind and <see cref="IntegerProgram.InputSize"/> reals of each.</returns>
    public static IReadOnlyList<KeyValuePair<string, double[]>> Generate(IntegerProgram program) => new[]
    {
        Sample(program, "input at the maximum", format => format.MaxValue),
        Sample(program, "input at the minimum", format => format.MinValue),
        Sample(program, "input one step above the maximum", format => format.MaxValue + format.Step),
        Sample(program, "input one step below the minimum", format => format.MinValue - format.Step),
        Sample(program, "input half a step above the maximum", format => format.MaxValue + (format.Step / 2)),
        Sample(program, "input half a step below the minimum", format => format.MinValue - (format.Step / 2)),
        Sample(program, "input half a step above 0", format => format.Step / 2),
        Sample(program, "input half a step below 0", format => -format.Step / 2),
        Sample(program, "input five ranges above the maximum", format => (5 * (format.MaxValue - format.MinValue)) + format.MaxValue),
    };

    private delegate double Corner(FixedPointFormat format);

    private static KeyValuePair<string, double[]> Sample(IntegerProgram program, string kind, Corner corner)
    {
        var values = new List<double>();
        for (var i = 0; i < program.Inputs.Length; i++)
        {
            var input = program.Inputs[i];
            var port = program.CodePorts.FirstOrDefault(candidate => candidate.Input == i);
            for (var e = 0; e < input.Shape.Size; e++)
            {
                double value = port is null ? 0 : corner(program.Buffers[port.Destination].Formats[e]);

                // Formats beyond the exponents of a float have no such corner.
                value = Math.Abs(value) < float.MaxValue / 16 ? value : 0;
                values.Add(input.Standardization is { } s ? (value * Parse(s.Scale[e])) + Parse(s.Mean[e]) : value);
            }
        }

        return new KeyValuePair<string, double[]>(kind, values.ToArray());
    }

    private static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
