using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HGQ.Generators.Text;
using HGQ.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Pipeline;

/// <summary>A type with the attribute <c>[HgqModel("file")]</c>.</summary>
/// <param name="File">The attribute's argument.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="ContainingTypes">Declarations of the types around it, outermost first.</param>
/// <param name="Kind">What it is where it is no class that can be completed, as in <c>record</c>; empty otherwise.</param>
/// <param name="IsStatic">Whether it is static: a static class implements no interface.</param>
/// <param name="IsPartial">Whether it and all types around it are partial.</param>
/// <param name="IsGeneric">Whether it or a type around it has type parameters.</param>
/// <param name="OwnMember">A member of its own that has the name of a generated one; empty where there is none.</param>
/// <param name="Members">All members of its own.</param>
/// <param name="Path">Source file.</param>
/// <param name="Line">Line of its name, counted from 0.</param>
/// <param name="Column">Column of its name, counted from 0.</param>
internal sealed record ModelClass(
    string File,
    string Namespace,
    string Name,
    EquatableArray<string> ContainingTypes,
    string Kind,
    bool IsStatic,
    bool IsPartial,
    bool IsGeneric,
    string OwnMember,
    EquatableArray<OwnMember> Members,
    string Path,
    int Line,
    int Column)
{
    /// <summary>Whether the generated part implements the interface of instances.</summary>
    public bool IsInstance => !IsStatic && IsPartial && !IsGeneric && Kind.Length == 0;

    public static bool IsCandidate(SyntaxNode node, CancellationToken cancellation) => node is TypeDeclarationSyntax;

    public static ModelClass Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var declaration = (TypeDeclarationSyntax)context.TargetNode;
        var symbol = (INamedTypeSymbol)context.TargetSymbol;
        var types = new List<string>();
        bool partial = IsPartialDeclaration(declaration), generic = symbol.IsGenericType;
        for (var parent = declaration.Parent; parent is TypeDeclarationSyntax type; parent = parent.Parent)
        {
            partial &= IsPartialDeclaration(type);
            types.Insert(0, $"partial {KeywordOf(type)} {type.Identifier.Text}");
        }

        cancellation.ThrowIfCancellationRequested();
        var arguments = context.Attributes[0].ConstructorArguments;
        var position = declaration.Identifier.GetLocation().GetLineSpan();
        return new ModelClass(
            arguments.Length == 1 && arguments[0].Value is string file ? file : string.Empty,
            symbol.ContainingNamespace.IsGlobalNamespace ? string.Empty : symbol.ContainingNamespace.ToDisplayString(),
            declaration.Identifier.Text,
            types.ToArray(),
            declaration is not ClassDeclarationSyntax ? KeywordOf(declaration) : symbol.IsFileLocal ? "file-local class" : string.Empty,
            symbol.IsStatic,
            partial,
            generic,
            symbol.GetMembers().FirstOrDefault(IsGeneratedToo)?.Name ?? string.Empty,
            symbol.GetMembers()
                .Where(static member => !member.IsImplicitlyDeclared)
                .Select(Pipeline.OwnMember.Of)
                .OfType<OwnMember>()
                .ToArray(),
            position.Path,
            position.StartLinePosition.Line,
            position.StartLinePosition.Character);
    }

    // Methods may be overloads of generated ones.
    private static bool IsGeneratedToo(ISymbol member) => member is not IMethodSymbol && !member.IsImplicitlyDeclared && ClassMembers.Contains(member.Name);

    private static string KeywordOf(TypeDeclarationSyntax type) => type is RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not 0 } record
        ? $"record {record.ClassOrStructKeyword.Text}"
        : type.Keyword.Text;

    private static bool IsPartialDeclaration(TypeDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PartialKeyword);
}
