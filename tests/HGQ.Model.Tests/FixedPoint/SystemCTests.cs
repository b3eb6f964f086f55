using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Numerics;
using System.Text;
using HGQ.Model.FixedPoint;
using HGQ.Testing;

namespace HGQ.Model.Tests.FixedPoint;

/// <summary>Random conversions answered by SystemC's sc_fix and sc_ufix in a program that this test compiles.</summary>
public sealed class SystemCTests
{
    private const int Conversions = 100_000;

    private const string Program =
        """
        #define SC_INCLUDE_FX
        #include <systemc>
        #include <iostream>
        using namespace sc_dt;

        static const sc_q_mode roundings[] =
            {SC_TRN, SC_TRN_ZERO, SC_RND, SC_RND_ZERO, SC_RND_MIN_INF, SC_RND_INF, SC_RND_CONV};
        static const sc_o_mode overflows[] = {SC_WRAP, SC_SAT, SC_SAT_SYM, SC_SAT_ZERO};

        // Bit by bit: sc_fxval::to_int64() answers 0 for some powers of two.
        static void print(const sc_fxnum& number, int width, bool is_signed)
        {
            uint64 bits = is_signed && number[width - 1] ? ~uint64(0) : 0;
            for (int b = width - 1; b >= 0; b--)
                bits = (bits << 1) | (number[b] ? 1 : 0);
            if (is_signed) std::cout << (int64)bits << '\n';
            else std::cout << bits << '\n';
        }

        int sc_main(int, char**)
        {
            std::ios::sync_with_stdio(false);
            long long raw;
            int f2, k, i, f, q, o;
            while (std::cin >> raw >> f2 >> k >> i >> f >> q >> o) {
                sc_fxval value((int64)raw);
                value = f2 >= 0 ? value >> f2 : value << -f2;
                if (k) {
                    sc_fix target(k + i + f, k + i, roundings[q], overflows[o]);
                    target = value;
                    print(target, k + i + f, true);
                } else {
                    sc_ufix target(i + f, i, roundings[q], overflows[o]);
                    target = value;
                    print(target, i + f, false);
                }
            }
            return 0;
        }
        """;

    [ToolFact("g++", HostTools.SystemCHeader)]
    public void Random_conversions_equal_those_of_SystemC()
    {
        int seed = Environment.TickCount;
        List<Conversion> conversions = Draw(new Random(seed));
        string folder = Directory.CreateTempSubdirectory("hgq-systemc-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "convert.cpp"), Program);
            Run("g++", folder, "-O1", "-std=c++17", "convert.cpp", "-lsystemc", "-o", "convert");
            File.WriteAllText(Path.Combine(folder, "in.txt"), Text(conversions));
            Run("sh", folder, "-c", "./convert < in.txt > out.txt");
            string[] answers = File.ReadAllLines(Path.Combine(folder, "out.txt"));
            Assert.Equal(conversions.Count, answers.Length);
            for (int n = 0; n < answers.Length; n++)
            {
                BigInteger expected = BigInteger.Parse(answers[n], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                Assert.True(expected == conversions[n].Quantized(), $"{conversions[n]}: SystemC {expected}, seed {seed}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Conversion> Draw(Random random)
    {
        var conversions = new List<Conversion>(Conversions);
        for (int n = 0; n < Conversions; n++)
        {
            bool signed = random.Next(2) == 1;
            int width = random.Next(1, 65);
            int fractionBits = random.Next(-20, 70);
            var format = new FixedPointFormat(signed, width - fractionBits - (signed ? 1 : 0), fractionBits);
            long raw = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            int sourceFractionBits = fractionBits + random.Next(-30, 66);
            conversions.Add(new Conversion(raw, sourceFractionBits, format, random.Next(7), random.Next(4)));
        }

        return conversions;
    }

    private static string Text(List<Conversion> conversions)
    {
        var text = new StringBuilder();
        foreach (Conversion c in conversions)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{c.Raw} {c.FractionBits} {(c.Target.Signed ? 1 : 0)} {c.Target.IntegerBits} {c.Target.FractionBits} {c.Rounding} {c.Overflow}\n");
        }

        return text.ToString();
    }

    private static void Run(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors}");
    }

    private sealed record Conversion(long Raw, int FractionBits, FixedPointFormat Target, int Rounding, int Overflow)
    {
        public BigInteger Quantized()
        {
            var source = new FixedPointFormat(true, 63 - FractionBits, FractionBits);
            long stored = FixedPointArithmetic.Quantize(
                Raw, source, Target, ConversionDefinition.Roundings[Rounding], ConversionDefinition.Overflows[Overflow]);
            return Target.FromStorage(stored);
        }
    }
}
