using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Runtime.Randomness;

namespace ModelZoo;

/// <summary>Sequences of eight tokens out of four, each token as four columns of which one is 1. The most frequent token is to be found; there are no ties.</summary>
internal static class TokenSequences
{
    private const int Length = 8;
    private const int Tokens = 4;

    /// <summary>Writes sequences as a table; the same bytes on every machine.</summary>
    /// <param name="path">File to write: 8 · 4 columns of 0 and 1, then the letter of the most frequent token.</param>
    /// <param name="test">Whether others are wanted, to test with.</param>
    public static void Write(string path, bool test)
    {
        var random = new DeterministicRandom(seed: 2, stream: test ? 1UL : 0);
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        for (int n = 0; n < Length * Tokens; n++)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"p{n / Tokens}_{n % Tokens},"));
        }

        writer.WriteLine("token");
        for (int rows = test ? 2_000 : 8_000; rows > 0;)
        {
            int[] tokens = [.. Enumerable.Range(0, Length).Select(_ => (int)(random.NextUInt64() % Tokens))];
            int[] counts = [.. Enumerable.Range(0, Tokens).Select(token => tokens.Count(t => t == token))];
            if (counts.Count(count => count == counts.Max()) > 1)
            {
                continue;
            }

            foreach (int token in tokens)
            {
                writer.Write(string.Concat(Enumerable.Range(0, Tokens).Select(t => t == token ? "1," : "0,")));
            }

            writer.WriteLine((char)('a' + Array.IndexOf(counts, counts.Max())));
            rows--;
        }
    }
}
