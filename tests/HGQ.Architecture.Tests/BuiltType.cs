using System;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;

namespace HGQ.Architecture.Tests;

/// <summary>A type as its metadata describe it.</summary>
/// <param name="Namespace">Its namespace; that of the outer type for a nested one.</param>
/// <param name="Name">Its name, without the number of type parameters.</param>
/// <param name="BaseName">Name of the base type within the assembly, or null.</param>
/// <param name="IsClass">Not an interface, a structure, an enumeration or a delegate.</param>
/// <param name="IsOpen">Neither sealed nor static nor abstract.</param>
/// <param name="IsMadeByTheCompiler">Closures, state machines, embedded attributes.</param>
internal sealed record BuiltType(string Namespace, string Name, string? BaseName, bool IsClass, bool IsOpen, bool IsMadeByTheCompiler)
{
    internal static BuiltType Read(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        var outer = type;
        while (outer.IsNested)
        {
            outer = metadata.GetTypeDefinition(outer.GetDeclaringType());
        }

        var name = metadata.GetString(type.Name).Split('`')[0];
        var space = metadata.GetString(outer.Namespace);
        var attributes = type.Attributes;
        return new BuiltType(
            space,
            name,
            !type.BaseType.IsNil && type.BaseType.Kind == HandleKind.TypeDefinition ? metadata.GetString(metadata.GetTypeDefinition((TypeDefinitionHandle)type.BaseType).Name).Split('`')[0] : null,
            !attributes.HasFlag(TypeAttributes.Interface) && !IsValueType(metadata, type),
            (attributes & (TypeAttributes.Sealed | TypeAttributes.Abstract | TypeAttributes.Interface)) == 0,
            name.Contains('<') || IsMarked(metadata, outer) || IsMarked(metadata, type) || space.StartsWith("System", StringComparison.Ordinal) || space.StartsWith("Microsoft", StringComparison.Ordinal));
    }

    private static bool IsValueType(MetadataReader metadata, TypeDefinition type) =>
        !type.BaseType.IsNil && type.BaseType.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name) is "ValueType" or "Enum" or "MulticastDelegate";

    // Polyfills and the compiler's own types carry one of these.
    private static bool IsMarked(MetadataReader metadata, TypeDefinition type) => type.GetCustomAttributes()
        .Select(handle => metadata.GetCustomAttribute(handle).Constructor)
        .Where(constructor => constructor.Kind == HandleKind.MemberReference)
        .Select(constructor => metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent)
        .Where(parent => parent.Kind == HandleKind.TypeReference)
        .Select(parent => metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name))
        .Any(name => name is "CompilerGeneratedAttribute" or "GeneratedCodeAttribute" or "EmbeddedAttribute");
}
