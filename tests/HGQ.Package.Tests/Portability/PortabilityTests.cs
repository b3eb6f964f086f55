using System;
using System.IO;
using System.Threading.Tasks;
using HGQ.Testing;

namespace HGQ.Package.Tests.Portability;

/// <summary>
/// A project that takes the generator from the feed, in every form a program is shipped in and with vectors switched off one after
/// the other: the integers are those of the interpreter.
/// </summary>
[Collection(PackedFeed.Collection)]
public sealed class PortabilityTests(PackedFeed feed)
{
    [Fact]
    public async Task Compiled_at_run_time_with_vectors_of_every_width()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "jit", "--no-self-contained");
        await AssertEveryWidthAsync(program, "DOTNET_EnableAVX512=0");
        await AssertOptimisedAsync(program, feed.Combine("jit", "compiled.txt"));
    }

    [Fact]
    public async Task ReadyToRun()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "ready", "--no-self-contained", "-p:PublishReadyToRun=true");
        await AssertEveryWidthAsync(program, "DOTNET_EnableAVX512=0");
    }

    [Fact]
    public async Task Trimmed()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "trimmed", "--self-contained", "-p:PublishTrimmed=true", "-p:TrimMode=full");
        await program.AssertEqualAsync(512);
    }

    [ToolFact("gcc")]
    public async Task NativeAot()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "aot", "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc");
        await program.AssertEqualAsync(512);
    }

    [ToolFact("gcc")]
    public async Task NativeAot_for_the_instructions_of_this_machine()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "aot-native", "-p:PublishAot=true", "-p:CppCompilerAndLinker=gcc", "-p:IlcInstructionSet=native");
        await program.AssertEqualAsync(512);
    }

    [Fact]
    public async Task Dotnet_8()
    {
        var program = await ConsumerProgram.PublishAsync(feed, "net8", "--self-contained", "-p:ConsumerFramework=net8.0");
        Assert.StartsWith(".NET 8.", await program.AssertEqualAsync(512));
        await AssertEveryWidthAsync(program, "DOTNET_EnableAVX512F=0");
    }

    // Where the optimiser gives a method up, the runtime compiles it without: the integers are right, and the speed is not.
    private static async Task AssertOptimisedAsync(ConsumerProgram program, string log)
    {
        await program.AssertEqualAsync(512, "DOTNET_TieredCompilation=0", "DOTNET_JitDisasmSummary=1", "DOTNET_JitStdOutFile=" + log);
        string[] methods = File.ReadAllLines(log);
        Assert.Contains(methods, line => line.Contains(":Predict(", StringComparison.Ordinal) && line.Contains("[FullOpts", StringComparison.Ordinal));
        Assert.DoesNotContain(methods, line => line.Contains("[MinOpts", StringComparison.Ordinal));
    }

    private static async Task AssertEveryWidthAsync(ConsumerProgram program, string without512)
    {
        await program.AssertEqualAsync(512);
        await program.AssertEqualAsync(256, without512);
        await program.AssertEqualAsync(128, "DOTNET_EnableAVX2=0");
        await program.AssertEqualAsync(128, "DOTNET_EnableAVX=0");
        await program.AssertEqualAsync(0, "DOTNET_EnableHWIntrinsic=0");
    }
}
