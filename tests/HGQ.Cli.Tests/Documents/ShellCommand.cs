using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using HGQ.Testing;

namespace HGQ.Cli.Tests.Documents;

/// <summary>A command of a page: its words, as a shell cuts them.</summary>
internal sealed record ShellCommand(CodeBlock Block, string[] Words)
{
    private static readonly string[] Programs = ["hgq", "dotnet"];

    /// <summary>The calls of <c>hgq</c> and <c>dotnet</c> in a block; what programs print stands beside them and is left out.</summary>
    public static IEnumerable<ShellCommand> In(CodeBlock block) =>
        from line in block.Text.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n')
        let typed = line.StartsWith("$ ", StringComparison.Ordinal) ? line[2..] : line
        where Programs.Any(program => typed.StartsWith(program + " ", StringComparison.Ordinal))
        from words in Cut(typed)
        where words.Length > 0 && Programs.Contains(words[0])
        select new ShellCommand(block, words);

    /// <summary>The arguments of <c>hgq</c>, also where <c>dotnet run</c> starts it; null for another program.</summary>
    public string[]? ToolArguments
    {
        get
        {
            int separator = Array.IndexOf(Words, "--");
            return Words[0] == "hgq" ? Words[1..]
                : Words[1] == "hgq" ? Words[2..]
                : Words[1] == "run" && Words.Contains("src/HGQ.Cli") && separator > 0 ? Words[(separator + 1)..]
                : null;
        }
    }

    /// <summary>Where it stands and what it says.</summary>
    public override string ToString() => $"{Block}: {string.Join(' ', Words)}";

    // Commands end at ;, &, | and #, words at blanks; what follows < or > is no word. Quotes hold blanks together.
    private static List<string[]> Cut(string line)
    {
        List<string[]> commands = [];
        List<string> words = [];
        var word = new StringBuilder();
        bool begun = false;
        char quote = '\0';
        void EndWord()
        {
            if (begun)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            begun = false;
        }

        void EndCommand()
        {
            EndWord();
            int redirected = words.FindIndex(static one => one is "<" or ">");
            commands.Add([.. redirected < 0 ? words : words.Take(redirected)]);
            words.Clear();
        }

        foreach (char c in line)
        {
            if (quote != '\0')
            {
                _ = c == quote ? word.Append("") : word.Append(c);
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '"' or '\'')
            {
                (quote, begun) = (c, true);
            }
            else if (c is ';' or '&' or '|' || (c == '#' && !begun))
            {
                EndCommand();
                if (c == '#')
                {
                    break;
                }
            }
            else if (c is ' ' or '<' or '>')
            {
                EndWord();
                if (c != ' ')
                {
                    words.Add(c.ToString());
                }
            }
            else
            {
                word.Append(c);
                begun = true;
            }
        }

        EndCommand();
        return commands;
    }
}
