using System;
using System.Globalization;
using System.Linq;
using System.Reflection;
using HGQ.Cli.Engines;
using HGQ.Model.FixedPoint;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing.Graphs;

namespace HGQ.Generators.Tests.Emission;

/// <summary>
/// Standardised reals at and next to every border between two codes: the estimate in single precision gives the integers of the
/// definition (docs/integer-program.md §1, docs/fixed-point.md §5), at every width of vectors.
/// </summary>
public class StandardizedInputTests
{
    private const int Samples = 160;

    private const int Outputs = 24;

    private delegate void BatchOf<T>(ReadOnlySpan<T> inputs, Span<T> results, int count);

    // Pixels, nothing, features, features far off, features of any magnitude, and all of them.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Means_and_scales_of_every_kind(int kind)
    {
        foreach (var overflow in new[] { OverflowMode.Wrap, OverflowMode.Saturate })
        {
            AssertEqual(new StandardizedInputs(kind, 40, RoundingMode.RoundHalfUp, overflow, kind), $"{overflow}, kind {kind}");
        }
    }

    // Two vectors of the widest kind and a rest, one of them, one of 256 bits, tiles, and less than any vector holds.
    [Theory]
    [InlineData(40)]
    [InlineData(16)]
    [InlineData(9)]
    [InlineData(150)]
    [InlineData(5)]
    public void Reals_next_to_borders_get_the_codes_of_the_definition(int size) => FuzzSeeds.Check(2, 1, seeds =>
    {
        RoundingMode rounding = Modes.Roundings[seeds[0] % Modes.Roundings.Count];
        OverflowMode overflow = Modes.Overflows[seeds[0] / Modes.Roundings.Count % Modes.Overflows.Count];
        AssertEqual(new StandardizedInputs(seeds[0], size, rounding, overflow), $"seed {seeds[0]}, {rounding}, {overflow}");
    });

    // Whole samples wait as bytes where all codes fit one.
    [Theory]
    [InlineData(OverflowMode.Wrap, 7, true)]
    [InlineData(OverflowMode.Wrap, 9, false)]
    [InlineData(OverflowMode.Saturate, 7, true)]
    [InlineData(OverflowMode.Saturate, 9, false)]
    [InlineData(OverflowMode.SaturateToZero, 7, true)]
    public void Many_inputs_whose_codes_are_bytes(OverflowMode overflow, int mostBits, bool signed)
    {
        var inputs = new StandardizedInputs(5, 201, RoundingMode.RoundHalfUp, overflow, mostBits: mostBits, signed: signed);
        Assert.Contains(signed ? "TransposeSigned(" : "TransposeUnsigned(", CSharpEmitter.Emit(Lower(inputs), new CSharpOptions("N", "M")), StringComparison.Ordinal);
        AssertEqual(inputs, $"{overflow}, {mostBits} bits, signed {signed}");
    }

