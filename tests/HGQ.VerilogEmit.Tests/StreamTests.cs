using System;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;
using HGQ.VerilogEmit.Tests.Models;

namespace HGQ.VerilogEmit.Tests;

/// <summary>
/// The stream wrapper and what software sees of it; its bench with random stalls also runs in <see cref="SimulationTests"/>.
/// </summary>
public sealed class StreamTests
{
    private const string Caller =
        """
        #include "product.h"
        #include <assert.h>
        int main(void) {
          static uint32_t registers[32];
          registers[1] = registers[13] = 2;
          product_sample sample = {{1, -2, 3}, {-1, 0, 1}};
          assert(sizeof sample == 6 && sizeof(product_results) == 6 && sample.q[1] == -2 && product_q_fraction_bits[2] == 2);
          assert(product_run(registers, 0x100000010u, 0x20u, 5) == 0);
          assert(registers[6] == 0x10 && registers[7] == 1 && registers[10] == 30 && registers[18] == 0x20 && registers[22] == 30);
          registers[13] = 0x12;
          assert(product_run(registers, 0, 0, 1) == -1);
          return 0;
        }
        """;

    [ToolFact("iverilog", "vvp", "make")]
    public async Task The_wrapper_loses_and_reorders_nothing_behind_stalls()
    {
        using var folder = Emit();
        var run = await ToolProcess.RunAsync("make", ["sim-axis"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    [ToolFact("iverilog", "vvp", "make")]
    public async Task The_bench_finds_a_wrapper_that_ignores_back_pressure()
    {
        using var folder = Emit();
        string path = folder.Combine("rtl", "product_axis.v"), text = await File.ReadAllTextAsync(path);
        await File.WriteAllTextAsync(path, text.Replace("aresetn && !waiting[", "aresetn || waiting[", StringComparison.Ordinal));
        var run = await ToolProcess.RunAsync("make", ["sim-axis"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("first difference: beat ", run.Output, StringComparison.Ordinal);
    }

    [ToolFact("gcc")]
    public async Task The_driver_compiles_and_speaks_to_the_registers_of_the_DMA()
    {
        using var folder = Emit();
        await File.WriteAllTextAsync(folder.Combine("driver", "main.c"), Caller);
        string[] arguments = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-Wno-unused-variable", "-o", "main", "main.c",
            "product_driver.c"];
        var built = await ToolProcess.RunAsync("gcc", arguments, folder.Combine("driver"), TimeSpan.FromMinutes(2));
        Assert.True(built.ExitCode == 0, built.ToString());
        var run = await ToolProcess.RunAsync(folder.Combine("driver", "main"), [], folder.Path, TimeSpan.FromMinutes(1));
        Assert.True(run.ExitCode == 0, run.ToString());
    }

    private static TemporaryFolder Emit()
    {
        var folder = new TemporaryFolder();
        VerilogEmitter.Emit(SmallNets.Lower(SmallNets.Product),
            new VerilogOptions { Io = VerilogIo.Axis, PipelineLevels = 1, Vectors = 100 }).Write(folder.Path);
        return folder;
    }
}
