using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Architecture.Tests;

/// <summary>
/// A switch over an enum of ours, over kinds of layers or over kinds of instructions has no arm that takes whatever is new, and a
/// statement has one
/// that throws: a mode that is added tomorrow is refused until somebody says what it means.
/// </summary>
public sealed class SwitchTests
{
    private static readonly Dictionary<string, SyntaxNode> Trees = SourceFile.CSharp("src")
        .ToDictionary(path => path, path => (SyntaxNode)CSharpSyntaxTree.ParseText(SourceFile.Read(path)).GetRoot());

    private static readonly ILookup<string, string> Members = Trees.Values
        .SelectMany(root => root.DescendantNodes().OfType<EnumDeclarationSyntax>())
        .SelectMany(type => type.Members, (type, member) => (Enum: type.Identifier.ValueText, Member: member.Identifier.ValueText))
        .ToLookup(pair => pair.Enum, pair => pair.Member);

    // Records that derive from the two closed hierarchies.
    private static readonly HashSet<string> Kinds = [.. Trees.Values
        .SelectMany(root => root.DescendantNodes().OfType<RecordDeclarationSyntax>())
        .Where(record => record.BaseList?.Types.Any(parent => parent.Type.ToString() is "LayerNode" or "Instruction") == true)
        .Select(record => record.Identifier.ValueText)];

    [Fact]
    public void A_new_member_of_an_enum_hides_in_no_default_arm() => Violations.AssertNone(
        from file in Trees
        from arm in HidingArms(file.Value, NamesAMember)
        select $"{file.Key}:{Line(arm)}: {FirstLine(arm)}");

    [Fact]
    public void A_new_kind_of_layer_or_instruction_hides_in_no_default_arm() => Violations.AssertNone(
        from file in Trees
        where file.Key.StartsWith("src/HGQ.Model/", StringComparison.Ordinal) || UsesKinds(file.Value)
        from arm in HidingArms(file.Value, NamesAKind)
        select $"{file.Key}:{Line(arm)}: {FirstLine(arm)}");

    [Theory]
    [InlineData("x switch { PoolKind.Max => 1, _ => 2 }", 1)]
    [InlineData("x switch { { Kind: PoolKind.Max } => 1, _ => 2 }", 1)]
    [InlineData("x switch { PoolKind.Max => 1, _ => throw new E() }", 0)]
    [InlineData("x switch { PoolKind.Max => 1, _ when y => 2 }", 0)]
    [InlineData("x switch { 1 => 1, _ => 2 }", 0)]
    public void The_rule_sees_such_arms(string expression, int arms) =>
        Assert.Equal(arms, HidingArms(SyntaxFactory.ParseExpression(expression), NamesAMember).Count());

    private static IEnumerable<SyntaxNode> HidingArms(SyntaxNode root, Func<SyntaxNode, bool> names) =>
        root.DescendantNodesAndSelf().OfType<SwitchExpressionSyntax>()
            .Where(one => one.Arms.Any(arm => names(arm.Pattern)))
            .SelectMany(one => one.Arms)
            .Where(arm => arm is { Pattern: DiscardPatternSyntax, WhenClause: null, Expression: not ThrowExpressionSyntax })
            .Cast<SyntaxNode>()
            .Concat(root.DescendantNodesAndSelf().OfType<SwitchStatementSyntax>()
                .Where(one => one.Sections.SelectMany(section => section.Labels).Any(names))
                .Where(one => one.Sections.SingleOrDefault(IsDefault)?.Statements[^1] is not ThrowStatementSyntax));

    private static bool IsDefault(SwitchSectionSyntax section) => section.Labels.Any(label => label is DefaultSwitchLabelSyntax);

    private static bool NamesAMember(SyntaxNode pattern) => pattern.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>()
        .Any(access =>
        access.Expression is IdentifierNameSyntax type && Members[type.Identifier.ValueText].Contains(access.Name.Identifier.ValueText));

    private static bool NamesAKind(SyntaxNode pattern) => pattern.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
        Kinds.Contains(name.Identifier.ValueText));

    // The trainer's layers have names of their own.
    private static bool UsesKinds(SyntaxNode root) => root.DescendantNodes().OfType<UsingDirectiveSyntax>()
        .Any(one => one.Name?.ToString() is "HGQ.Model.Graph" or "HGQ.Model.Program");

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static string FirstLine(SyntaxNode node) => node.ToString().Split('\n')[0].Trim();
}
