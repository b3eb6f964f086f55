using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>The emitted makefile builds anew what another compiler, other flags or another header would change, and nothing else.</summary>
public sealed class RebuildTests
{
    [ToolFact("g++", "make")]
    public async Task What_changes_the_program_builds_it_anew()
    {
        using var folder = new TemporaryFolder();
        HlsProjectWriter.Write(HlsEmitter.Emit(SmallPrograms.Dense(), new HlsOptions()), folder.Path);
        string other = folder.Combine("other-g++");
        File.WriteAllText(other, "#!/bin/sh\nexec g++ \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(other, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        int all = await BuiltAsync(folder.Path);
        Assert.True(all > 2);
        Assert.Equal(0, await BuiltAsync(folder.Path));
        foreach (string argument in new[] { "EXTRA=-DSAY='\"a b\"'", "CXX=" + other })
        {
            Assert.Equal(all, await BuiltAsync(folder.Path, argument));
            Assert.Equal(0, await BuiltAsync(folder.Path, argument));
        }

        await BuiltAsync(folder.Path);
        File.SetLastWriteTimeUtc(folder.Combine("firmware", "layers", "layer.h"), DateTime.UtcNow.AddSeconds(1));
        Assert.InRange(await BuiltAsync(folder.Path), 1, all);
    }

    // Number of sources that were compiled.
    private static async Task<int> BuiltAsync(string folder, params string[] arguments)
    {
        ToolResult run = await ToolProcess.RunAsync("make", ["csim", "OPT=-O0", .. arguments], folder, TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("0 differences", run.Output, StringComparison.Ordinal);
        return run.Output.Split('\n').Count(static line => line.EndsWith(".cpp", StringComparison.Ordinal));
    }
}
