using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing;

namespace HGQ.HlsEmit.Tests;

/// <summary>Functions that tie a model to a bus: words, packets, memory and a processor's program.</summary>
public sealed class BusTests
{
    // A graph of all layers; positions with channels, whose words end within a position; formats that differ; one element; wide words.
    private static IntegerProgram Program(string name) => name switch
    {
        "graph" => Lowerer.Lower(AnyNetwork.Create(22, 5, 4)),
        "padded" => SmallPrograms.Lower([6, 2], SmallPrograms.ConvolutionLayer() with { ParallelFactor = 1 }),
        "formats" => Lowerer.Lower(AnyModel.Dense(8, "net", 9, 11, 3)),
        "long" => SmallPrograms.LongInput(300),
        "wide" => SmallPrograms.Lower(
            [3],
            new FixedPointFormat(true, 40, 10),
            new QuantizeLayer("layer", "q", SmallPrograms.To([3], new FixedPointFormat(true, 50, 12), OverflowMode.Wrap))),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "no such program"),
    };

    [ToolTheory("g++", "make")]
    [InlineData("graph", HlsBus.AxiStream, HlsIoType.Stream, null)]
    [InlineData("graph", HlsBus.Packed, HlsIoType.Parallel, null)]
    [InlineData("padded", HlsBus.AxiStream, HlsIoType.Stream, 32)]
    [InlineData("padded", HlsBus.AxiMaster, HlsIoType.Stream, 8)]
    [InlineData("padded", HlsBus.AxiStream, HlsIoType.Parallel, 512)]
    [InlineData("formats", HlsBus.AxiMaster, HlsIoType.Parallel, 64)]
    [InlineData("formats", HlsBus.AxiStream, HlsIoType.Parallel, null)]
    [InlineData("long", HlsBus.Packed, HlsIoType.Parallel, null)]
    [InlineData("long", HlsBus.AxiMaster, HlsIoType.Parallel, 128)]
    [InlineData("wide", HlsBus.AxiStream, HlsIoType.Stream, 64)]
    public void A_bus_brings_the_integers_of_the_interpreter(string name, HlsBus bus, HlsIoType io, int? bits)
    {
        var project = HlsRun.AssertEqual(Program(name), new HlsOptions { Bus = bus, IoType = io, WordBits = bits, Vectors = 300 });
        Assert.Contains($"set_top {project.Name}_{Word(bus)}\n", project.Files["build_prj.tcl"], StringComparison.Ordinal);
        Assert.Contains($"syn.top={project.Name}_{Word(bus)}\n", project.Files["hls_config.cfg"], StringComparison.Ordinal);
    }

    [ToolTheory("g++", "clang++", "make", "cppcheck")]
    [InlineData(HlsBus.AxiStream, HlsIoType.Stream, "clang++", "c++20")]
    [InlineData(HlsBus.AxiMaster, HlsIoType.Parallel, "g++", "c++11")]
    [InlineData(HlsBus.Packed, HlsIoType.Parallel, "clang++", "c++11")]
    public async Task The_code_of_a_bus_is_as_clean_as_the_rest(HlsBus bus, HlsIoType io, string compiler, string standard)
    {
        using var folder = new TemporaryFolder();
        HlsProjectWriter.Write(HlsEmitter.Emit(Program("formats"), new HlsOptions { Bus = bus, IoType = io, Vectors = 50 }), folder.Path);
        await CleanCodeTests.AssertCppcheckFindsNothing(folder.Path);
        string[] target = bus == HlsBus.AxiMaster ? ["host", "csim"] : ["csim"];
        var run = await ToolProcess.RunAsync(
            "make", [.. target, "CXX=" + compiler, "STD=" + standard, "OPT=-O0", CleanCodeTests.Sanitized], folder.Path,
                TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.Contains("0 differences", run.Output, StringComparison.Ordinal);
    }

    [ToolFact("g++", "make")]
    public async Task The_program_of_a_processor_gets_the_integers_of_the_interpreter()
    {
        using var folder = new TemporaryFolder();
        var program = Program("formats");
        var project = HlsEmitter.Emit(program, new HlsOptions { Bus = HlsBus.AxiMaster, WordBits = 32, Vectors = 0 });
        HlsProjectWriter.Write(project, folder.Path);
        var build = await ToolProcess.RunAsync("make", ["host"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(build.ExitCode == 0, build.ToString());
        var samples = CornerVectors.Generate(program, new CornerOptions(Random: 40)).Select(corner => corner.Codes.ToArray()).ToArray();

        // A processor gives codes in the steps of the port: the model's, at the place that each element has in the port's type.
        var dialect = Dialects.CppDialect.Of(new HlsOptions());
        var input = new Layout.PortType("x", program.Buffers[program.CodePorts.First().Destination].Formats, dialect);
        var output = new Layout.PortType("y", program.Buffers[program.Outputs[0].Buffer].Formats, dialect);
        await File.WriteAllLinesAsync(
            folder.Combine("codes.txt"), samples.Select(codes => string.Join(' ', codes.Select((code, e) => Text(code << input.Low(e))))));
        var run = await ToolProcess.RunAsync("sh", ["-c", $"build/c++11/{project.Name}_host < codes.txt"], folder.Path,
            TimeSpan.FromMinutes(1));
        Assert.True(run.ExitCode == 0, run.ToString());
        var interpreter = new ReferenceInterpreter(program);
        var expected = new long[program.OutputSize];
        var lines = samples.Select(codes =>
        {
            interpreter.Run(codes, expected);
            return string.Concat(expected.Select((result, e) => Text(result << output.Low(e)) + " "));
        });
        Assert.Equal(lines, run.Output.TrimEnd('\n').Split('\n'));
    }

    /// <summary>Words that the processor's program and its driver use themselves.</summary>
    [ToolTheory("g++", "make")]
    [InlineData("block")]
    [InlineData("code")]
    [InlineData("samples")]
    public async Task A_port_may_have_a_name_that_the_program_uses(string port)
    {
        using var folder = new TemporaryFolder();
        var shape = TensorShape.Of(3);
        var graph = AnyModel.Graph(
            "small",
            [new InputLayer(port, shape), new QuantizeLayer("q", port, SmallPrograms.To([3], SmallPrograms.Input, OverflowMode.Wrap))],
            "q");
        var project = HlsEmitter.Emit(Lowerer.Lower(graph), new HlsOptions { Bus = HlsBus.AxiMaster, Vectors = 0 });
        HlsProjectWriter.Write(project, folder.Path);
        var build = await ToolProcess.RunAsync("make", ["host", "OPT=-O0", "EXTRA=-Werror"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(build.ExitCode == 0, build.ToString());
    }

    [ToolTheory("g++", "make")]
    [InlineData(HlsIoType.Parallel)]
    [InlineData(HlsIoType.Stream)]
    public async Task A_packet_of_another_length_harms_itself_only(HlsIoType io)
    {
        using var folder = new TemporaryFolder();
        var options = new HlsOptions { Bus = HlsBus.AxiStream, IoType = io, WordBits = 32, Vectors = 0 };
        var project = HlsEmitter.Emit(Program("padded"), options);
        HlsProjectWriter.Write(project, folder.Path);
        await File.WriteAllTextAsync(folder.Combine("tb", "small_tb.cpp"), """
            #include "small_axis.h"
            #include <cstdio>

            // A sample is three words; the codes are 1, 2, 3 ...
            static long long run(int length) {
              static hls::stream<small_layers::x_word> x("x");
              static hls::stream<small_layers::layer_result_word> y("y");
              for (int n = 0; n < length; n++) {
                small_layers::x_word word;
                word.data = 0;
                for (int i = 0; i < 4; i++)
                  word.data.range(8 * i + 7, 8 * i) = n < 3 ? 4 * n + i + 1 : 77;
                word.last = n == length - 1;
                x.write(word);
              }
              small_axis(x, y);
              long long sum = 0;
              for (int n = 0; n < 3; n++)
                sum = sum * 31 + y.read().data.to_int64();
              return x.empty() && y.empty() ? sum : -1;
            }

            int main() {
              const long long whole = run(3), late = run(7), early = run(2), again = run(3);
              std::printf("%d %d %d\n", whole == late, whole == early, whole == again);
            }

            """);
        var run = await ToolProcess.RunAsync("make", ["csim", "OPT=-O0", "EXTRA=-w"], folder.Path, TimeSpan.FromMinutes(5));
        Assert.True(run.ExitCode == 0, run.ToString());
        Assert.EndsWith("1 0 1\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HlsBlockProtocol.Automatic, HlsPortProtocol.Valid, "ap_ctrl_hs")]
    [InlineData(HlsBlockProtocol.Automatic, HlsPortProtocol.None, "ap_ctrl_none")]
    [InlineData(HlsBlockProtocol.None, HlsPortProtocol.Valid, "ap_ctrl_none")]
    [InlineData(HlsBlockProtocol.Handshake, HlsPortProtocol.None, "ap_ctrl_hs")]
    [InlineData(HlsBlockProtocol.Chain, HlsPortProtocol.Valid, "ap_ctrl_chain")]
    public void The_block_protocol_is_the_one_that_was_asked_for(HlsBlockProtocol protocol, HlsPortProtocol ports, string expected)
    {
        var options = new HlsOptions { BlockProtocol = protocol, PortProtocol = ports, Vectors = 0 };
        var pragma = $"#pragma HLS INTERFACE {expected} port=return";
        Assert.Contains(pragma, HlsEmitter.Emit(SmallPrograms.Dense(), options).Files["firmware/small.cpp"].Split('\n'));
        var packed = HlsEmitter.Emit(SmallPrograms.Dense(), options with { Bus = HlsBus.Packed });
        Assert.Contains(pragma, packed.Files["firmware/small_packed.cpp"].Split('\n'));
        Assert.DoesNotContain("INTERFACE", packed.Files["firmware/small.cpp"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_makes_no_sense_together_is_refused()
    {
        (HlsOptions Options, string Reason)[] wrong =
        [
            (new HlsOptions { WordBits = 64 }, "on the buses axis and axi only"),
            (new HlsOptions { Bus = HlsBus.Packed, WordBits = 64 }, "on the buses axis and axi only"),
            (new HlsOptions { Bus = HlsBus.AxiStream, WordBits = 48 }, "A word of 48 bits is not possible; the right ones are: 8, 16"),
            (new HlsOptions { Bus = HlsBus.AxiStream, WordBits = 1024 }, "A word of 1024 bits is not possible"),
            (new HlsOptions { Bus = HlsBus.AxiStream, PortProtocol = HlsPortProtocol.None }, "wires, which an AXI bus does not have"),
            (new HlsOptions { Bus = HlsBus.AxiMaster, BlockProtocol = HlsBlockProtocol.None }, "auto, ap_ctrl_hs, ap_ctrl_chain"),
            (new HlsOptions { Bus = HlsBus.Packed, IoType = HlsIoType.Stream }, "choose the bus axis or axi, or the io type parallel"),
            (new HlsOptions { Bus = (HlsBus)9 }, "None, Packed, AxiStream, AxiMaster"),
            (new HlsOptions { BlockProtocol = (HlsBlockProtocol)9 }, "Automatic, None, Handshake, Chain"),
        ];
        Assert.All(wrong, option => Assert.Contains(option.Reason, Refusal(SmallPrograms.Dense(), option.Options),
            StringComparison.Ordinal));
        Assert.Contains("too short for an element of the port 'x', which has 51 bits; choose 64 or more",
            Refusal(Program("wide"), new HlsOptions { Bus = HlsBus.AxiStream, WordBits = 32 }), StringComparison.Ordinal);
        Assert.Contains("more than the 32768 of a packed word",
            Refusal(SmallPrograms.LongInput(6000), new HlsOptions { Bus = HlsBus.Packed }), StringComparison.Ordinal);
    }

    private static string Refusal(IntegerProgram program, HlsOptions options) =>
        Assert.Throws<HlsOptionException>(() => HlsEmitter.Emit(program, options with { Vectors = 0 })).Message;

    private static string Word(HlsBus bus) => bus == HlsBus.Packed ? "packed" : bus == HlsBus.AxiStream ? "axis" : "axi";

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
