using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using HGQ.Testing;

namespace HGQ.Architecture.Tests;

/// <summary>Documents, pictures and reviewed texts hold together.</summary>
public sealed class DocumentTests
{
    private const int LargestGolden = 24_000;
    private const int LargestGoldens = 120_000;

    private static readonly string[] GoldenFolders = ["Golden", "Goldens"];

    [Fact]
    public void Links_lead_to_a_file_and_to_a_heading_in_it()
    {
        var pages = MarkdownPage.All.ToDictionary(page => page.Path);
        Violations.AssertNone(
            from page in pages.Values
            from link in page.Links
            where !Uri.IsWellFormedUriString(link.Target, UriKind.Absolute)
            let cut = link.Target.Split('#')
            let target = cut[0].Length == 0 ? page.Path : Normalized(Path.Combine(Path.GetDirectoryName(page.Path)!, cut[0]))
            where !Path.Exists(RepositoryRoot.Combine(target)) || (cut.Length > 1 && !(pages.TryGetValue(target, out var found) && found.Anchors.Contains(cut[1])))
            select $"{page.Path}({link.Line}): {link.Target}");
    }

    /// <summary>The README of a package is read where the repository is not.</summary>
    [Fact]
    public void Pages_in_packages_have_no_relative_links() => Violations.AssertNone(
        from page in MarkdownPage.All
        where page.Path.StartsWith("src/", StringComparison.Ordinal) && page.Path.EndsWith("/README.md", StringComparison.Ordinal)
        from link in page.Links
        where !Uri.IsWellFormedUriString(link.Target, UriKind.Absolute)
        select $"{page.Path}({link.Line}): {link.Target}");

    [Fact]
    public void The_change_log_begins_with_the_version_that_is_built()
    {
        string version = XDocument.Parse(SourceFile.Read("Directory.Build.props")).Descendants("Version").Single().Value;
        Assert.Contains($"\n## {version}\n", SourceFile.Read("CHANGELOG.md"), StringComparison.Ordinal);
        Assert.Equal($"## {version}", SourceFile.Read("CHANGELOG.md").Split('\n').First(line => line.StartsWith("## ", StringComparison.Ordinal)));
    }

    /// <summary>No label is cut off by the border; a letter of a sans-serif font is about 0.6 of its height wide.</summary>
    [Fact]
    public void Labels_of_pictures_lie_within_the_picture() => Violations.AssertNone(
        from path in SourceFile.All
        where path.EndsWith(".svg", StringComparison.Ordinal)
        let picture = XDocument.Parse(SourceFile.Read(path)).Root!
        let width = Number(picture.Attribute("viewBox")!.Value.Split(' ')[2])
        from label in picture.Descendants(picture.Name.Namespace + "text")
        let size = Number(label.Attribute("font-size")?.Value ?? picture.Attribute("font-size")!.Value)
        let length = 0.6 * size * label.Value.Length
        let left = Number(label.Attribute("x")!.Value) - (length * Before(label.Attribute("text-anchor")?.Value))
        where left < 0 || left + length > width
        select $"{path}: '{label.Value}'");

    [Fact]
    public void Goldens_are_small_enough_to_be_reviewed()
    {
        var sizes = SourceFile.All
            .Where(path => path.StartsWith("tests/", StringComparison.Ordinal) && GoldenFolders.Any(path.Split('/').Contains) && path.EndsWith(".txt", StringComparison.Ordinal))
            .ToDictionary(path => path, path => new FileInfo(RepositoryRoot.Combine(path)).Length);
        Assert.NotEmpty(sizes);
        Violations.AssertNone(sizes.Where(file => file.Value > LargestGolden).Select(file => $"{file.Key}: {file.Value} bytes"));
        Assert.InRange(sizes.Values.Sum(), 1, LargestGoldens);
    }

    [Theory]
    [InlineData(null, true, false)]
    [InlineData("0", true, false)]
    [InlineData("1", false, true)]
    public void Goldens_are_renewed_where_it_is_asked_for(string? variable, bool continuousIntegration, bool renewed) =>
        Assert.Equal(renewed, GoldenText.IsRenewed(variable, continuousIntegration));

    [Fact]
    public void Goldens_are_never_renewed_by_a_build_server() =>
        Assert.Contains("CI=true", Assert.Throws<InvalidOperationException>(() => GoldenText.IsRenewed("1", true)).Message, StringComparison.Ordinal);

    [Fact]
    public void Missing_vectors_are_skipped_only_where_nobody_named_them()
    {
        Assert.NotNull(SharedVectors.SkipReason(null, _ => false, continuousIntegration: true));
        Assert.NotNull(SharedVectors.SkipReason("folder", _ => false, continuousIntegration: false));
        Assert.Null(SharedVectors.SkipReason("folder", _ => false, continuousIntegration: true));
        Assert.Null(SharedVectors.SkipReason("folder", _ => true, continuousIntegration: false));
    }

    private static double Before(string? anchor) => anchor switch
    {
        "end" => 1,
        "middle" => 0.5,
        _ => 0,
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Normalized(string path) => Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(path, RepositoryRoot.Path)).Replace('\\', '/');
}
