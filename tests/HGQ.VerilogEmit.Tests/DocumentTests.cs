using System.IO;
using System.Linq;
using HGQ.Testing;

namespace HGQ.VerilogEmit.Tests;

/// <summary>The layer that docs/verilog.md explains is the one that is emitted.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void The_page_shows_the_layer_as_it_is()
    {
        string shown = MarkdownPage.Read("docs/verilog.md").CodeBlocks.Single(block => block.Language == "verilog").Text;
        string reviewed = File.ReadAllText(RepositoryRoot.Combine("tests", "HGQ.VerilogEmit.Tests", "Goldens", "amd.v"));
        Assert.Equal(reviewed.TrimEnd('\n'), shown.TrimEnd('\n'));
    }
}
