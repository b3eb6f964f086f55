using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace HGQ.Generators.Tests.Mutations;

/// <summary>A single change of a member of a generated class.</summary>
/// <param name="Member">The method of a layer, or a table of it.</param>
/// <param name="Kind">What kind of change it is.</param>
/// <param name="Span">Where.</param>
/// <param name="New">What stands there instead.</param>
internal sealed record CSharpMutation(MemberDeclarationSyntax Member, string Kind, TextSpan Span, string New)
{
    /// <summary>Name of the member.</summary>
    public string Name => Member is MethodDeclarationSyntax method ? method.Identifier.Text : ((PropertyDeclarationSyntax)Member).Identifier.Text;

    /// <summary>Text of the member under another name, changed.</summary>
    public string Renamed(string name)
    {
        string text = Member.ToFullString();
        int start = Member.FullSpan.Start;
        var identifier = Member is MethodDeclarationSyntax method ? method.Identifier.Span : ((PropertyDeclarationSyntax)Member).Identifier.Span;

        // The name stands before the change.
        return text[..(identifier.Start - start)] + name + text[(identifier.End - start)..(Span.Start - start)] + New + text[(Span.End - start)..];
    }

    /// <summary>For messages: the place and both texts.</summary>
    public override string ToString()
    {
        var text = Member.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(Span.Start);
        int column = Span.Start - line.Start;
        string old = line.ToString();
        return $"{Name}: {Kind}: {old.Trim()} => {(old[..column] + New + old[(column + Span.Length)..]).Trim()}";
    }
}
