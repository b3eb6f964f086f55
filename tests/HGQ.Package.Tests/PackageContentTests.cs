using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Reflection.Metadata;
using System.Xml.Linq;
using HGQ.Testing;

namespace HGQ.Package.Tests;

/// <summary>What a registry and a debugger show of the packages.</summary>
[Collection(PackedFeed.Collection)]
public sealed class PackageContentTests(PackedFeed feed)
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");

    [Theory]
    [InlineData("HGQ.Model", "HGQ.Model")]
    [InlineData("HGQ.Runtime", "HGQ.Runtime")]
    [InlineData("HGQ.Generators", "HGQ.Generators")]
    [InlineData("HGQ.HlsEmit", "HGQ.HlsEmit")]
    [InlineData("HGQ.Import", "HGQ.Import")]
    [InlineData("HGQ.Report", "HGQ.Report")]
    [InlineData("HGQ.Sweep", "HGQ.Sweep")]
    [InlineData("HGQ.Templates", "HGQ.Templates")]
    [InlineData("HGQ.VerilogEmit", "HGQ.VerilogEmit")]
    [InlineData("hgq", "HGQ.Cli")]
    public void A_package_says_what_it_is(string id, string project)
    {
        using var package = ZipFile.OpenRead(feed.PackagePath(id));
        XElement data = XDocument.Parse(Text(package, id + ".nuspec")).Root!.Elements().Single();
        string Value(string name) => data.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

        Assert.Equal("Apache-2.0", Value("license"));
        Assert.Equal("icon.png", Value("icon"));
        Assert.NotNull(package.GetEntry("icon.png"));
        Assert.StartsWith("## ", Value("releaseNotes"), StringComparison.Ordinal);
        Assert.NotEmpty(Value("description"));
        Assert.Equal("README.md", Value("readme"));
        Assert.Equal(File.ReadAllText(RepositoryRoot.Combine("src", project, "README.md")), Text(package, "README.md"));

        // The remote of a clone may be a folder of the machine; who publishes names the address.
        Assert.DoesNotContain(data.Elements(), element => element.Name.LocalName == "repository" && element.Attribute("url") is not null);
    }

    [Theory]
    [InlineData("HGQ.Model", "lib/netstandard2.0/HGQ.Model.pdb")]
    [InlineData("HGQ.Runtime", "lib/net10.0/HGQ.Runtime.pdb")]
    [InlineData("HGQ.HlsEmit", "lib/net10.0/HGQ.HlsEmit.pdb")]
    [InlineData("HGQ.Import", "lib/net10.0/HGQ.Import.pdb")]
    [InlineData("HGQ.Report", "lib/net10.0/HGQ.Report.pdb")]
    [InlineData("HGQ.Sweep", "lib/net10.0/HGQ.Sweep.pdb")]
    [InlineData("HGQ.VerilogEmit", "lib/net10.0/HGQ.VerilogEmit.pdb")]
    public void Symbols_hold_the_sources(string id, string symbols)
    {
        using var package = ZipFile.OpenRead(Path.ChangeExtension(feed.PackagePath(id), ".snupkg"));
        using var stream = new MemoryStream();
        using (var entry = package.GetEntry(symbols)!.Open())
        {
            entry.CopyTo(stream);
        }

        stream.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var reader = provider.GetMetadataReader();
        int sources = reader.CustomDebugInformation
            .Count(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);
        Assert.InRange(sources, 10, int.MaxValue);
    }

    private static string Text(ZipArchive package, string entry)
    {
        using var reader = new StreamReader(package.GetEntry(entry)!.Open());
        return reader.ReadToEnd();
    }
}
