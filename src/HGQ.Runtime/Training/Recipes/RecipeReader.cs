using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using HGQ.Model.Serialization;
using HGQ.Model.Serialization.Json;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Reads and writes recipe files, strictly: a member that does not exist, or a value that can't be, is an error with its line.</summary>
public static partial class RecipeReader
{
    /// <summary>What the member <c>format</c> says.</summary>
    public const string FormatName = "hgq-recipe";

    /// <summary>What the member <c>version</c> says.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowOutOfOrderMetadataProperties = true,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    private static readonly RecipeTypes Types = new(Options);

    /// <summary>Reads a file.</summary>
    /// <exception cref="RecipeException">The file is not there, or is no recipe that can be followed.</exception>
    public static Recipe Read(string path)
    {
        string text;
        int wrong;
        try
        {
            wrong = Utf8Text.Decode(File.ReadAllBytes(path), out text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException(path, 0, 0, $"no recipe can be read there ({(Directory.Exists(path) ? "a folder" : FileFault.Describe(e))}); check the path.", e);
        }

        if (wrong >= 0)
        {
            (int line, int column) = TextPosition.Of(text, text.Length);
            throw new RecipeException(path, line, column, "the bytes here are no UTF-8; convert the file.");
        }

        return Parse(path, text);
    }

    /// <summary>Reads text that is at hand; <paramref name="file"/> names it in errors.</summary>
    /// <exception cref="RecipeException">It is no recipe that can be followed.</exception>
    public static Recipe Parse(string file, string text)
    {
        var source = new RecipeText(file, text);
        RequireJson(source, text);
        source.RequireDistinctMembers();
        Recipe recipe;
        try
        {
            recipe = JsonSerializer.Deserialize<Recipe>(text, Options) ?? throw source.Fail("", "expected an object { … }.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw Explain(source, e);
        }
        catch (ArgumentException e)
        {
            throw new RecipeException(file, 0, 0, PlainMessage.Of(e), e);
        }

        RecipeRules.Check(source, recipe);
        return recipe;
    }

    // The serializer's own messages name types and members of this program.
    private static RecipeException Explain(RecipeText source, Exception fault)
    {
        string given = (fault as JsonException)?.Path ?? PathInMessage().Match(fault.Message).Groups[1].Value;
        string path = given.StartsWith('$') ? given[1..].TrimStart('.') : "";
        if (MissingMember().Match(fault.Message) is { Success: true } missing)
        {
            return source.Fail(path, $"{missing.Groups[1].Value.Replace("'", "", StringComparison.Ordinal)} is missing; add it to this object.", fault);
        }

        if (UnknownMember().Match(fault.Message) is { Success: true } unknown)
        {
            string name = unknown.Groups[1].Value;
            string member = path.Length == 0 ? name : path == name || path.EndsWith("." + name, StringComparison.Ordinal) ? path : $"{path}.{name}";
            return source.Fail(member, Types.Unknown(member), fault);
        }

        bool kind = fault.Message.Contains("type discriminator", StringComparison.Ordinal);
        return source.Fail(kind && !path.EndsWith("kind", StringComparison.Ordinal) ? path + ".kind" : path, Types.Expected(kind ? path.Replace(".$type", "", StringComparison.Ordinal) : path), fault);
    }

    private static void RequireJson(RecipeText source, string text)
    {
        try
        {
            var syntax = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
            JsonDocument.Parse(text, syntax).Dispose();
        }
        catch (JsonException e)
        {
            throw source.FailSyntax(e);
        }
    }

    [GeneratedRegex("^The JSON property '([^']*)' could not be mapped")]
    private static partial Regex UnknownMember();

    [GeneratedRegex("missing required properties[^:]*: (.*?)\\.")]
    private static partial Regex MissingMember();

    [GeneratedRegex(@"Path: (\$\S*)")]
    private static partial Regex PathInMessage();

    /// <summary>The recipe as the text of a file; reading it gives an equal recipe.</summary>
    public static string Print(Recipe recipe) => JsonSerializer.Serialize(recipe, Options) + "\n";
}
