using System;
using System.IO;
using Xunit;

namespace HGQ.Testing;

/// <summary>
/// Texts that were reviewed and are compared ever since. <c>HGQ_UPDATE_GOLDENS=1</c> writes them anew; with <c>CI=true</c> it can't, so that no build
/// passes by writing what it should compare.
/// </summary>
public static class GoldenText
{
    private const string Update = "HGQ_UPDATE_GOLDENS";

    /// <summary>Whether texts are to be written anew.</summary>
    public static bool Renews => IsRenewed(Environment.GetEnvironmentVariable(Update), HostTools.IsContinuousIntegration);

    /// <summary>Compares with a file of the repository, or renews it.</summary>
    public static void AssertEqual(string path, string text)
    {
        if (Renews)
        {
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is not there: {Update}=1 writes it.");
        string expected = File.ReadAllText(path);
        Assert.True(expected == text, expected == text ? "" : $"{path} says otherwise; {Update}=1 renews it, then read the difference.\n{FirstDifference(expected, text)}");
    }

    /// <summary>Whether a value of the variable renews.</summary>
    /// <exception cref="InvalidOperationException">It would, where nothing may be renewed.</exception>
    public static bool IsRenewed(string? value, bool continuousIntegration) => value switch
    {
        null or "" or "0" => false,
        _ when continuousIntegration => throw new InvalidOperationException($"{Update}={value} with CI=true: goldens are renewed by hand and reviewed."),
        "1" => true,
        _ => throw new InvalidOperationException($"{Update}={value}: 1 renews the goldens, nothing else does."),
    };

    private static string FirstDifference(string expected, string found)
    {
        string[] left = expected.Split('\n'), right = found.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"line {line + 1}\nexpected: {(line < left.Length ? left[line] : "the end")}\nfound:    {(line < right.Length ? right[line] : "the end")}";
    }
}
