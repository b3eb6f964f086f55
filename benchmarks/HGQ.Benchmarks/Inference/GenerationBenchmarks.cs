using System;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HGQ.Generators;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;

namespace HGQ.Benchmarks.Inference;

/// <summary>What a build pays for a model file of about 1 MB: reading, lowering and writing. <c>--filter *Generation*</c></summary>
[MemoryDiagnoser]
public class GenerationBenchmarks
{
    private readonly string _text = ModelWriter.Write(JetsModel.Dense("large", [512, 512, 64], seed: 2));
    private ModelGraph _graph = null!;
    private IntegerProgram _program = null!;

    [GlobalSetup]
    public void Setup()
    {
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
