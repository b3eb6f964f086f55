using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace HGQ.Cli.CommandLine;

/// <summary>An option that is a list of whole numbers.</summary>
internal static class NumberList
{
    /// <summary>The numbers, or null where there is no list.</summary>
    /// <exception cref="CommandException">One is no positive whole number.</exception>
    public static long[]? Read(Option option, string? text)
    {
        if (text is null)
        {
            return null;
        }

        long[] numbers = [.. text.Split(',')
            .Select(static part => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0)];
        return numbers.All(static number => number > 0)
            ? numbers
            : throw new CommandException(
                $"{option.Name} '{text}': expected positive whole numbers, parted by commas, for example 500,2000");
    }
}
