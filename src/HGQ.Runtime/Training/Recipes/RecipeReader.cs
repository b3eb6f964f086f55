using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Reads and writes recipe files, strictly: a member that does not exist, or a value that can't be, is an error with its line.</summary>
public static class RecipeReader
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

    /// <summary>Reads a file.</summary>
    /// <exception cref="RecipeException">The file is not there, or is no recipe that can be followed.</exception>
    public static Recipe Read(string path)
    {
        try
        {
            return Parse(path, File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecipeException(path, 0, "no recipe can be read there; check the path.", e);
        }
    }

    /// <summary>Reads text that is at hand; <paramref name="file"/> names it in errors.</summary>
    /// <exception cref="RecipeException">It is no recipe that can be followed.</exception>
    public static Recipe Parse(string file, string text)
    {
        Recipe recipe;
        try
        {
            recipe = JsonSerializer.Deserialize<Recipe>(text, Options) ?? throw new RecipeException(file, 1, "found null, expected an object.");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            long line = ((e as JsonException)?.LineNumber ?? -1) + 1;
            throw new RecipeException(file, line, e.Message, e);
        }

        RecipeRules.Check(file, recipe);
        return recipe;
    }

    /// <summary>The recipe as the text of a file; reading it gives an equal recipe.</summary>
    public static string Print(Recipe recipe) => JsonSerializer.Serialize(recipe, Options) + "\n";
}
