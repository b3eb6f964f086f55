using System.IO;
using System.Threading.Tasks;

namespace HGQ.Package.Tests;

/// <summary>A project for an older .NET hears what the package needs, and not that a namespace is missing.</summary>
[Collection(PackedFeed.Collection)]
public sealed class OldFrameworkTests(PackedFeed feed)
{
    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.1")]
    public async Task The_runtime_package_says_which_framework_it_needs(string framework)
    {
        string folder = feed.Combine("old-" + framework);
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "old.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>{framework}</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="HGQ.Runtime" Version="{PackedFeed.Version}" />
              </ItemGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Old.cs"), "using HGQ.Runtime.Layers;\n");

        var built = await feed.DotnetAsync("build", Path.Combine(folder, "old.csproj"), "-c", "Release");

        Assert.NotEqual(0, built.ExitCode);
        Assert.Contains($"error HGQ0201: The package HGQ.Runtime needs .NET 10, and this project is built for {framework}", built.Output);
        Assert.DoesNotContain("CS0246", built.Output);
    }
}
