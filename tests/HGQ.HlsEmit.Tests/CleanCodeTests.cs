using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using HGQ.HlsEmit.Text;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;
using HGQ.Testing.Graphs;

namespace HGQ.HlsEmit.Tests;

/// <summary>What compilers, sanitizers and cppcheck say about emitted projects: nothing. No line is longer than an editor shows.</summary>
public sealed class CleanCodeTests
{
    internal const string Sanitized = "EXTRA=-Werror -fsanitize=address,undefined -fno-sanitize-recover=all";

    private static readonly string[] Layers =
        ["dense", "convolution", "table", "pool", "subtract", "matmul", "clamp", "softmax", "attention"];

    // The makefile asks for -Wall -Wextra -Wconversion -Wsign-conversion.
    [ToolTheory("g++", "clang++", "make")]
    [InlineData("g++", "c++11", "-O1", HlsIoType.Parallel, HlsTypes.Ap)]
    [InlineData("g++", "c++17", "-O0", HlsIoType.Stream, HlsTypes.Ap)]
    [InlineData("clang++", "c++11", "-O0", HlsIoType.Stream, HlsTypes.Ap)]
    [InlineData("clang++", "c++20", "-O0", HlsIoType.Parallel, HlsTypes.Ap)]
    [InlineData("g++", "c++17", "-O1", HlsIoType.Parallel, HlsTypes.Ac)]
    [InlineData("g++", "c++11", "-O0", HlsIoType.Stream, HlsTypes.Ac)]
    [InlineData("clang++", "c++17", "-O0", HlsIoType.Stream, HlsTypes.Ac)]
    [InlineData("clang++", "c++11", "-O0", HlsIoType.Parallel, HlsTypes.Ac)]
    public Task Nothing_is_warned_of_and_nothing_is_undefined(
        string compiler, string standard, string optimization, HlsIoType io, HlsTypes types)
    {
        // With streams, dense layers are folded.
        var graph = AnyNetwork.Create(11, 6, 4);
        var reuse = io == HlsIoType.Stream ? FoldTests.Dense(Lowerer.Lower(graph), 3) : [];
        return HlsRun.AssertCsim(
            graph, new HlsOptions { Types = types, IoType = io, Vectors = 100, LayerReuseFactors = reuse },
            "CXX=" + compiler, "STD=" + standard, "OPT=" + optimization, Sanitized);
    }

    [ToolTheory("cppcheck")]
    [InlineData(HlsIoType.Parallel, HlsTypes.Ap)]
    [InlineData(HlsIoType.Stream, HlsTypes.Ap)]
    [InlineData(HlsIoType.Stream, HlsTypes.Ac)]
    public async Task Cppcheck_finds_nothing(HlsIoType io, HlsTypes types)
    {
        using var folder = new TemporaryFolder();
        var program = Lowerer.Lower(AnyNetwork.Create(11, 8, 5));
        var reuse = io == HlsIoType.Stream ? FoldTests.Dense(program, 3) : [];
        var options = new HlsOptions { Types = types, IoType = io, Vectors = 0, LayerReuseFactors = reuse };
        HlsProjectWriter.Write(HlsEmitter.Emit(program, options), folder.Path);

        await AssertCppcheckFindsNothing(folder.Path);
    }

    internal static async Task AssertCppcheckFindsNothing(string folder)
    {
        // The stand-in's numbers are made of integers without a word, as the vendor's are.
        var run = await ToolProcess.RunAsync(
            "cppcheck",
            ["--enable=warning,style,performance,portability", "--std=c++11", "--error-exitcode=1", "--quiet",
                "--suppress=missingIncludeSystem", "--suppress=noExplicitConstructor:sim/*",
                "-Isim", "-Ifirmware", "firmware", "tb", "sim"],
            folder,
            TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Equal("", run.Output + run.Error);
    }

    [Fact]
    public void No_line_has_more_than_160_columns()
    {
        var random = Enumerable.Range(1, 30).Select(seed => Lowerer.Lower(RandomGraphs.Any(seed)));
        foreach (var program in Layers.Select(GoldenTests.Program).Concat(random))
        {
            AssertShort(program, HlsIoType.Parallel);
            AssertShort(program, HlsIoType.Stream);
            AssertShort(program, HlsIoType.Parallel, HlsTypes.Ac);
        }
    }

    [Fact]
    public void A_long_input_is_broken_over_lines() => AssertShort(SmallPrograms.LongInput(1500), HlsIoType.Parallel);

    [Fact]
    public void Code_breaks_behind_a_comma_or_an_operator_and_never_in_a_string()
    {
        var sum = "  y.e0 = " + string.Join(" + ", Enumerable.Repeat("operand", 40)) + ";";
        var broken = LongLines.Break("a.cpp", sum).Split('\n');
        Assert.All(broken, line => Assert.InRange(line.Length, 1, LongLines.Columns));
        Assert.All(broken[..^1], line => Assert.EndsWith(" +", line, StringComparison.Ordinal));
        Assert.All(broken[1..], line => Assert.StartsWith("      operand", line, StringComparison.Ordinal));
        var text = $"  print(\"{string.Join(' ', Enumerable.Repeat("word", 50))}\", 1);";
        Assert.Equal(text.Replace("\", 1", "\",\n      1", StringComparison.Ordinal), LongLines.Break("a.cpp", text));
        Assert.Equal(sum, string.Join(' ', broken.Select((line, n) => n == 0 ? line : line.TrimStart())));
    }

    [Theory]
    [InlineData("a.h", "// ", "", "// ")]
    [InlineData("a.cpp", "#pragma ", " \\", "    ")]
    [InlineData("Makefile", "SOURCES = ", " \\", "    ")]
    [InlineData("a.tcl", "set_top ", " \\", "    ")]
    [InlineData("a.dat", "s ", "", "")]
    public void A_broken_line_goes_on_as_its_language_allows(string file, string start, string ending, string next)
    {
        var lines = LongLines.Break(file, start + string.Join(' ', Enumerable.Repeat("word", 50))).Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.EndsWith("word" + ending, lines[0], StringComparison.Ordinal);
        Assert.StartsWith(next + "word", lines[1], StringComparison.Ordinal);
    }

    private static void AssertShort(IntegerProgram program, HlsIoType io, HlsTypes types = HlsTypes.Ap)
    {
        var project = HlsEmitter.Emit(program, new HlsOptions { Types = types, IoType = io, Vectors = 20 });

        // The row of a table in Markdown, and what a program reads.
        var broken = project.Files.Where(file => !file.Key.EndsWith(".json", StringComparison.Ordinal))
            .SelectMany(file => file.Value.Split('\n').Select(line => (file.Key, line)))
            .Where(entry => entry.line.Length > LongLines.Columns).Select(entry => $"{entry.Key}: {entry.line}").ToArray();
        Assert.Equal(new List<string>(), broken);
    }
}
