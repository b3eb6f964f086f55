using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.Graph;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Package.Tests.Portability;

/// <summary>The program in <c>Consumer/</c>, published in one form and run under settings of the runtime.</summary>
internal sealed class ConsumerProgram
{
    private const string Project = $$"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <!-- A property of another name: TargetFramework itself, given with -p, is not seen by the restore. -->
            <ConsumerFramework Condition="'$(ConsumerFramework)' == ''">net10.0</ConsumerFramework>
            <TargetFramework>$(ConsumerFramework)</TargetFramework>
            <LangVersion>12</LangVersion>
            <Nullable>enable</Nullable>
            <WarningLevel>9999</WarningLevel>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <InvariantGlobalization>true</InvariantGlobalization>
            <IsAotCompatible>true</IsAotCompatible>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="HGQ.Generators" Version="{{PackedFeed.Version}}" PrivateAssets="all" />
            <None Include="*.samples" CopyToOutputDirectory="PreserveNewest" />
          </ItemGroup>
        </Project>
        """;

    private readonly PackedFeed _feed;
    private readonly string _executable;

    private ConsumerProgram(PackedFeed feed, string executable)
    {
        _feed = feed;
        _executable = executable;
    }

    /// <summary>Publishes for this platform, where warnings are errors.</summary>
    /// <param name="feed">Where the generator comes from.</param>
    /// <param name="name">Name of the folder.</param>
    /// <param name="arguments">Properties of the publication.</param>
    public static async Task<ConsumerProgram> PublishAsync(PackedFeed feed, string name, params string[] arguments)
    {
        string folder = feed.Combine(name);
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(RepositoryRoot.Combine("tests", "HGQ.Package.Tests", "Portability", "Consumer")))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(folder, "consumer.csproj"), Project);
        foreach (ModelGraph graph in new[] { PortableModels.Dense(), PortableModels.Image(), PortableModels.Normalized(), PortableModels.Standardized(), PortableModels.Bits() })
        {
            ModelWriter.WriteFile(graph, Path.Combine(folder, graph.Name + ".hgq.json"));
            ModelSamples.Write(graph, Path.Combine(folder, graph.Name + ".samples"));
        }

        var published = await feed.DotnetAsync(
            ["publish", Path.Combine(folder, "consumer.csproj"), "-c", "Release", "--use-current-runtime", "-o", Path.Combine(folder, "out"), .. arguments]);
        Assert.True(published.ExitCode == 0, published.ToString());
        return new ConsumerProgram(feed, Path.Combine(folder, "out", OperatingSystem.IsWindows() ? "consumer.exe" : "consumer"));
    }

    /// <summary>Runs it: no differences, and no vectors wider than these.</summary>
    /// <param name="widest">Bits of the widest vector that may be used.</param>
    /// <param name="settings">Settings of the runtime as NAME=VALUE.</param>
    /// <returns>What it says it runs on.</returns>
    public async Task<string> AssertEqualAsync(int widest, params string[] settings)
    {
        var environment = settings.Select(setting => setting.Split('=')).ToDictionary(pair => pair[0], string? (pair) => pair[1]);
        var run = await ToolProcess.RunAsync(_executable, [], _feed.Combine(), TimeSpan.FromMinutes(2), environment);
        Assert.True(run.ExitCode == 0, string.Join(' ', settings) + "\n" + run);
        string[] lines = run.Output.Split('\n');
        Assert.Equal("0 differences", lines[1]);
        Assert.InRange(int.Parse(lines[0].Split(' ')[^2], CultureInfo.InvariantCulture), 0, widest);
        return lines[0];
    }
}
