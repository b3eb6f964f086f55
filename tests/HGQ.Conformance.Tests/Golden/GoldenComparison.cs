using System;
using System.Linq;
using HGQ.Model.Program;

namespace HGQ.Conformance.Tests.Golden;

/// <summary>Compares an engine's raw results with recorded ones: equal numbers, whatever the number of fraction bits they are written with.</summary>
internal static class GoldenComparison
{
    /// <summary>Every element of every output of every sample.</summary>
    public static void Equal(GoldenModel model, IntegerProgram program, long[][] results)
    {
        Assert.Equal(model.Outputs.Select(output => output.Name), program.Outputs.Select(output => output.Name));
        Assert.Equal(model.Samples.Length, results.Length);
        var offset = 0;
        foreach (var (output, expected) in program.Outputs.Zip(model.Outputs))
        {
            var formats = program.Buffers[output.Buffer].Formats;
            Assert.Equal(expected.FractionBits.Length, formats.Length);
            for (var sample = 0; sample < results.Length; sample++)
            {
                for (var e = 0; e < formats.Length; e++)
                {
                    var raw = formats[e].FromStorage(results[sample][offset + e]);
                    int bits = Math.Max(formats[e].FractionBits, expected.FractionBits[e]);
                    var found = raw << (bits - formats[e].FractionBits);
                    var wanted = expected.Raw[sample][e] << (bits - expected.FractionBits[e]);
                    Assert.True(
                        found == wanted,
                        FormattableString.Invariant($"{model.Id}: output '{output.Name}', sample {sample}, element {e}: {found}, recorded {wanted}, both · 2^-{bits}"));
                }
            }

            offset += formats.Length;
        }
    }
}
