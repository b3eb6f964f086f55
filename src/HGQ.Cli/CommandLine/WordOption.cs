using System.CommandLine;
using System.Linq;
using HGQ.Model.Serialization;

namespace HGQ.Cli.CommandLine;

/// <summary>An option with a few words as values; a wrong one is refused with the list of right ones.</summary>
internal sealed class WordOption<T>
    where T : struct
{
    private readonly (string Word, T Value)[] _values;

    public WordOption(string name, string description, T standard, params (string Word, T Value)[] values)
    {
        _values = values;
        string[] words = [.. values.Select(static value => value.Word)];
        Option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join("|", words),
            DefaultValueFactory = _ => values.First(value => value.Value.Equals(standard)).Word,
        };
        Option.CompletionSources.Add(words);
    }

    /// <summary>The option to add to a command.</summary>
    public Option<string> Option { get; }

    /// <summary>The value of a command line.</summary>
    /// <exception cref="CommandException">The word is none of the list.</exception>
    public T Of(ParseResult arguments)
    {
        string word = arguments.GetRequiredValue(Option);
        foreach ((string known, T value) in _values)
        {
            if (known == word)
            {
                return value;
            }
        }

        string[] words = [.. _values.Select(static value => value.Word)];
        string? nearest = NearestWord.Find(word, words);
        throw new CommandException(
            $"{Option.Name} '{word}' does not exist" + (nearest is null ? "" : $"; did you mean '{nearest}'?") + $" Values: {string.Join(", ", words)}");
    }
}
