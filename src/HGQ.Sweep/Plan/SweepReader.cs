using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using HGQ.Model.Serialization;
using static System.FormattableString;

namespace HGQ.Sweep.Plan;

/// <summary>Turns a sweep file into a plan.</summary>
/// <param name="text">The text of the file.</param>
/// <param name="folder">Where its paths begin.</param>
internal sealed class SweepReader(SweepText text, string folder)
{
    /// <summary>Most tasks of a sweep.</summary>
    public const int MostTasks = 100_000;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SweepInput> _inputs = new(StringComparer.Ordinal);
    private (ulong Seed, int Count, SweepValue Value)? _draws;

    public SweepFile Read()
    {
        SweepValue root = text.Read();
        root.RequireMembers("format", "version", "title", "data", "options", "parameters", "draws");
        RequireFormat(root);
        SweepValue data = root.Required("data");
        _places["data"] = data.Offset;
        string path = Path.GetFullPath(data.Text(), folder);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw data.Fail($"there is no file {path}; the path is seen from the folder of the sweep file.");
        }

        List<SweepOption> options = Options(root.Find("options"));
        _draws = Draws(root.Find("draws"));
        List<ParameterValues> parameters = Parameters(root.Required("parameters"), options);
        string? recipe = Recipe(options, parameters);
        (List<SweepTask> tasks, int repeated) = Combine(root, parameters);
        return new SweepFile(text, new SweepPlan
        {
            Title = root.Find("title")?.Text() ?? Path.GetFileNameWithoutExtension(text.File),
            Data = path,
            Options = options,
            Recipe = recipe,
            Inputs = [.. _inputs.Values],
            Parameters = [.. parameters.Select(parameter => parameter.Name)],
            Tasks = tasks,
            Repeated = repeated,
        }, _places);
    }

    private static void RequireFormat(SweepValue root)
    {
        root.Required("format").Word(SweepFile.FormatName);
        root.Required("version").Count(SweepFile.CurrentVersion, SweepFile.CurrentVersion);
    }

    private List<SweepOption> Options(SweepValue? given)
    {
        if (given is null)
        {
            return [];
        }

        if (!given.IsObject)
        {
            throw given.Unexpected("an object { … }");
        }

        var options = new List<SweepOption>();
        foreach (SweepMember member in given.Members)
        {
            if (!TrainOptions.Names.Contains(member.Name))
            {
                throw text.Fail(member.Offset, $"{member.Value.Path}: {TrainOptions.Unknown(member.Name)}");
            }

            _places[member.Name] = member.Value.Offset;
            options.Add(new SweepOption(member.Name, Located(member.Name, member.Value, ParameterReader.Text(member.Name, member.Value))));
        }

        return options;
    }

    private List<ParameterValues> Parameters(SweepValue given, List<SweepOption> options)
    {
        if (!given.IsObject || given.Members.Count == 0)
        {
            throw given.Unexpected("an object with a member for each parameter");
        }

        var parameters = new List<ParameterValues>();
        foreach (SweepMember member in given.Members)
        {
            if (!TrainOptions.IsKnown(member.Name))
            {
                throw text.Fail(member.Offset, $"{member.Value.Path}: {TrainOptions.Unknown(member.Name)}");
            }

            if (options.Any(option => option.Name == member.Name))
            {
                throw text.Fail(member.Offset, $"{member.Value.Path}: it stands among the options too; leave one out.");
            }

            _places[member.Name] = member.Value.Offset;
            ParameterValues values = ParameterReader.Read(member);
            parameters.Add(values with { Values = [.. values.Values.Select(value => Located(member.Name, member.Value, value))] });
            if (values.Draw is not null && (_draws is null || TrainOptions.IsFile(member.Name)))
            {
                throw member.Value.Fail(_draws is null
                    ? "it is drawn; say how often by a member \"draws\": { \"count\": 20, \"seed\": 1 } of the file."
                    : "files are listed, not drawn.");
            }
        }

        return _draws is not { } draws || parameters.Any(parameter => parameter.Draw is not null)
            ? parameters
            : throw draws.Value.Fail("no parameter is drawn; leave it out.");
    }

    // The full path of a file, which is noted with its content; other values as they are.
    private string Located(string name, SweepValue value, string written)
    {
        string path = name == "target" || TrainOptions.IsFile(name) ? Path.GetFullPath(written, folder) : "";
        if (!TrainOptions.IsFile(name))
        {
            // The target of an array is a file with its labels, any other is a column.
            return path.Length > 0 && File.Exists(path) ? path : written;
        }

        try
        {
            _inputs[path] = new SweepInput(path, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw value.Fail($"{path} can't be read ({FileFault.Describe(e)}); the path is seen from the folder of the sweep file.");
        }
    }

    // Its own copy: a task that begins next week has the recipe of today.
    private string? Recipe(List<SweepOption> options, List<ParameterValues> parameters)
    {
        ParameterValues? member = parameters.Find(parameter => TrainOptions.IsRecipeMember(parameter.Name));
        if (options.Find(option => option.Name == TrainOptions.RecipeFile) is not { } file)
        {
            return member is null ? null : throw text.Fail(
                _places[member.Name], $"parameters.{member.Name}: it is a member of a recipe; name the file by options.recipe.");
        }

        options.Remove(file);
        try
        {
            return RecipeMerge.Normalize(File.ReadAllText(file.Value));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or FormatException)
        {
            throw text.Fail(_places[TrainOptions.RecipeFile], $"options.recipe: {file.Value} is no JSON: {PlainMessage.Of(e)}", e);
        }
    }

    private static (ulong Seed, int Count, SweepValue Value)? Draws(SweepValue? given)
    {
        if (given is null)
        {
            return null;
        }

        given.RequireMembers("count", "seed");
        SweepValue seed = given.Required("seed");
        return ulong.TryParse(seed.Raw, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && seed.IsNumber
            ? (number, given.Required("count").Count(1, MostTasks), given)
            : throw seed.Unexpected("a whole number from 0 to 18446744073709551615");
    }

    // The last parameter changes fastest; a draw is the same for all that it is combined with.
    private (List<SweepTask> Tasks, int Repeated) Combine(SweepValue root, List<ParameterValues> parameters)
    {
        double count = parameters.Aggregate((double)(_draws?.Count ?? 1), static (product, p) => product * Math.Max(1, p.Values.Count));
        if (count > MostTasks)
        {
            throw root.Required("parameters").Fail(Invariant($"together they make {count} tasks, expected at most {MostTasks}."));
        }

        var combinations = new List<string[]>();
        for (int draw = 0; draw < (_draws?.Count ?? 1); draw++)
        {
            IReadOnlyList<string>[] values = [.. parameters.Select(parameter => parameter.Draw is { } drawn
                ? [drawn(new SplitMix(_draws!.Value.Seed, parameter.Name, draw))]
                : parameter.Values)];
            IEnumerable<string[]> rows = [[]];
            foreach (IReadOnlyList<string> column in values)
            {
                rows = rows.SelectMany(row => column.Select(value => (string[])[.. row, value])).ToList();
            }

            combinations.AddRange(rows);
        }

        string[][] distinct = [.. combinations.DistinctBy(static row => string.Join('\n', row))];
        int digits = Math.Max(4, Invariant($"{distinct.Length}").Length);
        List<SweepTask> tasks = [.. distinct.Select((row, index) =>
            new SweepTask("t" + (index + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0'), row))];
        return (tasks, combinations.Count - distinct.Length);
    }
}
