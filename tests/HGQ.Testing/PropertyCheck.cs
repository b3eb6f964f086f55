using System;
using System.Globalization;
using CsCheck;

namespace HGQ.Testing;

/// <summary>
/// Checks properties on random samples. A build that nobody changed must not fail by the luck of the draw: the samples are always the
/// same ones, unless <c>HGQ_FRESH_SEEDS</c> asks for new ones, or <c>CsCheck_Seed</c> for those of a failure.
/// </summary>
public static class PropertyCheck
{
    private const string Variable = "HGQ_FRESH_SEEDS";

    // Any number; with it the samples of all builds are the same.
    private const ulong UsualSeed = 20260101;

    /// <summary>Samples that <c>HGQ_FRESH_SEEDS</c> asks for in place of the usual ones; null: the usual ones.</summary>
    /// <exception cref="FormatException">The variable holds no positive number.</exception>
    public static int? Fresh => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int samples) && samples > 0
            ? samples
            : throw new FormatException($"{Variable} is \"{text}\"; it must be a number of samples, such as 1000.");

    private static bool IsSeedGiven => Environment.GetEnvironmentVariable("CsCheck_Seed") is { Length: > 0 };

    /// <summary>The assertion passes for all samples.</summary>
    /// <param name="gen">Draws samples.</param>
    /// <param name="assert">Throws where the property does not hold.</param>
    /// <param name="iter">Samples in every build.</param>
    /// <param name="size">What a sample counts for among fresh ones: the length of a batch.</param>
    public static void Holds<T>(this Gen<T> gen, Action<T> assert, int iter = 100, int size = 1)
    {
        ArgumentNullException.ThrowIfNull(gen);
        ArgumentNullException.ThrowIfNull(assert);
        if (Fresh is null && !IsSeedGiven)
        {
            CheckUsual(gen, assert, iter);
            return;
        }

        // CsCheck draws, makes what fails smaller, and prints its seed.
        gen.Sample(assert, iter: Fresh is { } fresh ? (fresh + size - 1) / size : iter, threads: 1);
    }

    /// <summary>The property is true for all samples.</summary>
    public static void Holds<T>(this Gen<T> gen, Func<T, bool> property, int iter = 100) =>
        gen.Holds(
            sample =>
            {
                if (!property(sample))
                {
                    throw new InvalidOperationException($"The property does not hold for {sample}.");
                }
            },
            iter);

    /// <summary>The property of two values.</summary>
    public static void Holds<T1, T2>(this Gen<(T1, T2)> gen, Func<T1, T2, bool> property, int iter = 100) =>
        gen.Holds(s => property(s.Item1, s.Item2), iter);

    /// <summary>The property of three values.</summary>
    public static void Holds<T1, T2, T3>(this Gen<(T1, T2, T3)> gen, Func<T1, T2, T3, bool> property, int iter = 100) =>
        gen.Holds(s => property(s.Item1, s.Item2, s.Item3), iter);

    /// <summary>The property of four values.</summary>
    public static void Holds<T1, T2, T3, T4>(this Gen<(T1, T2, T3, T4)> gen, Func<T1, T2, T3, T4, bool> property, int iter = 100) =>
        gen.Holds(s => property(s.Item1, s.Item2, s.Item3, s.Item4), iter);

    /// <summary>The property of five values.</summary>
    public static void Holds<T1, T2, T3, T4, T5>(
        this Gen<(T1, T2, T3, T4, T5)> gen, Func<T1, T2, T3, T4, T5, bool> property, int iter = 100) =>
        gen.Holds(s => property(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5), iter);

    /// <summary>The property of six values.</summary>
    public static void Holds<T1, T2, T3, T4, T5, T6>(
        this Gen<(T1, T2, T3, T4, T5, T6)> gen, Func<T1, T2, T3, T4, T5, T6, bool> property, int iter = 100) =>
        gen.Holds(s => property(s.Item1, s.Item2, s.Item3, s.Item4, s.Item5, s.Item6), iter);

    private static void CheckUsual<T>(Gen<T> gen, Action<T> assert, int iter)
    {
        var random = new PCG(1, UsualSeed);
        for (int n = 0; n < iter; n++)
        {
            string seed = random.ToString();
            T sample = gen.Generate(random, null, out _);
            try
            {
                assert(sample);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException(
                    $"Sample {n} of {iter} fails; CsCheck_Seed={seed} in the environment draws it first, and makes it smaller.", e);
            }
        }
    }
}
