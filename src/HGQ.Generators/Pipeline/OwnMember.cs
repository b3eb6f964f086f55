using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Pipeline;

/// <summary>A member that a user wrote into an attributed class.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Types of a method's parameters; null where it is no method.</param>
/// <param name="Path">Source file.</param>
/// <param name="Line">Line of its name, counted from 0.</param>
/// <param name="Column">Column of its name, counted from 0.</param>
internal sealed record OwnMember(string Name, string? Parameters, string Path, int Line, int Column)
{
    /// <summary>What it is called in messages.</summary>
    public string Title => Name + Parameters?.Replace("global::", string.Empty);

    /// <summary>The member of a symbol; null where it can't clash: constructors, accessors, methods with type parameters.</summary>
    public static OwnMember? Of(ISymbol symbol)
    {
        if (symbol is IMethodSymbol { MethodKind: not MethodKind.Ordinary } or IMethodSymbol { Arity: > 0 }
            || symbol.Locations.FirstOrDefault() is not { IsInSource: true } place)
        {
            return null;
        }

        string? parameters = symbol is IMethodSymbol method
            ? TextOf(method.Parameters.Select(static p => p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)))
            : null;
        var position = place.GetLineSpan();
        return new OwnMember(symbol.Name, parameters, position.Path, position.StartLinePosition.Line, position.StartLinePosition.Character);
    }

    /// <summary>The first member that generated code declares as well: a method only where its parameters have the same types.</summary>
    /// <param name="members">Members of a class.</param>
    /// <param name="source">Its generated part.</param>
    /// <param name="cancellation">Stops it.</param>
    public static OwnMember? FirstIn(IReadOnlyList<OwnMember> members, string source, CancellationToken cancellation)
    {
        var suspects = members.Where(member => source.Contains(member.Name)).ToArray();
        if (suspects.Length == 0)
        {
            return null;
        }

        var generated = new HashSet<(string, string?)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var root = CSharpSyntaxTree.ParseText(source, cancellationToken: cancellation).GetRoot(cancellation);
        var types = root.DescendantNodes(static node => node is not BlockSyntax).OfType<TypeDeclarationSyntax>();
        foreach (var member in types.SelectMany(static type => type.Members))
        {
            if (member is MethodDeclarationSyntax method)
            {
                var parameters = method.ParameterList.Parameters.Select(static p => p.Type?.ToString() ?? string.Empty);
                generated.Add((method.Identifier.ValueText, TextOf(parameters)));
                names.Add(method.Identifier.ValueText);
            }
            else
            {
                foreach (string name in NamesOf(member))
                {
                    generated.Add((name, null));
                    names.Add(name);
                }
            }
        }

        return suspects.FirstOrDefault(member =>
            member.Parameters is null ? names.Contains(member.Name)
            : generated.Contains((member.Name, null)) || generated.Contains((member.Name, member.Parameters)));
    }

    private static string TextOf(IEnumerable<string> types) => $"({string.Join(",", types).Replace(" ", string.Empty)})";

    private static IEnumerable<string> NamesOf(MemberDeclarationSyntax member) => member switch
    {
        FieldDeclarationSyntax field => field.Declaration.Variables.Select(static variable => variable.Identifier.ValueText),
        PropertyDeclarationSyntax property => new[] { property.Identifier.ValueText },
        BaseTypeDeclarationSyntax type => new[] { type.Identifier.ValueText },
        _ => Array.Empty<string>(),
    };
}
