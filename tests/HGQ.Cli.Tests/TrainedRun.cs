using System;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Cli.Tests;

/// <summary>A short training of the sample data, made once for all tests that read its folder: <c>run/</c> and <c>samples/</c>.</summary>
public sealed class TrainedRun : IAsyncLifetime, IDisposable
{
    /// <summary>What the tests train: a small network, long enough to be stopped on the way.</summary>
    public static readonly string[] Arguments =
    [
        "train", "samples/data/clusters.csv", "--target", "cluster", "--method", "recipe",
        "--epochs", "150", "--hidden", "8", "--batch", "64", "--seed", "3",
    ];

    private readonly TemporaryFolder _folder = new();

    public string Folder => _folder.Path;

    internal ToolResult Result { get; private set; } = null!;

    public static void CopySamples(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "samples", "data"));
        File.Copy(RepositoryRoot.Combine("samples", "data", "clusters.csv"), Path.Combine(folder, "samples", "data", "clusters.csv"));
        Directory.CreateDirectory(Path.Combine(folder, "samples", "sweeps"));
        File.Copy(RepositoryRoot.Combine("samples", "sweeps", "clusters.json"), Path.Combine(folder, "samples", "sweeps", "clusters.json"));
        Directory.CreateDirectory(Path.Combine(folder, "samples", "models"));
        File.Copy(RepositoryRoot.Combine("samples", "models", "qkeras.h5"), Path.Combine(folder, "samples", "models", "qkeras.h5"));
    }

    public async Task InitializeAsync()
    {
        CopySamples(Folder);
        Result = await HgqTool.RunAsync(Folder, [.. Arguments, "--out", "run"]);
        Assert.True(Result.ExitCode == 0, Result.ToString());
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();
}
