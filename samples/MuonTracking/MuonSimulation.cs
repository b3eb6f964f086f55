using System;
using System.Globalization;
using System.IO;
using HGQ.Runtime.Randomness;

namespace MuonTracking;

/// <summary>
/// A small simulation of a muon that crosses three detector stations, each read out as a row of strips that are hit or not. The
/// angle of the track is to be measured from the hits (the third benchmark of Sun et al., "Gradient-based automatic mixed
/// precision quantization for neural networks on-chip", 2024, uses a similar detector).
/// </summary>
/// <remarks>
/// Units: metres and milliradians. Each station sees the track with a Gaussian resolution, with a chance to miss it, a chance that
/// the neighbouring strip fires too, and strips that fire by noise.
/// </remarks>
internal static class MuonSimulation
{
    /// <summary>Detector stations.</summary>
    public const int Stations = 3;

    /// <summary>Strips of a station.</summary>
    public const int Strips = 50;

    /// <summary>Column of the angle, in mrad.</summary>
    public const string Target = "angle";

    private const double Pitch = 0.02;
    private const double Distance = 2.0;
    private const double Resolution = 0.004;
    private const double Inefficiency = 0.01;
    private const double Sharing = 0.25;
    private const double Noise = 0.001;
    private const double MaximumAngle = 0.1;

    /// <summary>Writes simulated tracks as a table; the same seed gives the same bytes on every machine.</summary>
    /// <param name="path">File to write: 150 columns of 0 and 1, station by station, then the angle in mrad.</param>
    /// <param name="tracks">Number of tracks.</param>
    /// <param name="seed">Seed.</param>
    public static void Write(string path, int tracks, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var strips = new bool[Stations * Strips];
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (int n = 0; n < strips.Length; n++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"s{n / Strips}_{n % Strips},"));
        }

        writer.WriteLine(Target);
        for (int track = 0; track < tracks; track++)
        {
            double angle = Uniform(random, MaximumAngle), middle = Uniform(random, 0.25);
            Array.Clear(strips);
            for (int station = 0; station < Stations; station++)
            {
                double position = middle + (Math.Tan(angle) * Distance * (station - 1));
                Fire(random, strips.AsSpan(station * Strips, Strips), position);
            }

            foreach (bool hit in strips)
            {
                writer.Write(hit ? "1," : "0,");
            }

            writer.WriteLine((angle * 1000).ToString("R", CultureInfo.InvariantCulture));
        }
    }

    private static void Fire(DeterministicRandom random, Span<bool> strips, double position)
    {
        double measured = (position + (random.NextGaussian() * Resolution)) / Pitch + (Strips / 2.0);
        int strip = (int)Math.Floor(measured);
        int neighbour = measured - strip < 0.5 ? strip - 1 : strip + 1;
        bool seen = random.NextDouble() >= Inefficiency, shared = random.NextDouble() < Sharing;
        Set(strips, seen ? strip : -1);
        Set(strips, seen && shared ? neighbour : -1);
        for (int n = 0; n < strips.Length; n++)
        {
            Set(strips, random.NextDouble() < Noise ? n : -1);
        }
    }

    private static void Set(Span<bool> strips, int strip)
    {
        if (strip >= 0 && strip < strips.Length)
        {
            strips[strip] = true;
        }
    }

    private static double Uniform(DeterministicRandom random, double limit) => ((random.NextDouble() * 2) - 1) * limit;
}
