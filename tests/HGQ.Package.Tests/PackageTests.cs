using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests;

/// <summary>The packages do what they say in a project that knows nothing of this repository.</summary>
[Collection(PackedFeed.Collection)]
public sealed class PackageTests(PackedFeed feed)
{
    [Fact]
    public void The_generator_is_an_analyzer_with_all_that_it_loads_and_without_dependencies()
    {
        using var package = ZipFile.OpenRead(feed.PackagePath("HGQ.Generators"));
        var names = package.Entries.Select(entry => entry.FullName).ToArray();

        Assert.Equal(
            ["analyzers/dotnet/cs/HGQ.Generators.dll", "analyzers/dotnet/cs/HGQ.Model.dll"],
            names.Where(name => name.EndsWith(".dll", StringComparison.Ordinal)).Order());
        using var nuspec = new StreamReader(package.GetEntry("HGQ.Generators.nuspec")!.Open());
        Assert.DoesNotContain("<dependency ", nuspec.ReadToEnd());
    }

    [Fact]
    public void The_model_library_has_no_dependencies()
    {
        using var package = ZipFile.OpenRead(feed.PackagePath("HGQ.Model"));
        using var nuspec = new StreamReader(package.GetEntry("HGQ.Model.nuspec")!.Open());

        Assert.DoesNotContain("<dependency ", nuspec.ReadToEnd());
    }

    [Fact]
    public async Task The_generator_package_turns_a_model_file_into_a_program_without_dependencies()
    {
        var sample = RepositoryRoot.Combine("samples", "Inference");
        var files = Directory.GetFiles(sample)
            .Where(path => path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".hgq.json", StringComparison.Ordinal))
            .Select(path => (Path.GetFileName(path), File.ReadAllText(path)))
            .Append(("inference.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <Nullable>enable</Nullable>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="HGQ.Generators" Version="{PackedFeed.Version}" PrivateAssets="all" />
                  </ItemGroup>
                </Project>
                """));

        var output = await feed.RunProgramAsync("inference", [.. files]);

        Assert.Contains("10 of 10 right", output);
        Assert.Contains("batch and single sample agree", output);
        var libraries = Directory.GetFiles(feed.Combine("inference", "bin"), "*.dll", SearchOption.AllDirectories).Select(Path.GetFileName);
        Assert.Equal(["inference.dll"], libraries);
    }

    [Fact]
    public async Task The_runtime_package_makes_TorchSharp_load()
    {
        var output = await feed.RunProgramAsync(
            "torch",
            ("torch.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                    <UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier>
                    <SelfContained>false</SelfContained>
                  </PropertyGroup>
                  <ItemGroup>
                    <PackageReference Include="HGQ.Runtime" Version="{PackedFeed.Version}" />
                  </ItemGroup>
                </Project>
                """),
            ("Program.cs", """
                using TorchSharp;
                System.Console.WriteLine(torch.ones(3, 4).sum().ToInt64());
                """));

        Assert.Equal("12", output.Trim());
    }

    [Fact]
    public async Task The_tool_installs_from_the_feed_and_answers()
    {
        var installed = await feed.DotnetAsync(
            "tool", "install", "hgq", "--version", PackedFeed.Version, "--tool-path", feed.Combine("tools"), "--source", feed.Feed);
        Assert.True(installed.ExitCode == 0, installed.ToString());

        var tool = feed.Combine("tools", OperatingSystem.IsWindows() ? "hgq.exe" : "hgq");
        var help = await feed.RunAsync(tool, "--help");
        Assert.True(help.ExitCode == 0, help.ToString());
        Assert.Contains("Usage:", help.Output);

        var schema = await feed.RunAsync(tool, "schema");
        Assert.True(schema.ExitCode == 0, schema.ToString());
        Assert.Equal(File.ReadAllText(RepositoryRoot.Combine("docs", "hgq-model.schema.json")).Trim(), schema.Output.Trim());

        var inspected = await feed.RunAsync(tool, "inspect", RepositoryRoot.Combine("samples", "Inference", "pendigits.hgq.json"));
        Assert.True(inspected.ExitCode == 0, inspected.ToString());
    }

    /// <summary>docs/cli.md, "As a tool of a project": who made the manifest, and who clones the project.</summary>
    [Fact]
    public async Task The_tool_of_a_manifest_is_restored()
    {
        string made = feed.Combine("manifest"), cloned = feed.Combine("clone");
        Directory.CreateDirectory(made);
        Directory.CreateDirectory(cloned);
        await RunAsync(made, "new", "tool-manifest");
        await RunAsync(made, "tool", "install", "hgq", "--version", PackedFeed.Version, "--source", feed.Feed);
        string manifest = Directory.GetFiles(made, "dotnet-tools.json", SearchOption.AllDirectories).Single();
        File.Copy(manifest, Path.Combine(cloned, "dotnet-tools.json"));
        await RunAsync(cloned, "tool", "restore", "--add-source", feed.Feed);
        Assert.Contains("Usage:", await RunAsync(cloned, "hgq", "--help"), StringComparison.Ordinal);
    }

    /// <summary>The project and the program of the README, with the sample's model.</summary>
    [Fact]
    public async Task The_program_of_the_README_runs()
    {
        var blocks = MarkdownPage.Read("README.md").CodeBlocks.Where(block => block.Heading == "Use the model in C#").ToList();
        string items = blocks.Single(block => block.Language == "xml").Text;
        Assert.Contains("Version=\"0.1.0\"", items, StringComparison.Ordinal);
        var output = await feed.RunProgramAsync(
            "readme",
            ("readme.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType>
                    <TargetFramework>net10.0</TargetFramework>
                  </PropertyGroup>
                  {items.Replace("0.1.0", PackedFeed.Version, StringComparison.Ordinal)}
                </Project>
                """),
            ("Program.cs", blocks.Single(block => block.Language == "csharp").Text),
            ("pendigits.hgq.json", File.ReadAllText(RepositoryRoot.Combine("samples", "Inference", "pendigits.hgq.json"))));
        Assert.Equal("8", output.Trim());
    }

    private async Task<string> RunAsync(string folder, params string[] arguments)
    {
        var result = await feed.DotnetInAsync(folder, arguments);
        Assert.True(result.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{result}");
        return result.Output;
    }
}
