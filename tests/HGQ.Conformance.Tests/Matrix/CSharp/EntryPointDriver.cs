using System.Globalization;
using System.Linq;

namespace HGQ.Conformance.Tests.Matrix.CSharp;

/// <summary>
/// C# source that is compiled beside generated classes: a second part of each class that calls every entry point, the batches
/// at every vector width (widths that the machine lacks are computed in software), one sample at those that the machine has.
/// </summary>
internal static class EntryPointDriver
{
    /// <summary>Name of the driver's method in each class.</summary>
    public const string Method = "CallEverything";

    private static readonly int[] Lanes = [8, 16, 32];

    /// <summary>The driver of one class.</summary>
    /// <param name="className">The generated class.</param>
    /// <param name="codeType">Its type of codes, <c>int</c> or <c>long</c>.</param>
    /// <param name="classifies">Whether it has <c>Classify</c>.</param>
    public static string Source(string className, string codeType, bool classifies) => $$"""
        using System;
        public static partial class {{className}}
        {
            public static void {{Method}}(
                long[] wideCodes, double[] reals, float[] floats, int codeSamples, int realSamples,
                Action<string, long[]> ofCodes, Action<string, double[]> ofReals, Action<string, float[]> ofFloats, Action<string, int[]> classes)
            {
                var codes = Array.ConvertAll(wideCodes, code => unchecked(({{codeType}})code));
                {{Blocks("code", codeType, "codes", "codeSamples", "InputCodeSize", "PredictRaw", "ofCodes(name, Array.ConvertAll(results, result => (long)result))")}}
                {{Singles(codeType)}}
                {{Blocks("real", "double", "reals", "realSamples", "InputSize", "Predict", "ofReals(name, results)")}}
                {{Blocks("float", "float", "floats", "realSamples", "InputSize", "Predict", "ofFloats(name, results)")}}
                {{(classifies ? Classes() : "")}}
            }
        }
        """;

    private static string Blocks(string kind, string type, string inputs, string samples, string size, string single, string report) => $$"""
        {
            void Report(string name, {{type}}[] results) => {{report}};
            var results = new {{type}}[{{samples}} * OutputSize];
            for (int n = 0; n < {{samples}}; n++)
            {
                {{single}}({{inputs}}.AsSpan(n * {{size}}, {{size}}), results.AsSpan(n * OutputSize, OutputSize));
            }
            Report("{{single}} ({{kind}})", results);
            results = new {{type}}[results.Length];
            PredictBatch({{inputs}}, results, {{samples}});
            Report("PredictBatch ({{kind}})", results);
            {{string.Concat(Lanes.Select(lanes => Width(kind, type, inputs, samples, lanes.ToString(CultureInfo.InvariantCulture))))}}
        }
        """;

    // The kernels for one sample: scalar code, and vectors as far as the machine has them.
    private static string Singles(string codeType) => $$"""
        foreach (int bits in new[] { 0, System.Runtime.Intrinsics.X86.Avx2.IsSupported ? 256 : 0, System.Runtime.Intrinsics.X86.Avx512BW.IsSupported ? 512 : 0 })
        {
            var results = new {{codeType}}[codeSamples * OutputSize];
            for (int n = 0; n < codeSamples; n++)
            {
                PredictRaw(codes.AsSpan(n * InputCodeSize, InputCodeSize), results.AsSpan(n * OutputSize, OutputSize), bits);
            }
            ofCodes(FormattableString.Invariant($"PredictRaw, {bits} bits"), Array.ConvertAll(results, result => (long)result));
        }
        """;

    private static string Width(string kind, string type, string inputs, string samples, string lanes) => $$"""

            results = new {{type}}[results.Length];
            PredictBlocks({{inputs}}, results, {{samples}}, {{lanes}});
            Report("PredictBatch ({{kind}}), {{lanes}} lanes", results);
        """;

    private static string Classes() => """
        {
            var ofDoubles = new int[realSamples];
            for (int n = 0; n < realSamples; n++)
            {
                ofDoubles[n] = Classify(reals.AsSpan(n * InputSize, InputSize));
            }
            classes("Classify", ofDoubles);
        }
        """;
}
