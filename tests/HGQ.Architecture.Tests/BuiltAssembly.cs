using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HGQ.Architecture.Tests;

/// <summary>What the metadata of one of our assemblies says; nothing of it is loaded.</summary>
/// <param name="Path">The file.</param>
/// <param name="Name">Simple name.</param>
/// <param name="References">Simple names of the referenced assemblies.</param>
/// <param name="Types">Its own types, those of the compiler left out.</param>
/// <param name="UsedMembers">Members of other assemblies that its code names, as <c>Namespace.Type::Member</c>.</param>
internal sealed record BuiltAssembly(
    string Path, string Name, IReadOnlyList<string> References, IReadOnlyList<BuiltType> Types, IReadOnlyList<string> UsedMembers)
{
    /// <summary>All projects below src, in the configuration of these tests.</summary>
    internal static IReadOnlyList<BuiltAssembly> All { get; } = typeof(BuiltAssembly).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Where(attribute => attribute.Key == "HgqAssembly")
        .Select(attribute => Read(System.IO.Path.GetFullPath(System.IO.Path.Combine(AppContext.BaseDirectory, attribute.Value!))))
        .ToList();

    private static BuiltAssembly Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        var metadata = file.GetMetadataReader();
        return new BuiltAssembly(
            path,
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToList(),
            metadata.TypeDefinitions.Select(handle => BuiltType.Read(metadata, handle)).Where(type => !type.IsMadeByTheCompiler).ToList(),
            metadata.MemberReferences.Select(handle => UsedMember(metadata, metadata.GetMemberReference(handle))).OfType<string>().Distinct().ToList());
    }

    private static string? UsedMember(MetadataReader metadata, MemberReference member)
    {
        if (member.Parent.Kind != HandleKind.TypeReference)
        {
            return null;
        }

        var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}::{metadata.GetString(member.Name)}";
    }
}
