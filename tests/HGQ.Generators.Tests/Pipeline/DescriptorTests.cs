using System.IO;
using System.Linq;
using HGQ.Generators.Pipeline;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Generators.Tests.Pipeline;

public class DescriptorTests
{
    [Fact]
    public void Every_diagnostic_has_a_release_row_and_no_row_is_without_one()
    {
        string folder = RepositoryRoot.Combine("src", "HGQ.Generators");
        var rows = new[] { "AnalyzerReleases.Shipped.md", "AnalyzerReleases.Unshipped.md" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(folder, file)))
            .Where(line => line.StartsWith("HGQ", System.StringComparison.Ordinal))
            .Select(line => string.Join(' ', line.Split('|').Take(3).Select(cell => cell.Trim())));

        Assert.Equal(Descriptors.List.Select(d => $"{d.Id} {d.Category} {d.DefaultSeverity}"), rows.Order(System.StringComparer.Ordinal));
    }

    [Fact]
    public void Every_diagnostic_of_the_generator_has_a_page_and_the_model_errors_have_theirs()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "diagnostics.md")), errors = File.ReadAllText(RepositoryRoot.Combine("docs", "model-errors.md"));
        foreach (var descriptor in Descriptors.List)
        {
            bool model = ModelErrorCodes.All.Any(error => error.Id == descriptor.Id);
            Assert.Contains($"## {descriptor.Id}: {descriptor.Title}", model ? errors : page);
        }
    }

    [Fact]
    public void The_link_of_every_diagnostic_leads_to_its_heading()
    {
        foreach (var descriptor in Descriptors.List)
        {
            string[] link = descriptor.HelpLinkUri.Split('#');
            Assert.Contains(link[1], MarkdownPage.Read(link[0]).Anchors);
            Assert.StartsWith(descriptor.Id.ToLowerInvariant(), link[1]);
        }
    }
}
