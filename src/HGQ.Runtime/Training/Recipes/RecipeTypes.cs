using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using HGQ.Model.Serialization;

namespace HGQ.Runtime.Training.Recipes;

/// <summary>Says in words what a member of a recipe may be.</summary>
/// <param name="options">How recipes are read.</param>
internal sealed class RecipeTypes(JsonSerializerOptions options)
{
    /// <summary>What was expected at a path, as the end of a sentence.</summary>
    public string Expected(string path)
    {
        Type? type = Find(path);
        return type is null ? "expected another value; docs/training.md lists the members." : $"expected {Words(type)}.";
    }

    /// <summary>What is said about a member that does not exist.</summary>
    /// <param name="path">The member.</param>
    public string Unknown(string path)
    {
        int dot = path.LastIndexOf('.');
        string name = path[(dot + 1)..];
        string[] known = [.. Members(Find(dot < 0 ? "" : path[..dot])).Select(static member => member.Name).Order(StringComparer.Ordinal)];
        string nearest = NearestWord.Find(name, known) is { } word ? $" Did you mean {word}?" : "";
        return known.Length == 0 ? "there is no such member here." : $"there is no such member here; allowed: {string.Join(", ", known)}.{nearest}";
    }

    private Type? Find(string path)
    {
        Type? type = typeof(Recipe);
        foreach (string part in path.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            type = type is null ? null
                : part[0] == '[' ? options.GetTypeInfo(type).ElementType
                : Members(type).FirstOrDefault(member => member.Name == part).Type;
        }

        return type;
    }

    private IEnumerable<(string Name, Type Type)> Members(Type? type)
    {
        if (type is null)
        {
            return [];
        }

        // Of a type with kinds, the members of all of them.
        Type[] kinds = [type, .. type.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(static kind => kind.DerivedType)];
        IEnumerable<(string, Type)> members = kinds.Select(kind => options.GetTypeInfo(kind)).Where(static info => info.Kind == JsonTypeInfoKind.Object)
            .SelectMany(static info => info.Properties).Select(static property => (property.Name, property.PropertyType));
        return (kinds.Length > 1 ? members.Prepend(("kind", typeof(string))) : members).DistinctBy(static member => member.Item1);
    }

    private string Words(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            string[] words = [.. Enum.GetValues(plain).Cast<object>().Select(value => JsonSerializer.Serialize(value, plain, options).Trim('"'))];
            return "one of " + string.Join(", ", words);
        }

        Type[] kinds = [.. plain.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(static kind => kind.DerivedType)];
        return plain == typeof(bool) ? "true or false"
            : plain == typeof(string) ? "a text in quotes"
            : plain == typeof(int) || plain == typeof(long) ? "a whole number"
            : plain == typeof(double) ? "a number"
            : options.GetTypeInfo(plain).Kind == JsonTypeInfoKind.Enumerable ? "an array [ … ]"
            : kinds.Length > 0 ? "an object with one of the kinds " + string.Join(", ", plain.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(static kind => kind.TypeDiscriminator))
            : "an object { … }";
    }
}
