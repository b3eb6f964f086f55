using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;
using Mono.Cecil;

namespace HGQ.Architecture.Tests.Site;

/// <summary>The site of documents and API is built by its command, and no link in it is dead.</summary>
public sealed class SiteTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private static readonly string[] Libraries =
        ["HGQ.HlsEmit", "HGQ.Import", "HGQ.Model", "HGQ.Report", "HGQ.Runtime", "HGQ.Sweep", "HGQ.VerilogEmit"];

    [ReleaseFact]
    public async Task The_site_is_built_without_a_warning_and_without_a_dead_link()
    {
        using var folder = new TemporaryFolder();
        var restored = await ToolProcess.DotnetAsync(RepositoryRoot.Path, Limit, "tool", "restore");
        Assert.True(restored.ExitCode == 0, restored.ToString());
        var built = await ToolProcess.DotnetAsync(
            RepositoryRoot.Path, Limit, "docfx", "docfx.json", "--warningsAsErrors", "--output", folder.Combine("site"));
        Assert.True(built.ExitCode == 0, built.ToString());

        // Where docfx is told an output, it makes the folder of its configuration in it.
        string site = Path.GetDirectoryName(Directory.GetFiles(folder.Path, "xrefmap.yml", SearchOption.AllDirectories).Single())!;
        string[] pages =
            [.. Directory.GetFiles(site, "*.html", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(site, path))];
        Assert.Empty(SiteLinks.Dead(site));

        // All documents, and a page for each public type with what its documentation says.
        Assert.Empty(
            MarkdownPage.All.Select(page => page.Path)
                .Where(path => Path.GetDirectoryName(path) == "docs")
                .Select(path => Path.ChangeExtension(path, ".html")).Except(pages));
        string[] types = [.. BuiltAssembly.All.Where(assembly => Libraries.Contains(assembly.Name)).SelectMany(PublicTypes)];
        Assert.InRange(types.Length, 400, int.MaxValue);
        Assert.Empty(types.Select(type => Path.Combine("api", type.Replace('`', '-') + ".html")).Except(pages));
        string trainer = File.ReadAllText(Path.Combine(site, "api", "HGQ.Runtime.Training.Trainer.html"));
        Assert.Contains("Trains a network: shuffled batches, schedules", trainer, StringComparison.Ordinal);
    }

    /// <summary>The check finds what it looks for.</summary>
    [Fact]
    public void Dead_links_are_found()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Combine("docs"));
        File.WriteAllText(folder.Combine("index.html"), """
            <a href="docs/a.html#there">good</a> <a href="docs/a.html#gone">bad</a> <a href="docs/none.html">bad</a> <img src="none.png">
            <a class="x" href="#here">good</a><h1 id="here">x</h1> <a href="https://example.org/none">good</a> <a href="docs">bad</a>
            """);
        File.WriteAllText(
            folder.Combine("docs", "a.html"), """<h2 id="there">x</h2><a href="../index.html?x=1#here">good</a><a href="">good</a>""");
        File.WriteAllText(folder.Combine("toc.json"), """{ "items": [{ "name": "href", "href": "docs/a.html" }, { "href": "b.html" }] }""");

        Assert.Equal(
            ["index.html: docs", "index.html: docs/a.html#gone", "index.html: docs/none.html", "index.html: none.png", "toc.json: b.html"],
            SiteLinks.Dead(folder.Path).Select(line => line.Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    private static string[] PublicTypes(BuiltAssembly assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly.Path);
        return [.. module.Types.Where(type => type.IsPublic).Select(type => type.FullName)];
    }
}
