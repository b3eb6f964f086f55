using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

// Runs every entry point of every model on the samples of NAME.samples and compares with the results that stand there.
Console.WriteLine($"{RuntimeInformation.FrameworkDescription}; vectors of {Widest()} bits");
int differences = Dense.Check() + Image.Check() + Normalized.Check() + Standardized.Check() + Bits.Check();
Console.WriteLine($"{differences} differences");
return differences == 0 ? 0 : 1;

static int Widest() => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

[HGQ.HgqModel("dense.hgq.json")]
internal static partial class Dense
{
    internal static int Check() => new Entries(
        "dense", InputCodeSize, OutputSize, Predict, Predict, PredictRaw, (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), Classify).Check();
}

[HGQ.HgqModel("image.hgq.json")]
internal static partial class Image
{
    internal static int Check() => new Entries(
        "image", InputCodeSize, OutputSize, Predict, Predict, PredictRaw, (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), Classify).Check();
}

[HGQ.HgqModel("normalized.hgq.json")]
internal static partial class Normalized
{
    internal static int Check() => new Entries(
        "normalized", InputCodeSize, OutputSize, Predict, Predict, PredictRaw, (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), Classify).Check();
}

[HGQ.HgqModel("standardized.hgq.json")]
internal static partial class Standardized
{
    internal static int Check() => new Entries(
        "standardized", InputCodeSize, OutputSize, Predict, Predict, PredictRaw, (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), Classify).Check();
}

[HGQ.HgqModel("bits.hgq.json")]
internal static partial class Bits
{
    internal static int Check() => new Entries(
        "bits", InputCodeSize, OutputSize, Predict, Predict, PredictRaw, (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), (x, y, n) => PredictBatch(x, y, n), Classify).Check();
}

internal delegate void One<T>(ReadOnlySpan<T> inputs, Span<T> results);

internal delegate void Many<T>(ReadOnlySpan<T> inputs, Span<T> results, int count);

internal delegate int Class(ReadOnlySpan<float> inputs);

internal sealed record Entries(
    string Name, int Inputs, int Outputs, One<float> Float, One<double> Double, One<int> Raw, Many<float> Floats, Many<double> Doubles, Many<int> Raws, Class Classify)
{
    public int Check()
    {
        using var file = new BinaryReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, Name + ".samples")));
        int count = file.ReadInt32();
        int[] codes = Read(count * Inputs, file.ReadInt32), raw = Read(count * Outputs, file.ReadInt32);
        double[] reals = Read(count * Inputs, file.ReadDouble), values = Read(count * Outputs, file.ReadDouble);
        float[] floats = Array.ConvertAll(reals, real => (float)real), singles = Array.ConvertAll(values, value => (float)value);
        int found = Compare("PredictRaw", raw, OneByOne(Raw, codes, count)) + Compare("Predict", singles, OneByOne(Float, floats, count))
            + Compare("Predict double", values, OneByOne(Double, reals, count)) + Compare("Classify", Classes(values), Classified(floats, count));

        // Whole vectors, tails, and fewer samples than lanes.
        foreach (int n in new[] { 1, 5, 8, 31, 33, count })
        {
            found += Compare("PredictBatch", raw[..(n * Outputs)], Batch(Raws, codes[..(n * Inputs)], n))
                + Compare("PredictBatch float", singles[..(n * Outputs)], Batch(Floats, floats[..(n * Inputs)], n))
                + Compare("PredictBatch double", values[..(n * Outputs)], Batch(Doubles, reals[..(n * Inputs)], n));
        }

        return found;
    }

    private static T[] Read<T>(int count, Func<T> next)
    {
        var values = new T[count];
        for (int n = 0; n < count; n++)
        {
            values[n] = next();
        }

        return values;
    }

    private T[] OneByOne<T>(One<T> predict, T[] inputs, int count)
    {
        var results = new T[count * Outputs];
        for (int n = 0; n < count; n++)
        {
            predict(inputs.AsSpan(n * Inputs, Inputs), results.AsSpan(n * Outputs, Outputs));
        }

        return results;
    }

    private T[] Batch<T>(Many<T> predict, T[] inputs, int count)
    {
        var results = new T[count * Outputs];
        predict(inputs, results, count);
        return results;
    }

    private int[] Classified(float[] inputs, int count)
    {
        var classes = new int[count];
        for (int n = 0; n < count; n++)
        {
            classes[n] = Classify(inputs.AsSpan(n * Inputs, Inputs));
        }

        return classes;
    }

    private int[] Classes(double[] values) => values.Chunk(Outputs).Select(sample => Array.IndexOf(sample, sample.Max())).ToArray();

    private int Compare<T>(string entry, T[] expected, T[] found)
        where T : IEquatable<T>
    {
        int different = expected.Zip(found).Count(pair => !pair.First.Equals(pair.Second));
        if (different > 0 || expected.Length != found.Length)
        {
            Console.WriteLine($"{Name}: {entry}: {different} of {expected.Length} differ");
        }

        return different + Math.Abs(expected.Length - found.Length);
    }
}
