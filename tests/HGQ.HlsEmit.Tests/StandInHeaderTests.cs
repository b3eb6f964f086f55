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

    [ToolTheory("g++", "clang++")]
    [InlineData("g++", "c++11")]
    [InlineData("clang++", "c++17")]
    public async Task The_header_of_ac_int_keeps_its_promises(string compiler, string standard) => Assert.Contains(
        "0 differences",
        await Output(
            compiler, "ac_arithmetic.cpp", null, "-std=" + standard, "-Wall", "-Wextra", "-Wconversion", "-Wsign-conversion", "-Werror",
            "-fsanitize=undefined", "-fno-sanitize-recover"),
        StringComparison.Ordinal);

    [ToolFact("g++", HostTools.SystemCHeader)]
    public async Task Numbers_of_ac_fixed_agree_with_SystemC() => Assert.Contains(
        "84000 checks, 0 differences",
        await Output("g++", "ac_fixed.cpp", null, "-std=c++17", "-w", "-DHGQ_SYSTEMC", "-DSC_INCLUDE_FX", "-lsystemc"),
        StringComparison.Ordinal);

    /// <summary>The same program with the open headers of ac_types: they keep the promises too, and give the same codes.</summary>
    [AcHeadersFact]
    public async Task The_open_headers_of_ac_types_say_the_same()
    {
        var folder = AcHeadersFactAttribute.Folder;
        Assert.Contains("0 differences", await Output("g++", "ac_arithmetic.cpp", folder, "-std=c++11", "-w"), StringComparison.Ordinal);
        Assert.Equal(
            await Output("g++", "ac_fixed.cpp", null, "-std=c++11", "-w"), await Output("g++", "ac_fixed.cpp", folder, "-std=c++11", "-w"));
    }

    private static async Task Run(string program, params string[] flags) =>
        Assert.Contains("0 differences", await Output("g++", program, null, flags), StringComparison.Ordinal);

    private static async Task<string> Output(string compiler, string program, string? headers, params string[] flags)
    {
        using var folder = new TemporaryFolder();
        foreach (var header in new[] { "ap_int.h", "ap_fixed.h", "ac_int.h", "ac_fixed.h" })
        {
            File.WriteAllText(folder.Combine(header), TemplateRenderer.Resource("sim/" + header));
        }

        var source = RepositoryRoot.Combine("tests", "HGQ.HlsEmit.Tests", "Referees", program);
        var include = headers is null ? "-I." : "-isystem" + headers;
        var build = await ToolProcess.RunAsync(
            compiler, [include, "-O1", source, "-o", "referee", .. flags], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(build.ExitCode == 0, build.ToString());
        var run = await ToolProcess.RunAsync(folder.Combine("referee"), [], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        return run.Output;
    }
}
