using System;
using System.Linq;

namespace HGQ.Architecture.Tests;

/// <summary>Names and shapes of the types below src.</summary>
public sealed class TypeTests
{
    private static readonly string[] NamesThatSayNothing = ["Util", "Utils", "Utilities", "Helper", "Helpers", "Common", "Misc"];

    [Fact]
    public void Names_are_terms_of_the_field() => Violations.AssertNone(
        from assembly in BuiltAssembly.All
        from type in assembly.Types
        where NamesThatSayNothing.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal) || type.Namespace.Split('.').Contains(word))
        select $"{type.Namespace}.{type.Name}");

    [Fact]
    public void Namespaces_start_with_the_project() => Violations.AssertNone(
        from assembly in BuiltAssembly.All
        let root = assembly.Name == "hgq" ? "HGQ.Cli" : assembly.Name
        from type in assembly.Types
        where type.Namespace != root && !type.Namespace.StartsWith(root + ".", StringComparison.Ordinal) && type.Namespace.Length > 0
        select $"{assembly.Name}: {type.Namespace}.{type.Name}");

    [Fact]
    public void A_class_without_descendants_is_sealed() => Violations.AssertNone(
        from assembly in BuiltAssembly.All
        from type in assembly.Types
        where type.IsClass && type.IsOpen && assembly.Types.All(other => other.BaseName != type.Name)
        select $"{type.Namespace}.{type.Name}");
}
