using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace HGQ.Testing;

/// <summary>A page of the documents, as its readers see it.</summary>
public sealed class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables()
        .UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub)
        .Build();

    private readonly MarkdownDocument _document;

    private MarkdownPage(string path, string text)
    {
        Path = path;
        _document = Markdown.Parse(text, Pipeline);
    }

    /// <summary>Path from the root of the repository, with slashes.</summary>
    public string Path { get; }

    /// <summary>README, CONTRIBUTING, the pages of docs, and the READMEs of packages and samples.</summary>
    public static IReadOnlyList<MarkdownPage> All { get; } =
    [
        .. Directory.GetFiles(RepositoryRoot.Path, "*.md")
            .Concat(new[] { "docs", "src", "samples" }.SelectMany(static folder => Directory.GetFiles(RepositoryRoot.Combine(folder), "*.md", SearchOption.AllDirectories)))
            .Select(static path => System.IO.Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'))
            .Where(static path => !path.Split('/').Any(static part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>Anchors of the headings, without <c>#</c>.</summary>
    public IEnumerable<string> Anchors => _document.Descendants<HeadingBlock>().Select(static heading => heading.GetAttributes().Id!);

    /// <summary>Targets of links and pictures, each with its line.</summary>
    public IEnumerable<(string Target, int Line)> Links =>
        _document.Descendants<LinkInline>().Where(static link => link.Url is not null).Select(static link => (link.Url!, link.Line + 1));

    /// <summary>The fenced blocks.</summary>
    public IEnumerable<CodeBlock> CodeBlocks
    {
        get
        {
            string heading = "";
            Block? before = null;
            foreach (Block block in _document)
            {
                if (block is HeadingBlock { Inline.FirstChild: LiteralInline title })
                {
                    heading = title.Content.ToString();
                }

                foreach (FencedCodeBlock code in block is FencedCodeBlock one ? [one] : block.Descendants().OfType<FencedCodeBlock>())
                {
                    yield return new CodeBlock(Path, code.Line + 1, heading, code.Info ?? "", code.Lines.ToString(), Preamble(before));
                }

                before = block;
            }
        }
    }

    /// <summary>Reads a page.</summary>
    public static MarkdownPage Read(string path) => new(path, File.ReadAllText(RepositoryRoot.Combine(path)));

    // <!-- preamble ... --> before a block: what its reader need not see.
    private static string Preamble(Block? before)
    {
        const string start = "<!-- preamble", end = "-->";
        string text = before is HtmlBlock html ? html.Lines.ToString().Trim() : "";
        return text.StartsWith(start, StringComparison.Ordinal) && text.EndsWith(end, StringComparison.Ordinal) ? text[start.Length..^end.Length] : "";
    }
}

/// <summary>A fenced block of code.</summary>
/// <param name="Page">Path of its page.</param>
/// <param name="Line">Line of the opening fence.</param>
/// <param name="Heading">The heading above it.</param>
/// <param name="Language">The word behind the fence, or nothing.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Preamble">What belongs before it and is not shown.</param>
public sealed record CodeBlock(string Page, int Line, string Heading, string Language, string Text, string Preamble)
{
    /// <summary>Where it is.</summary>
    public override string ToString() => $"{Page}({Line})";
}
