using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using HGQ.Cli.Terminal;
using HGQ.Model.Serialization;

namespace HGQ.Cli.CommandLine;

/// <summary>Says what is wrong with a command line, and which word was probably meant.</summary>
internal static class UsageErrors
{
    public static void Print(ParseResult parsed, MessageWriter messages)
    {
        Command command = parsed.CommandResult.Command;
        string[] unknown = [.. parsed.UnmatchedTokens];
        foreach (string token in unknown)
        {
            string kind = token.StartsWith('-') ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
            string? nearest = NearestWord.Find(token, Words(parsed.CommandResult));
            messages.Error($"unknown {kind} '{token}'" + (nearest is null ? "" : $"; did you mean '{nearest}'?"));
        }

        // An unknown option leaves its value and missing arguments behind as errors of their own: one message is enough.
        foreach (string message in parsed.Errors.Select(static error => PlainMessage.Of(error.Message)).Distinct().Where(_ => unknown.Length == 0))
        {
            messages.Error(message.TrimEnd('.'));
        }

        messages.Note($"'{Path(parsed.CommandResult)} --help' shows the options and an example");
    }

    private static string Path(CommandResult result)
        => result.Parent is CommandResult parent ? Path(parent) + " " + result.Command.Name : "hgq";

    private static IEnumerable<string> Words(CommandResult result)
    {
        IEnumerable<string> words = result.Command.Subcommands.Select(command => command.Name)
            .Concat(result.Command.Options.SelectMany(option => option.Aliases.Prepend(option.Name)));
        return result.Parent is CommandResult parent
            ? words.Concat(parent.Command.Options.Where(option => option.Recursive).Select(option => option.Name))
            : words;
    }
}
