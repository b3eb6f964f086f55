using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using HGQ.HlsEmit.Projects;
using HGQ.Model.Interpretation;
using HGQ.Model.Naming;
using HGQ.Model.Program;

namespace HGQ.HlsEmit.Vectors;

/// <summary>
/// The file the test bench reads: input codes and what has to come out, as hexadecimal integers. Computed by the reference
/// interpreter, never by the emitted code.
/// </summary>
internal static class VectorFile
{
    /// <summary>Most values of layers in a file, so that a large network does not fill the disk.</summary>
    private const int MostProbedValues = 1_500_000;

    /// <summary>Writes the text.</summary>
    public static string Write(IntegerProgram program, IReadOnlyList<long[]> samples, ProbePlan probes, int probedSamples)
    {
        var values = probes.Layers.Sum(layer => layer.Elements.Count);
        var probed = values == 0 ? 0 : System.Math.Min(System.Math.Min(samples.Count, probedSamples), MostProbedValues / values);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"hgq-vectors 1 samples {samples.Count} codes {program.InputCodeSize} results {program.OutputSize} ");
        text.Append(CultureInfo.InvariantCulture, $"outputs {program.Outputs.Length} layers {probes.Layers.Count} probed {probed}\n");
        foreach (var output in program.Outputs)
        {
            text.Append(CultureInfo.InvariantCulture, $"output {Word(output.Name)} {program.Buffers[output.Buffer].Length}\n");
        }

        foreach (var layer in probes.Layers)
        {
            text.Append(CultureInfo.InvariantCulture, $"layer {Word(layer.Layer)} {layer.Elements.Count}");
            foreach (var element in layer.Elements)
            {
                text.Append(CultureInfo.InvariantCulture, $" {element.Element} {element.Position}");
            }

            text.Append('\n');
        }

        WriteSamples(text, program, samples, probes, probed);
        return text.ToString();
    }

    private static void WriteSamples(StringBuilder text, IntegerProgram program, IReadOnlyList<long[]> samples, ProbePlan probes, int probed)
    {
        var interpreter = new ReferenceInterpreter(program);
        var results = new long[program.OutputSize];
        var byPosition = probes.Buffers.SelectMany(b => Enumerable.Range(0, program.Buffers[b.Key].Length).Select(e => (Position: b.Value + e, Buffer: b.Key, Element: e)))
            .ToDictionary(p => p.Position, p => (p.Buffer, p.Element));
        for (var n = 0; n < samples.Count; n++)
        {
            interpreter.Run(samples[n], results);
            Append(text, 's', samples[n]);
            Append(text, 'r', results);
            if (n < probed)
            {
                Append(text, 'p', probes.Layers.SelectMany(layer => layer.Elements).Select(e => byPosition[e.Position]).Select(p => interpreter.Buffers[p.Buffer][p.Element]));
            }
        }
    }

    private static void Append(StringBuilder text, char tag, IEnumerable<long> values)
    {
        text.Append(tag);
        foreach (var value in values)
        {
            // The 64 bits of the storage, so that one reader serves signed and unsigned elements.
            text.Append(' ').Append(value < 0 && value > long.MinValue ? "-" : "")
                .Append((value > long.MinValue ? System.Math.Abs(value) : value).ToString("x", CultureInfo.InvariantCulture));
        }

        text.Append('\n');
    }

    private static string Word(string name) => name.Length == 0 ? "_" : new string(name.Select(c => char.IsWhiteSpace(c) || !NameText.IsVisible(c) ? '_' : c).ToArray());
}
