using System.Collections.Generic;
using System.CommandLine;
using System.Text;
using HGQ.Cli.CommandLine;
using HGQ.Runtime.Data;

namespace HGQ.Cli.Commands;

/// <summary>How the data of a training are read: which columns, which rows, what labels are.</summary>
internal sealed class ReadingOptions
{
    private readonly Option<string[]> _features = new("--features")
    {
        Description = "Columns to learn from, in this order. Default: all but the target. A name with a comma stands in double quotes.",
        HelpName = "COL,COL,…",
    };

    private readonly Option<string[]> _ignored = new("--ignore") { Description = "Columns to leave out. May be repeated, as --features.", HelpName = "COL,COL,…" };
    private readonly WordOption<LabelReading> _labels = new(
        "--labels", "Whether labels are text (007 and 7 are two classes) or numbers (they are one).", LabelReading.Text,
        ("text", LabelReading.Text), ("numbers", LabelReading.Numbers));

    private readonly WordOption<MissingValues> _missing = CreateMissing();

    /// <summary>The options to add to a command.</summary>
    public IEnumerable<Option> All => [_features, _ignored, _labels.Option, _missing.Option];

    public static WordOption<MissingValues> CreateMissing() => new(
        "--missing", "Rows with a missing value: refuse the file, or drop them.", MissingValues.Refuse,
        ("refuse", MissingValues.Refuse), ("drop", MissingValues.DropRow));

    /// <exception cref="CommandException">A word is none of the right ones, or a list is none.</exception>
    public DataOptions Read(ParseResult arguments, string? target) => new()
    {
        Target = target,
        Features = Names(_features, arguments.GetValue(_features)),
        Ignored = Names(_ignored, arguments.GetValue(_ignored)),
        Labels = _labels.Of(arguments),
        Missing = _missing.Of(arguments),
    };

    private static List<string>? Names(Option option, string[]? lists)
    {
        if (lists is not { Length: > 0 })
        {
            return null;
        }

        var names = new List<string>();
        foreach (string list in lists)
        {
            AddNames(option, list, names);
        }

        return names;
    }

    // As a line of a CSV file: commas part, quotes hold together.
    private static void AddNames(Option option, string list, List<string> names)
    {
        var name = new StringBuilder();
        bool quoted = false, wasQuoted = false;
        for (int at = 0; at <= list.Length; at++)
        {
            if (at == list.Length || (list[at] == ',' && !quoted))
            {
                string text = wasQuoted ? name.ToString() : name.ToString().Trim(' ');
                names.Add(text.Length > 0 && !quoted ? text : throw new CommandException($"{option.Name} '{list}': expected names of columns, parted by commas"));
                name.Clear();
                wasQuoted = false;
            }
            else if (list[at] == '"' && quoted && at + 1 < list.Length && list[at + 1] == '"')
            {
                name.Append(list[at++]);
            }
            else if (list[at] == '"' && (quoted || name.Length == 0))
            {
                (quoted, wasQuoted) = (!quoted, true);
            }
            else
            {
                name.Append(list[at]);
            }
        }
    }
}
