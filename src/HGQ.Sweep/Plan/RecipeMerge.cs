using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HGQ.Sweep.Plan;

/// <summary>Puts values into a recipe.</summary>
internal static class RecipeMerge
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
    private static readonly JsonDocumentOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The recipe with members replaced or added; objects on the way to them are made.</summary>
    /// <param name="recipe">A recipe as JSON.</param>
    /// <param name="members">Their names from the outermost on, joined by dots, and their values as JSON.</param>
    /// <exception cref="FormatException">A member is one of something that is no object.</exception>
    public static string Apply(string recipe, IEnumerable<(string Path, string Value)> members)
    {
        JsonNode root = Parse(recipe);
        foreach ((string path, string value) in members)
        {
            string[] names = path.Split('.');
            JsonNode parent = root;
            foreach (string name in names[..^1])
            {
                JsonObject inside = Object(parent, path);
                parent = inside[name] ??= new JsonObject();
            }

            Object(parent, path)[names[^1]] = JsonNode.Parse(value);
        }

        return root.ToJsonString(Indented) + "\n";
    }

    /// <summary>The recipe without comments, laid out the same way always.</summary>
    public static string Normalize(string recipe) => Parse(recipe).ToJsonString(Indented) + "\n";

    private static JsonNode Parse(string recipe) =>
        JsonNode.Parse(recipe, documentOptions: Syntax) ?? throw new FormatException("the recipe is null");

    private static JsonObject Object(JsonNode node, string path) => node as JsonObject
        ?? throw new FormatException($"recipe.{path}: what it is a member of is no object");
}
