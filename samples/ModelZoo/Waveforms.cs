using System;
using System.Globalization;
using System.IO;
using HGQ.Runtime.Randomness;

namespace ModelZoo;

/// <summary>
/// Simulated waveforms of a detector channel: 64 samples of a 10-bit converter with noise, and in them no pulse, one, or two that may overlap. The
/// number of pulses is to be found.
/// </summary>
internal static class Waveforms
{
    private const int Samples = 64;
    private const double Pedestal = 100;
    private const double Noise = 6;
    private const double RiseTime = 1.5;
    private const double DecayTime = 5;

    /// <summary>Writes waveforms as a table; the same bytes on every machine.</summary>
    /// <param name="path">File to write: 64 columns of counts, then the number of pulses.</param>
    /// <param name="test">Whether others are wanted, to test with.</param>
    public static void Write(string path, bool test)
    {
        var random = new DeterministicRandom(seed: 1, stream: test ? 1UL : 0);
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (int t = 0; t < Samples; t++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"t{t},"));
        }

        writer.WriteLine("pulses");
        for (int n = 0; n < (test ? 4_000 : 12_000); n++)
        {
            int pulses = n % 3;
            var signal = new double[Samples];
            double first = 4 + (random.NextDouble() * 40), gap = 4 + (random.NextDouble() * 16);
            for (int p = 0; p < pulses; p++)
            {
                Add(signal, first + (p * gap), 40 + (random.NextDouble() * 300));
            }

            foreach (double value in signal)
            {
                double counts = Math.Round(Math.Clamp(Pedestal + value + (Noise * Normal(random)), 0, 1023));
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{counts},"));
            }

            writer.WriteLine(pulses);
        }
    }

    private static void Add(double[] signal, double start, double height)
    {
        for (int t = (int)Math.Ceiling(start); t < signal.Length; t++)
        {
            double age = t - start;
            signal[t] += height * (1 - Math.Exp(-age / RiseTime)) * Math.Exp(-age / DecayTime);
        }
    }

    // Box and Muller, 1958.
    private static double Normal(DeterministicRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
