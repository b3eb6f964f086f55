using System.Collections.Generic;
using System.Text;
using HGQ.Model.Interpretation;
using HGQ.Model.Program;
using HGQ.VerilogEmit.Plans;

namespace HGQ.VerilogEmit.Vectors;

/// <summary>
/// The file that the benches read: for each sample a line with the bits of all results and of all codes, hexadecimal, an underscore
/// between them. The results are the reference interpreter's, never those of the emitted code.
/// </summary>
internal static class VectorFile
{
    private const string Digits = "0123456789abcdef";

    /// <summary>Writes the text.</summary>
    public static string Write(
        IntegerProgram program, IReadOnlyList<PortPlan> inputs, IReadOnlyList<PortPlan> outputs, IReadOnlyList<long[]> samples)
    {
        var interpreter = new ReferenceInterpreter(program);
        var results = new long[program.OutputSize];
        var text = new StringBuilder();
        foreach (long[] codes in samples)
        {
            interpreter.Run(codes, results);
            Append(text, outputs, results);
            text.Append('_');
            Append(text, inputs, codes);
            text.Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IReadOnlyList<PortPlan> ports, long[] values)
    {
        var bits = new List<bool>();
        int n = 0;
        foreach (var port in ports)
        {
            foreach (var element in port.Elements)
            {
                for (int bit = 0; bit < element.Width; bit++)
                {
                    bits.Add(((values[n] >> bit) & 1) != 0);
                }

                n++;
            }
        }

        for (int digit = (System.Math.Max(1, bits.Count) + 3) / 4 - 1; digit >= 0; digit--)
        {
            int value = 0;
            for (int bit = 0; bit < 4; bit++)
            {
                value |= (digit * 4) + bit < bits.Count && bits[(digit * 4) + bit] ? 1 << bit : 0;
            }

            text.Append(Digits[value]);
        }
    }
}
