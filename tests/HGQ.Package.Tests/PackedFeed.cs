using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests;

/// <summary>All packages of this repository, packed into a folder outside of it, and fresh projects that take them from there.</summary>
[CollectionDefinition(Collection)]
public sealed class PackedFeed : IAsyncLifetime, IDisposable, ICollectionFixture<PackedFeed>
{
    /// <summary>Tests that share one packing.</summary>
    public const string Collection = "packed";

    // A version that exists nowhere else: nothing of it can come from a cache or from a registry.
    internal const string Version = "0.0.0-packagetest";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder _folder = new();

    internal string Feed => _folder.Combine("feed");

    public async Task InitializeAsync()
    {
        var packed = await ToolProcess.DotnetAsync(
            RepositoryRoot.Path, Limit, "pack", RepositoryRoot.Combine("src", "HGQ.Packages.slnf"), "-c", "Release", $"-p:Version={Version}",
            $"-p:HgqToolRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "--artifacts-path", _folder.Combine("artifacts"), "-o", Feed);
        Assert.True(packed.ExitCode == 0, packed.ToString());
        Directory.Delete(_folder.Combine("artifacts"), recursive: true);

        // Our packages come from the feed alone, are unpacked into a folder that goes away, and what others made is read from the cache of the user.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(_folder.Combine("nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><clear /><add key="cache" value="{cache}" /></fallbackPackageFolders>
              <packageSources><add key="packed" value="feed" /></packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="HGQ.*" /><package pattern="hgq" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    internal string PackagePath(string id) => Path.Combine(Feed, $"{id}.{Version}.nupkg");

    internal Task<ToolResult> DotnetAsync(params string[] arguments) => ToolProcess.DotnetAsync(_folder.Path, Limit, arguments);

    internal Task<ToolResult> RunAsync(string program, params string[] arguments) => ToolProcess.RunAsync(program, arguments, _folder.Path, Limit);

    internal string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Builds and runs a console program in a new folder with these files, one of which is the project.</summary>
    internal async Task<string> RunProgramAsync(string name, params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(Combine(name));
        foreach (var (path, text) in files)
        {
            File.WriteAllText(Combine(name, path), text);
        }

        var project = Combine(name, files.Select(file => file.Path).Single(path => path.EndsWith(".csproj", StringComparison.Ordinal)));
        var built = await DotnetAsync("build", project, "-c", "Release");
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Contains("0 Warning(s)", built.Output);

        var run = await DotnetAsync("run", "--no-build", "-c", "Release", "--project", project);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }
}
