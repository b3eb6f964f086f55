using System;
using System.Linq;
using HGQ.Model.Hardware.Mapping;
using HGQ.Model.Hardware.Simulation;
using HGQ.Model.Hardware.Streams;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.Model.Tests.Hardware;

/// <summary>Streams position by position give the interpreter's integers, and what can't be streamed is refused by name.</summary>
public sealed class StreamDesignTests(ITestOutputHelper output)
{
    private const int Samples = 64;

    [Fact]
    public void Random_networks_give_the_integers_of_the_interpreter()
    {
        int streamed = 0, refused = 0;
        for (int seed = 0; seed < 60; seed++)
        {
            var program = Lowerer.Lower(StreamGraphs.Create(seed));
            StreamDesign design;
            try
            {
                design = StreamPlanner.Plan(program, new MappingOptions(Effort: 1));
            }
            catch (StreamRefusedException error)
            {
                output.WriteLine($"{seed}: {error.Message}");
                refused++;
                continue;
            }

            streamed++;
            AssertEqual(program, design);
        }

        output.WriteLine($"{streamed} streamed, {refused} refused");
        Assert.InRange(streamed, 45, 60);
    }

    private static void AssertEqual(IntegerProgram program, StreamDesign design)
    {
        var evaluator = new NetlistEvaluator(StreamUnrolling.Run(design));
        Assert.Equal((program.InputCodeSize, program.OutputSize), (evaluator.InputSize, evaluator.OutputSize));
        var random = new Random(7);
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        long[] codes = [.. Enumerable.Range(0, Samples).SelectMany(_ => formats.Select(format =>
            format.IsZero ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1)))];
        var results = new long[Samples * program.OutputSize];
        evaluator.Run(codes, results, Samples);
        var interpreter = new ReferenceInterpreter(program);
        var expected = new long[program.OutputSize];
        for (int n = 0; n < Samples; n++)
        {
            interpreter.Run(codes[(n * formats.Length)..((n + 1) * formats.Length)], expected);
            Assert.Equal(expected, results[(n * expected.Length)..((n + 1) * expected.Length)]);
        }
    }
}