    [Theory]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Wrap)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Saturate)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.SaturateSymmetric)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.SaturateToZero)]
    [InlineData(RoundingMode.RoundHalfEven, OverflowMode.Wrap)]
    [InlineData(RoundingMode.RoundHalfAway, OverflowMode.Saturate)]
    [InlineData(RoundingMode.RoundHalfToZero, OverflowMode.Wrap)]
    [InlineData(RoundingMode.RoundHalfDown, OverflowMode.Saturate)]
    [InlineData(RoundingMode.Truncate, OverflowMode.Saturate)]
    [InlineData(RoundingMode.TruncateToZero, OverflowMode.Wrap)]
    public void Every_rounding_and_overflow(RoundingMode rounding, OverflowMode overflow)
        => AssertEqual(new StandardizedInputs(1, 200, rounding, overflow), $"{rounding}, {overflow}");

    // Pixels and plain reals whose codes are single bits are compared with thresholds; other kinds go over bytes.
    [Theory]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Wrap, 0, true)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Wrap, 1, true)]
    [InlineData(RoundingMode.RoundHalfEven, OverflowMode.Wrap, 0, true)]
    [InlineData(RoundingMode.RoundHalfToZero, OverflowMode.SaturateToZero, 0, true)]
    [InlineData(RoundingMode.Truncate, OverflowMode.Wrap, 1, true)]
    [InlineData(RoundingMode.TruncateToZero, OverflowMode.Saturate, 2, true)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Saturate, 2, true)]
    [InlineData(RoundingMode.RoundHalfDown, OverflowMode.Saturate, 4, true)]
    [InlineData(RoundingMode.RoundHalfAway, OverflowMode.SaturateSymmetric, 3, true)]
    [InlineData(RoundingMode.RoundHalfUp, OverflowMode.Wrap, 2, false)]
    public void Single_bits_of_many_inputs(RoundingMode rounding, OverflowMode overflow, int kind, bool compared)
    {
        foreach (int size in new[] { 192, 203 })
        {
            var inputs = new StandardizedInputs(4, size, rounding, overflow, kind, fractionBits: -1);
            string source = CSharpEmitter.Emit(Lower(inputs, Outputs), new CSharpOptions("N", "M"));
            Assert.Contains("Lookup512(", source, StringComparison.Ordinal);
            Assert.Equal(compared, source.Contains("beyond0", StringComparison.Ordinal));
            AssertEqual(inputs, $"{rounding}, {overflow}, kind {kind}, {size}", Outputs);
        }
    }

    [Theory]
    [InlineData(float.NaN, OverflowMode.Wrap)]
    [InlineData(float.NaN, OverflowMode.Saturate)]
    [InlineData(float.NegativeInfinity, OverflowMode.Wrap)]
    public void What_has_no_code_is_named_among_single_bits(float value, OverflowMode overflow)
    {
        var inputs = new StandardizedInputs(4, 203, RoundingMode.RoundHalfUp, overflow, kind: 0, fractionBits: -1);
        using var model = GeneratedModel.Compile(Lower(inputs, Outputs));
        foreach (int e in Enumerable.Range(0, inputs.Size).Where(e => e % 7 == 0 || e > 185))
        {
            var samples = new float[300 * inputs.Size];
            samples[(70 * inputs.Size) + e] = value;
            var error = Assert.Throws<ArgumentException>(() => model.PredictBatch(samples, 300));
            Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Element {(70 * inputs.Size) + e} is {value}, which has no code."), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Roundings_to_the_nearest_take_the_estimate_and_the_others_the_division()
    {
        string Source(RoundingMode rounding) => CSharpEmitter.Emit(Lower(new StandardizedInputs(1, 40, rounding, OverflowMode.Wrap)), new CSharpOptions("N", "M"));
        Assert.Contains("near0", Source(RoundingMode.RoundHalfUp), StringComparison.Ordinal);
        Assert.Contains("near0", Source(RoundingMode.RoundHalfEven), StringComparison.Ordinal);
        Assert.DoesNotContain("near0", Source(RoundingMode.Truncate), StringComparison.Ordinal);
    }

    // Inputs that hold no bits are looked at too.
    [Theory]
    [InlineData(float.NaN, OverflowMode.Wrap)]
    [InlineData(float.NaN, OverflowMode.Saturate)]
    [InlineData(float.PositiveInfinity, OverflowMode.Wrap)]
    public void What_has_no_code_is_named_at_every_place(float value, OverflowMode overflow)
    {
        var inputs = new StandardizedInputs(3, 70, RoundingMode.RoundHalfUp, overflow, kind: 2);
        using var model = GeneratedModel.Compile(Lower(inputs));
        for (var e = 0; e < inputs.Size; e++)
        {
            var sample = new float[40 * inputs.Size];
            sample[(37 * inputs.Size) + e] = value;
            var error = Assert.Throws<ArgumentException>(() => model.PredictBatch(sample, 40));
            string expected = string.Create(CultureInfo.InvariantCulture, $"Element {(37 * inputs.Size) + e} is {value}, which has no code.");
            Assert.StartsWith(expected, error.Message, StringComparison.Ordinal);
            error = Assert.Throws<ArgumentException>(() => model.Predict(sample[(37 * inputs.Size)..(38 * inputs.Size)]));
            Assert.StartsWith($"Element {e} is", error.Message, StringComparison.Ordinal);
        }
    }

    private static void AssertEqual(StandardizedInputs inputs, string note, int outputs = 0)
    {
        var program = Lower(inputs, outputs);
        var interpreter = new ReferenceInterpreter(program);
        double[] reals = inputs.Reals(Samples);
        double[] singles = Array.ConvertAll(reals, x => (double)(float)x);
        double[] expected = Expected(interpreter, reals);
        double[] expectedOfSingles = Expected(interpreter, singles);
        var assembly = Assembly.Load(GeneratedModel.Compile(NarrowedVectors.Of(CSharpEmitter.Emit(program, new CSharpOptions("Generated", "Model")))));
        var model = assembly.GetType("Generated.Model", throwOnError: true)!;
        foreach (int bits in new[] { 512, 256, 0 })
        {
            assembly.GetType(NarrowedVectors.TypeName, throwOnError: true)!.GetField(NarrowedVectors.FieldName)!.SetValue(null, bits);
            AssertEqual(model, program, reals, expected, $"{note}, at most {bits} bits");
            AssertEqual(model, program, Array.ConvertAll(singles, x => (float)x), Array.ConvertAll(expectedOfSingles, x => (float)x), $"{note}, at most {bits} bits");
        }
    }

    private static void AssertEqual<T>(Type model, IntegerProgram program, T[] reals, T[] expected, string note)
        where T : struct
    {
        int size = program.InputSize, outputs = program.OutputSize;
        BatchOf<T> batch = Method<BatchOf<T>>(model, "PredictBatch", typeof(ReadOnlySpan<T>), typeof(Span<T>), typeof(int));
        var predict = Method<GeneratedModel.SampleMethod<T>>(model, "Predict", typeof(ReadOnlySpan<T>), typeof(Span<T>));
        var results = new T[expected.Length];
        batch(reals, results, Samples);
        AssertSame(expected, results, outputs == size ? reals : [], outputs, "PredictBatch, " + note);
        Array.Clear(results);
        for (var s = 0; s < Samples; s++)
        {
            predict(reals.AsSpan(s * size, size), results.AsSpan(s * outputs, outputs));
        }

        AssertSame(expected, results, outputs == size ? reals : [], outputs, "Predict, " + note);
    }

    private static void AssertSame<T>(T[] expected, T[] found, T[] reals, int size, string note)
    {
        int n = Enumerable.Range(0, expected.Length).FirstOrDefault(n => !Equals(expected[n], found[n]), -1);
        string From(int n) => reals.Length > 0 ? FormattableString.Invariant($"{reals[n]:R} gave ") : string.Empty;
        Assert.True(n < 0, n < 0 ? note : FormattableString.Invariant($"element {n % size} of sample {n / size}: {From(n)}{found[n]}, not {expected[n]}; {note}"));
    }

    private static TDelegate Method<TDelegate>(Type model, string name, params Type[] parameters)
        where TDelegate : Delegate
        => model.GetMethod(name, BindingFlags.Static | BindingFlags.Public, parameters)!.CreateDelegate<TDelegate>();

    private static double[] Expected(ReferenceInterpreter interpreter, double[] reals)
        => [.. reals.Chunk(interpreter.Program.InputSize).SelectMany(sample => interpreter.Decode(interpreter.Predict(sample)))];

    private static IntegerProgram Lower(StandardizedInputs inputs, int outputs = 0) => Lowerer.Lower(inputs.Graph(outputs));
}
