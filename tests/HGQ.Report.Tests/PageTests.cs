using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Model.Graph;
using HGQ.Model.Inspection;
using HGQ.Model.Serialization;
using HGQ.Report.Contents;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using HGQ.Testing.Names;

namespace HGQ.Report.Tests;

/// <summary>What stands in a page.</summary>
public sealed partial class PageTests
{
    [Fact]
    public void The_same_content_gives_the_same_bytes()
    {
        string page = HtmlReport.Write(SampleRun.Content());
        Assert.Equal(page, HtmlReport.Write(SampleRun.Content()));
        Assert.StartsWith(HtmlReport.Beginning, page, StringComparison.Ordinal);
        Assert.DoesNotContain(DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture) + "-", page, StringComparison.Ordinal);
    }

    /// <summary>Nothing is fetched: no address but the name of the SVG language, no script, no link but to places in the page.</summary>
    [Fact]
    public void A_page_needs_nothing_else()
    {
        foreach (ReportContent content in new[] { SampleRun.Content(SampleRun.Hostile), SampleRun.Regression() })
        {
            string page = HtmlReport.Write(content);
            Assert.DoesNotMatch("https?:|<script|<link|<img|<iframe|url\\((?!#)|@import", page);
            Assert.All(Links().Matches(page), static link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal));
            string[] names = [.. Identifiers().Matches(page).Select(static id => id.Groups[1].Value)];
            Assert.Equal(names.Length, names.Distinct().Count());
            Assert.All(References().Matches(page), reference => Assert.Contains(reference.Groups[1].Value, names));
        }
    }

    [Fact]
    public void Names_that_would_be_markup_are_text()
    {
        string page = HtmlReport.Write(SampleRun.Content(SampleRun.Hostile));
        string shown = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;&quot;&#39;\ufffd\ufffd\ufffd{{ 1 }}\ufffd[31m";
        Assert.Contains(shown, page, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', page);
        Assert.DoesNotContain('\u202e', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain(page, static c => char.IsSurrogate(c));
    }

    /// <summary>All names of the list, as names of models, layers, outputs and classes: the elements of the page are ours.</summary>
    [Fact]
    public void Every_hostile_name_gives_the_elements_of_a_harmless_one()
    {
        int elements = Elements(["a", "b", "c", "d", "e", "f"]);
        foreach (string[] names in HostileNames.Listed.Distinct(StringComparer.Ordinal).Chunk(12).Where(static names => names.Length >= 6))
        {
            Assert.Equal(elements, Elements([.. names.Take(6)]));
        }

        static int Elements(string[] names)
        {
            var model = HostileModel.Create(names[0], names, [names[1], names[2]]);
            var output = new ConfusionRecord(names[3], [names[4], names[5]], [[1, 2], [3, 4]]);
            var evaluation = new EvaluationRecord(names[0], [output], [], []);
            string page = HtmlReport.Write(new ReportContent { Model = model, Evaluation = evaluation });
            return page.Split('<').Length;
        }
    }

    [Fact]
    public void Models_of_all_kinds_are_shown()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            ModelGraph model = RandomGraphs.Any(seed);
            string page = HtmlReport.Write(new ReportContent { Model = model });
            Assert.All(model.Layers, layer => Assert.Contains(layer.Name, page, StringComparison.Ordinal));
            Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        }
    }

    /// <summary>The cells of a map are the bits of the weights: their sum over all inputs is what EBOPs are made of.</summary>
    [Fact]
    public void Weights_are_counted_as_EBOPs_count_them()
    {
        var dense = SampleRun.Model.Layers.OfType<DenseLayer>().First();
        LayerWeights weights = LayerWeights.Of(dense)!;
        Assert.Equal((dense.Kernel.Shape[0], dense.Kernel.Shape[1]), (weights.Rows, weights.Columns));
        LayerInspection layer = ModelInspection.Of(SampleRun.Model).Layers.Single(l => l.Name == dense.Name);
        var source = ModelInspection.Of(SampleRun.Model).Layers.Single(l => l.Name == dense.Input).Formats;
        long ebops = Enumerable.Range(0, weights.Bits.Length)
            .Sum(n => (long)weights.Bits[n] * Math.Max(0, source[n / weights.Columns].Width));
        Assert.Equal(layer.Ebops, ebops);
    }

    [Fact]
    public void A_model_alone_has_the_sections_that_it_gives()
    {
        string page = HtmlReport.Write(new ReportContent { Model = SampleRun.Convolution, Commands = ["hgq report m.hgq.json"] });
        Assert.Equal(["network", "layers", "ranges", "origin"], Sections().Matches(page).Select(static section => section.Groups[1].Value));
        string whole = HtmlReport.Write(SampleRun.Content());
        Assert.Equal(
            ["front", "curves", "evaluation", "network", "layers", "ranges", "origin"],
            Sections().Matches(whole).Select(static section => section.Groups[1].Value));
    }

    [Fact]
    public void Many_classes_and_large_layers_stay_readable()
    {
        int[] numbers = [.. Enumerable.Range(0, 60)];
        int[][] counts = [.. numbers.Select(r => numbers.Select(c => r == c ? 9 : r == c + 1 ? 2 : 0).ToArray())];
        var record = new ConfusionRecord("y", [.. Enumerable.Range(0, 60).Select(static n => $"class {n}")], counts);
        var evaluation = new EvaluationRecord("rows", [record], [], []);
        string page = HtmlReport.Write(new ReportContent { Model = SampleRun.Model, Evaluation = evaluation });
        Assert.Contains("60 classes are too many for a table", page, StringComparison.Ordinal);
        Assert.Contains("82.07 % (540 of 658)", page, StringComparison.Ordinal);

        // 784 × 128 weights: squares of two by two.
        ModelGraph mlp = ModelReader.ReadFile(RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models", "mnist_mlp.hgq.json"));
        Assert.InRange(HtmlReport.Write(new ReportContent { Model = mlp }).Length, 10_000, 3_000_000);
    }

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Identifiers();

    [GeneratedRegex(@"url\(#([^)]*)\)")]
    private static partial Regex References();

    [GeneratedRegex("<section id=\"([^\"]*)\"")]
    private static partial Regex Sections();
}
