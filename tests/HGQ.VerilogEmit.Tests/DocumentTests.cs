using System.IO;
using System.Linq;
using HGQ.Testing;

namespace HGQ.VerilogEmit.Tests;

/// <summary>The layer and the unit that docs/verilog.md explains are those that are emitted.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_page_shows_layer_and_unit_as_they_are()
    {
        string[] shown = [.. MarkdownPage.Read("docs/verilog.md").CodeBlocks.Where(block => block.Language == "verilog")
            .Select(block => block.Text.TrimEnd('\n'))];
        Assert.Equal([Reviewed("amd.v"), Reviewed("stream.v")], shown);
    }

    private static string Reviewed(string name) =>
        File.ReadAllText(RepositoryRoot.Combine("tests", "HGQ.VerilogEmit.Tests", "Goldens", name)).TrimEnd('\n');
}
