using System;
using System.Linq;

namespace HGQ.Cli.Commands;

/// <summary>Names of files, and commands as they are pasted.</summary>
internal static class ReportFiles
{
    /// <summary>The chosen model in the folder of a run.</summary>
    public const string Model = "model.hgq.json";

    private const string Plain = "._-/:=,@%+~";

    /// <summary>A command of this tool; words with other characters than those of paths and numbers stand in quotes.</summary>
    public static string Command(params string[] words) => string.Join(' ', words.Prepend("hgq").Select(Quoted));

    private static string Quoted(string word) => word.Length > 0 && word.All(IsPlain)
        ? word
        : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || Plain.Contains(character, StringComparison.Ordinal);
}
