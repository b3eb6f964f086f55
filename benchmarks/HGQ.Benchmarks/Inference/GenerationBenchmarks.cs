using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HGQ.Generators;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.Benchmarks.Inference;

/// <summary>What a build pays for a model file of up to 1 MB: reading, lowering and writing. <c>--filter *Generation*</c></summary>
[MemoryDiagnoser]
public class GenerationBenchmarks
{
    // One large layer, whose weights are tables, several middling ones, and many small ones, whose products are written out.
    private static readonly Dictionary<string, int[]> Sizes = new()
    {
        ["640-640"] = [640, 640],
        ["6 x 256"] = [256, 256, 256, 256, 256, 256, 128],
        ["16-25 x 64"] = [16, .. Enumerable.Repeat(64, 25)],
    };

    private string _text = "";
    private ModelGraph _graph = null!;
    private IntegerProgram _program = null!;

    public static IEnumerable<string> Networks => Sizes.Keys;

    [ParamsSource(nameof(Networks))]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _text = ModelWriter.Write(JetsModel.Dense("large", Sizes[Network], seed: 2));
        _graph = ModelReader.Read(_text);
        _program = Lowerer.Lower(_graph);
        Console.WriteLine($"model file: {_text.Length} characters; generated: {Write().Length} characters");
    }

    // What any program pays for reading such a file: the others are divided by it when runs are compared.
    [Benchmark(Baseline = true)]
    public void ParseJson() => JsonDocument.Parse(_text).Dispose();

    [Benchmark]
    public ModelGraph Read() => ModelReader.Read(_text);

    [Benchmark]
    public IntegerProgram Lower() => Lowerer.Lower(_graph);

    [Benchmark]
    public string Write() => ModelSource.Generate(_graph, _program, new CSharpOptions("N", "Large"));

    [Benchmark]
    public string All() => ModelSource.Generate(_text, new CSharpOptions("N", "Large"));
}
