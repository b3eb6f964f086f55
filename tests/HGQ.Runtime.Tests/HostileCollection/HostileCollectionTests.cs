using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Runtime.Tests.HostileCollection;

/// <summary>
/// Everything that calls native code, in a process in which a thread collects and finalizes without pause, compiled so that the compiler
/// forgets references as early as it may. Results must be those of an undisturbed process: what is freed too early may crash, or be a
/// wrong number.
/// </summary>
public sealed class HostileCollectionTests
{
    private const double SecondsInContinuousIntegration = 24;
    private const double SecondsElsewhere = 2;

    private static readonly string Program = typeof(HostileCollectionTests).Assembly.Location;

    private static double Seconds =>
        Environment.GetEnvironmentVariable("HGQ_HOSTILE_SECONDS") is { Length: > 0 } seconds
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
        : Environment.GetEnvironmentVariable("CI") == "true" ? SecondsInContinuousIntegration
        : SecondsElsewhere;

    [Theory]
    [InlineData("compiled")]
    [InlineData("front")]
    [InlineData("layers")]
    [InlineData("quantizers")]
    [InlineData("training")]
    [InlineData("unscoped")]
    public async Task Results_are_those_of_an_undisturbed_process(string scenarios)
    {
        using var folder = new TemporaryFolder();
        string count = folder.Combine("collections");
        var hostile = new Dictionary<string, string?>
        {
            ["DOTNET_STARTUP_HOOKS"] = Hook(),
            ["DOTNET_TieredCompilation"] = "0",
            ["HGQ_HOSTILE_COUNT_FILE"] = count,
        };

        ToolResult undisturbed = await RunAsync(folder.Path, scenarios, seconds: 0, new Dictionary<string, string?>());
        ToolResult disturbed = await RunAsync(folder.Path, scenarios, Seconds, hostile);

        Assert.True(undisturbed.ExitCode == 0, undisturbed.ToString());
        Assert.True(disturbed.ExitCode == 0, disturbed.ToString());
        Assert.Equal(undisturbed.Output, disturbed.Output);
        Assert.True(undisturbed.Output.AsSpan().Count('\n') >= 3, undisturbed.ToString());
        Assert.True(long.Parse(File.ReadAllText(count), CultureInfo.InvariantCulture) > 100, $"{File.ReadAllText(count)} collections");
    }

    private static Task<ToolResult> RunAsync(
        string folder, string scenarios, double seconds, IReadOnlyDictionary<string, string?> environment) =>
        ToolProcess.RunAsync(
            "dotnet",
            [Program, scenarios, seconds.ToString(CultureInfo.InvariantCulture)],
            folder,
            TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(2 * seconds),
            environment);

    private static string Hook() => Path.GetFullPath(Path.Combine(
        AppContext.BaseDirectory,
        typeof(HostileCollectionTests).Assembly
            .GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "HgqHostileCollector").Value!));
}
