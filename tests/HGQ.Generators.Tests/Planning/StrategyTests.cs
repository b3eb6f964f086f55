using System;
using System.Globalization;
using System.IO;
using System.Linq;
using HGQ.Benchmarks.Inference;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Steps;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Serialization;
using HGQ.Testing;

namespace HGQ.Generators.Tests.Planning;

/// <summary>Which strategy each constant product of a model is given: a threshold that moves shows here, layer by layer.</summary>
public class StrategyTests
{
    private const string WithoutFile = "dense1024";

    private static readonly string[] Folders =
        [RepositoryRoot.Combine("benchmarks", "HGQ.Benchmarks", "Models"), RepositoryRoot.Combine("samples", "Inference")];

    public static TheoryData<string> Models() =>
        [.. Folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*" + ModelFile.Extension))
        .Select(path => Path.GetFileName(path).Replace(ModelFile.Extension, string.Empty, StringComparison.Ordinal))
        .Append(WithoutFile)
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Models))]
    public void Each_layer_of_a_model_has_its_strategy(string model)
    {
        IntegerProgram program = Lowerer.Lower(Graph(model));
        GenerationPlan plan = GenerationPlan.Of(program);
        var products = plan.Steps.Where(step => step.Instruction is ConstantProductInstruction);
        var lines = products.Select(step => string.Create(
            CultureInfo.InvariantCulture,
            $"{step.Instruction.Layer}, {plan.Single.Of(step).Facts.Terms} terms: "
                + $"{string.Join(", ", plan.Blocks.Select(kernel => Choice(kernel, step)))}, "
                + $"one sample {plan.Single.Of(step).Name} or {plan.Single.SampleOf(step)?.Name ?? "the same"}\n"));
        string groups = $"blocks at once: {(plan.Groups.Length == 0 ? "1" : string.Join(", ", plan.Groups))}\n";
        GoldenText.AssertEqual(
            RepositoryRoot.Combine("tests", "HGQ.Generators.Tests", "Planning", "Golden", model + ".txt"), string.Concat(lines) + groups);
    }

    // The strategy, and the vector instructions that it counts.
    private static string Choice(KernelPlan kernel, ProgramStep step)
        => string.Create(CultureInfo.InvariantCulture, $"{kernel.Shape.VectorBits} {kernel.Of(step).Name} ({kernel.Of(step).Cost:F0})");

    private static ModelGraph Graph(string model) => model == WithoutFile
        ? LargeModels.Dense1024()
        : ModelReader.ReadFile(Folders.Select(folder => Path.Combine(folder, model + ModelFile.Extension)).First(File.Exists));
}
