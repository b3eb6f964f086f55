using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace HGQ.Architecture.Tests;

/// <summary>What the code of one method calls.</summary>
/// <param name="Type">Full name of the outermost type it belongs to, closures and state machines included.</param>
/// <param name="Definition">The method.</param>
internal sealed record CompiledMethod(string Type, MethodDefinition Definition)
{
    private const string Library = "TorchSharp";

    /// <summary>Its own short name, for messages.</summary>
    internal string Name => $"{Type}.{Definition.Name}";

    /// <summary>The calls of the library, in order.</summary>
    internal IEnumerable<(Instruction At, MethodReference Member)> CallsOfTheLibrary =>
        from instruction in Definition.Body.Instructions
        let member = instruction.Operand as MethodReference
        where member is not null && member.DeclaringType.GetElementType().Scope.Name.StartsWith(Library, StringComparison.Ordinal)
        select (instruction, member);

    /// <summary>All methods with code of an assembly.</summary>
    internal static IReadOnlyList<CompiledMethod> All(string path) =>
        [.. from type in ModuleDefinition.ReadModule(path).GetTypes()
            from method in type.Methods
            where method.HasBody
            select new CompiledMethod(Outermost(type).FullName, method)];

    /// <summary>A member without its type parameters, as <c>Tensor::abs</c>.</summary>
    internal static string ShortName(MethodReference member) =>
        $"{member.DeclaringType.GetElementType().Name.Split('`')[0]}::{member.Name}";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is null ? type : Outermost(type.DeclaringType);
}
