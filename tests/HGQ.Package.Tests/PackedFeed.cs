using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests;

/// <summary>
/// All packages of this repository, packed into a folder outside of it, and fresh projects that take them from there. Both begin with an empty
/// cache of packages, as a fresh machine does: what is not asked for is not there. One cache, filled once, serves all tests of a run.
/// </summary>
[CollectionDefinition(Collection)]
public sealed class PackedFeed : IAsyncLifetime, IDisposable, ICollectionFixture<PackedFeed>
{
    /// <summary>Tests that share one packing.</summary>
    public const string Collection = "packed";

    // A version that exists nowhere else: nothing of it can come from a cache or from a registry.
    internal const string Version = "0.0.0-packagetest";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly TemporaryFolder _folder = new();
    private Task? _templates;

    internal string Feed => _folder.Combine("feed");

    public async Task InitializeAsync()
    {
        var packed = await RunAsync(
            "dotnet",
            RepositoryRoot.Path,
            [
                "pack", RepositoryRoot.Combine("src", "HGQ.Packages.slnf"), "-c", "Release", $"-p:Version={Version}",
                $"-p:HgqToolRuntimeIdentifiers={RuntimeInformation.RuntimeIdentifier}", "--artifacts-path", _folder.Combine("artifacts"), "-o", Feed,
            ]);
        Assert.True(packed.ExitCode == 0, packed.ToString());
        Directory.Delete(_folder.Combine("artifacts"), recursive: true);

        // Our packages come from the feed alone.
        File.WriteAllText(_folder.Combine("nuget.config"), """
            <configuration>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
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

    internal Task<ToolResult> DotnetAsync(params string[] arguments) => RunAsync("dotnet", _folder.Path, arguments);

    internal Task<ToolResult> DotnetInAsync(string folder, params string[] arguments) => RunAsync("dotnet", folder, arguments);

    internal Task<ToolResult> RunAsync(string program, params string[] arguments) => RunAsync(program, _folder.Path, arguments);

    internal Task<ToolResult> RunInAsync(string folder, string program, params string[] arguments) => RunAsync(program, folder, arguments);

    internal string Combine(params string[] parts) => _folder.Combine(parts);

    /// <summary>Builds and runs a console program in a new folder with these files, one of which is the project.</summary>
    internal async Task<string> RunProgramAsync(string name, params (string Path, string Text)[] files)
    {
        Directory.CreateDirectory(Combine(name));
        foreach (var (path, text) in files)
        {
            File.WriteAllText(Combine(name, path), text);
        }

        string project = files.Select(file => file.Path).Single(path => path.EndsWith(".csproj", StringComparison.Ordinal));
        return await RunProjectAsync(Combine(name, project));
    }

    /// <summary>Installs the templates, once, where no other <c>dotnet new</c> sees them.</summary>
    internal Task InstallTemplatesAsync() => _templates ??= InstallAsync();

    private async Task InstallAsync()
    {
        var installed = await DotnetAsync("new", "install", $"HGQ.Templates@{Version}", "--add-source", Feed);
        Assert.True(installed.ExitCode == 0, installed.ToString());
    }

    /// <summary>Builds a project without a warning, runs it in its folder, and says what it printed.</summary>
    internal async Task<string> RunProjectAsync(string project)
    {
        var built = await DotnetAsync("build", project, "-c", "Release");
        Assert.True(built.ExitCode == 0, built.ToString());
        Assert.Contains("0 Warning(s)", built.Output);

        var run = await DotnetInAsync(Path.GetDirectoryName(project)!, "run", "--no-build", "-c", "Release", "--project", project);
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }

    private Task<ToolResult> RunAsync(string program, string workingFolder, string[] arguments) =>
        ToolProcess.RunAsync(program, arguments, workingFolder, Limit, new Dictionary<string, string?>(ToolProcess.WithoutServers)
        {
            ["NUGET_PACKAGES"] = _folder.Combine("packages"),

            // Where the tool of a manifest was found last is remembered here, also when that folder is long gone.
            ["DOTNET_CLI_HOME"] = _folder.Combine("home"),
        });
}
