using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HGQ.Architecture.Tests;

/// <summary>Which folders of a project use which: <c>PROJECT: FOLDER -> FOLDER</c>, read from the code that was compiled. A folder is a namespace.</summary>
internal static class FolderArrows
{
    // The root folder of a project.
    private const string Root = ".";

    internal static IEnumerable<string> Of(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        string name = assembly.Name.Name;
        return [.. Uses(assembly.MainModule, static (type, folder) => folder).Select(arrow => $"{name}: {arrow.From} -> {arrow.To}")];
    }

    /// <summary>
    /// Which rooms of a project use which. A folder is a room. The root is none: there stand the entry points, which use all folders,
    /// beside the records that they take and give, which all folders use. So each type of the root stands by itself, as <c>./TYPE</c>:
    /// an entry point may be above a folder and a record below it, but no type may be both.
    /// </summary>
    internal static ILookup<string, string> Rooms(string path)
    {
        using var assembly = AssemblyDefinition.ReadAssembly(path);
        return Uses(assembly.MainModule, static (type, folder) => folder == Root ? $"{Root}/{type.Name}" : folder).Distinct()
            .ToLookup(static arrow => arrow.From, static arrow => arrow.To);
    }

    private static List<(string From, string To)> Uses(ModuleDefinition module, Func<TypeReference, string, string> place)
    {
        string root = module.Types.Where(IsOurs).Select(type => type.Namespace).MinBy(name => name.Length)!;
        root = string.Join('.', root.Split('.').Take(2));
        string Place(TypeReference type) => place(type, Folder(type.Namespace, root));
        return [.. from type in module.GetTypes()
                   let owner = Outermost(type)
                   where IsOurs(owner)
                   from used in Used(type)
                   where used.Scope == module && IsOurs(Outermost(used))
                   let arrow = (From: Place(owner), To: Place(Outermost(used)))
                   where arrow.From != arrow.To
                   select arrow];
    }

    /// <summary>The rooms that a room uses, and those that they use.</summary>
    internal static HashSet<string> Behind(string room, ILookup<string, string> arrows)
    {
        var behind = new HashSet<string>();
        var open = new Queue<string>([room]);
        while (open.TryDequeue(out string? next))
        {
            foreach (string used in arrows[next].Where(behind.Add))
            {
                open.Enqueue(used);
            }
        }

        return behind;
    }

    private static string Folder(string space, string root) =>
        space == root ? Root : space.StartsWith(root + ".", StringComparison.Ordinal) ? space[(root.Length + 1)..].Replace('.', '/') : space;

    // Polyfills and what the compiler makes lie elsewhere.
    private static bool IsOurs(TypeReference type) => type.Namespace.StartsWith("HGQ.", StringComparison.Ordinal);

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> Used(TypeDefinition type) => new[]
    {
        type.BaseType is { } parent ? [parent] : Enumerable.Empty<TypeReference>(),
        type.Interfaces.Select(one => one.InterfaceType),
        type.Fields.Select(field => field.FieldType),
        type.CustomAttributes.Select(attribute => attribute.AttributeType),
        type.Methods.SelectMany(Used),
    }.SelectMany(list => list).SelectMany(Parts);

    private static IEnumerable<TypeReference> Used(MethodDefinition method)
    {
        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType)
            .Concat(method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType));
        return !method.HasBody ? signature : signature
            .Concat(method.Body.Variables.Select(variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Where(handler => handler.CatchType is not null).Select(handler => handler.CatchType))
            .Concat(method.Body.Instructions.SelectMany(Used));
    }

    private static IEnumerable<TypeReference> Used(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, .. method.GenericArguments],
        MemberReference { DeclaringType: { } owner } => [owner],
        _ => [],
    };

    // The element of an array, the arguments of a generic type.
    private static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => Parts(generic.ElementType).Concat(generic.GenericArguments.SelectMany(Parts)),
        TypeSpecification { ElementType: { } element } => Parts(element),
        GenericParameter => [],
        _ => [type],
    };
}
