using System;
using System.IO;
using System.Threading.Tasks;
using HGQ.HlsEmit.Text;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>The headers of sim/ against SystemC's types, which were written by others.</summary>
public sealed class StandInHeaderTests
{
    [ToolTheory("g++")]
    [InlineData("c++11")]
    [InlineData("c++17")]
    public async Task The_header_keeps_its_promises(string standard) => await Run("arithmetic.cpp", "-std=" + standard, "-Wall", "-Wextra", "-Werror", "-fsanitize=undefined", "-fno-sanitize-recover");

    [ToolFact("g++", HostTools.SystemCHeader)]
    public async Task Numbers_agree_with_SystemC() => await Run("systemc.cpp", "-std=c++17", "-w", "-DSC_INCLUDE_FX", "-lsystemc");

    private static async Task Run(string program, params string[] flags)
    {
        using var folder = new TemporaryFolder();
        foreach (var header in new[] { "ap_int.h", "ap_fixed.h" })
        {
            File.WriteAllText(folder.Combine(header), TemplateRenderer.Resource("sim/" + header));
        }

        var source = RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Referees", program);
        var build = await ToolProcess.RunAsync("g++", ["-I.", "-O1", source, "-o", "referee", .. flags], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(build.ExitCode == 0, build.ToString());
        var run = await ToolProcess.RunAsync(folder.Combine("referee"), [], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("0 differences", run.Output, StringComparison.Ordinal);
    }
}
