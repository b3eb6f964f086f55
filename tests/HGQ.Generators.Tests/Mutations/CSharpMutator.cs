using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Tests.Mutations;

/// <summary>
/// Finds every single change of the kinds that slips of a hand or of an emitter make, in the methods of layers and their tables. What
/// says where something is written or read is left alone: such a change could write anywhere.
/// </summary>
internal static partial class CSharpMutator
{
    private static readonly string[] MemoryCalls = ["Add", "LoadUnsafe", "StoreUnsafe", "ReadUnaligned", "WriteUnaligned", "As", "AsRef", "GetReference", "ElementAt", "Slice"];

    /// <summary>All changes of a file, in order.</summary>
    public static IEnumerable<CSharpMutation> All(SyntaxNode root)
    {
        var methods = root.DescendantNodes().OfType<MethodDeclarationSyntax>().Where(method => KernelName().IsMatch(method.Identifier.Text) && Runs(method.Identifier.Text)).ToArray();
        var tables = methods.SelectMany(method => method.DescendantNodes()).OfType<IdentifierNameSyntax>().Select(name => name.Identifier.Text).ToHashSet();
        return methods.SelectMany(method => method.DescendantNodes().SelectMany(node => Of(method, node)))
            .Concat(root.DescendantNodes().OfType<PropertyDeclarationSyntax>().Where(table => tables.Contains(table.Identifier.Text)).SelectMany(Entries));
    }

    private static IEnumerable<CSharpMutation> Of(MethodDeclarationSyntax method, SyntaxNode node)
    {
        if (IsAddress(node))
        {
            return [];
        }

        return node switch
        {
            BinaryExpressionSyntax binary when Swapped(binary.OperatorToken) is { } text => [new(method, "sign", binary.OperatorToken.Span, text)],
            AssignmentExpressionSyntax assignment when Swapped(assignment.OperatorToken) is { } text => [new(method, "sign", assignment.OperatorToken.Span, text)],
            LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.NumericLiteralExpression) => Neighbours(method, literal),
            CastExpressionSyntax cast when Narrower(cast.Type.ToString()) is { } type => [new(method, "width", cast.Type.Span, type)],
            MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.Text: "Max" or "Min" } name } =>
                [new(method, "bound", name.Span, name.Identifier.Text == "Max" ? "Min" : "Max")],
            IdentifierNameSyntax name when Numbered().Match(name.Identifier.Text) is { Success: true } match => Others(method, name, match.Groups[1].Value),
            _ => [],
        };
    }

    // Another variable of the same letter: of the same type, or it does not compile.
    private static IEnumerable<CSharpMutation> Others(MethodDeclarationSyntax method, IdentifierNameSyntax name, string letter)
    {
        var declared = method.DescendantNodes().OfType<VariableDeclaratorSyntax>().Select(v => v.Identifier.Text).Where(other => Numbered().Match(other).Groups[1].Value == letter).Distinct().ToList();
        int at = declared.IndexOf(name.Identifier.Text);
        bool isTarget = name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name;
        return at < 0 || declared.Count < 2 || isTarget ? [] : [new(method, "operand", name.Span, declared[at == 0 ? 1 : at - 1])];
    }

    private static IEnumerable<CSharpMutation> Neighbours(MemberDeclarationSyntax member, LiteralExpressionSyntax literal)
    {
        if (!long.TryParse(literal.Token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long value))
        {
            return [];
        }

        string kind = member is PropertyDeclarationSyntax ? "table" : literal.Parent is BinaryExpressionSyntax { OperatorToken.Text: ">>" or "<<" or ">>>" } ? "shift" : "constant";
        return new[] { value - 1, value + 1 }.Where(v => v >= 0).Select(v => new CSharpMutation(member, kind, literal.Span, v.ToString(CultureInfo.InvariantCulture)));
    }

    private static IEnumerable<CSharpMutation> Entries(PropertyDeclarationSyntax table) => table.DescendantNodes().OfType<InitializerExpressionSyntax>()
        .SelectMany(list => list.DescendantNodes()).OfType<LiteralExpressionSyntax>().SelectMany(literal => Neighbours(table, literal));

    private static string? Swapped(SyntaxToken token) => token.Text switch
    {
        "+" => "-",
        "-" => "+",
        "+=" => "-=",
        "-=" => "+=",
        _ => null,
    };

    private static string? Narrower(string type) => type switch
    {
        "long" => "int",
        "int" => "short",
        "short" => "sbyte",
        "ushort" => "byte",
        _ => null,
    };

    private static bool IsAddress(SyntaxNode node) => node.AncestorsAndSelf().TakeWhile(ancestor => ancestor is not MethodDeclarationSyntax).Any(ancestor => ancestor switch
    {
        InvocationExpressionSyntax call => IsMemoryCall(call) && !call.Expression.Span.Contains(node.Span),
        ElementAccessExpressionSyntax access => access.ArgumentList.Span.Contains(node.Span),
        ForStatementSyntax loop => !loop.Statement.Span.Contains(node.Span),
        WhileStatementSyntax loop => !loop.Statement.Span.Contains(node.Span),
        RefTypeSyntax or RefExpressionSyntax or StackAllocArrayCreationExpressionSyntax => true,
        LocalDeclarationStatementSyntax local => local.Declaration.Type is RefTypeSyntax || local.Declaration.Type.ToString() is "nint" or "nuint",
        CastExpressionSyntax cast => cast.Type.ToString() is "nint" or "nuint",
        _ => false,
    });

    // The first argument of a store is a value, and so is what a call is made on.
    private static bool IsMemoryCall(InvocationExpressionSyntax call)
    {
        string name = call.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
            SimpleNameSyntax simple => simple.Identifier.Text,
            _ => "",
        };
        return MemoryCalls.Contains(name) || name.StartsWith("Store", System.StringComparison.Ordinal) || name.StartsWith("Load", System.StringComparison.Ordinal);
    }

    // A kernel of vectors that the machine has not is never called.
    private static bool Runs(string name) => name.EndsWith("_Single512", System.StringComparison.Ordinal)
        ? Avx512BW.IsSupported
        : !name.EndsWith("_Single256", System.StringComparison.Ordinal) || Avx2.IsSupported;

    [GeneratedRegex(@"^[A-Z]\w*?\d+_(?:Single(?:256|512)?|\d+_(?:128|256|512))$")]
    private static partial Regex KernelName();

    [GeneratedRegex(@"^([a-z]+)\d*$")]
    private static partial Regex Numbered();
}
