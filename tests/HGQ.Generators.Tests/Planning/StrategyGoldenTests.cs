using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using HGQ.Generators.Planning;
using HGQ.Generators.Planning.Strategies;
using HGQ.Generators.Tests.Emission;
using HGQ.Model;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Testing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace HGQ.Generators.Tests.Planning;

/// <summary>
/// The text of the methods of each strategy, for a layer as small as it takes one: blocks of 16 samples, or one sample on vectors of 256
/// bits. <c>HGQ_UPDATE_GOLDENS=1</c> writes the files anew.
/// </summary>
public class StrategyGoldenTests
{
    private const int Width = 256;
    private static readonly Regex Namespaces = new(
        @"global::System\.(Runtime\.(Intrinsics|CompilerServices|InteropServices)\.(X86\.)?)?",
        RegexOptions.None,
        TimeSpan.FromSeconds(30));
    private static readonly FixedPointFormat Bit = new(false, 1, 0);
    private static readonly FixedPointFormat ThreeBits = new(false, 3, 0);
    private static readonly FixedPointFormat Byte = new(false, 4, 4);
    private static readonly FixedPointFormat Signed = new(true, 3, 3);

    private static readonly Dictionary<string, Func<ModelGraph>> Models = new()
    {
        [nameof(UnrolledBlock)] = () => Dense(Signed, 4, 3, n => (n % 7) - 3),
        [nameof(SplitSumBlock)] = () => Dense(Signed, 6, 3, n => ((long)((n % 9) - 4) << (n % 3 * 5)) + (n % 5 == 2 ? 3 : 0)),
        [nameof(TiledBlock)] = () => Dense(ThreeBits, 101, 10, n => n % 40 == 0 ? 2 : n % 3 == 0 ? 1 : -1),
        [nameof(BytePairBlock)] = () => Dense(Byte, 7, 3, n => 50 + (n % 13)),
        [nameof(BitLookupBlock)] = () => Dense(Bit, 160, 8, n => (n % 3) + 1),
        [nameof(LoopProduct)] = () => Dense(Signed, 4, 3, n => (n % 7) - 3),
        [nameof(ByteQuadSample)] = () => Dense(Signed, 9, 3, n => (n % 7) - 3),
        [nameof(WideByteQuadSample)] = () => Dense(Byte, 129, 128, n => (n % 100) - 50),
        [nameof(WordPairSample)] = () => Dense(Signed, 5, 3, n => 1000 * ((n % 7) - 3)),
    };

    public static TheoryData<string> Strategies() => [.. Models.Keys];

    [Fact]
    public void Every_strategy_has_a_golden() => Assert.Equal(
        typeof(ProductStrategy).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ProductStrategy))).Select(type => type.Name).Order(StringComparer.Ordinal),
        Models.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Strategies))]
    public void The_methods_of_a_strategy(string name)
    {
        var program = Lowerer.Lower(Models[name]());
        var plan = GenerationPlan.Of(program);
        var step = plan.Steps.First(one => one.Instruction is ConstantProductInstruction);
        bool block = name.EndsWith("Block", StringComparison.Ordinal), single = name == nameof(LoopProduct);
        var strategy = block ? plan.Blocks[1].Of(step) : single ? plan.Single.Of(step) : plan.Single.SampleOf(step);
        Assert.Equal(name, strategy?.Name);
        Assert.Equal(Width, plan.Blocks[1].Shape.VectorBits);

        string[] methods = Methods(program, block ? "_256" : single ? "_Single" : "_Single256", block);
        Assert.NotEmpty(methods);
        string folder = RepositoryRoot.Combine("tests", "HGQ.Generators.Tests", "Planning", "Golden", "Strategies");
        GoldenText.AssertEqual(System.IO.Path.Combine(folder, name + ".cs.txt"), string.Concat(methods).TrimStart('\n'));
        var random = new Random(2);
        const int samples = 40;
        double[] inputs = [.. Enumerable.Range(0, samples * program.InputSize).Select(_ => random.Next(-80, 160) / 8.0)];
        EngineComparison.AssertEqual(program, inputs, name);
    }

    // The methods of the layer for a shape, whose names may go on behind it where they are those of parts of a block; without those of
    // several blocks, and without namespaces, which say nothing here.
    private static string[] Methods(IntegerProgram program, string shape, bool block)
        => [.. CSharpSyntaxTree.ParseText(CSharpEmitter.Emit(program, new CSharpOptions("Golden", "Model"))).GetRoot()
            .DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Where(method => method.Identifier.ValueText is var name && name.StartsWith("Dense", StringComparison.Ordinal)
                && (block ? name.Contains(shape, StringComparison.Ordinal) : name.EndsWith(shape, StringComparison.Ordinal))
                && !name.Contains(shape + "x", StringComparison.Ordinal))
            .Select(method => Shortened(Namespaces.Replace(method.ToFullString(), string.Empty)))];

    // Long methods say the same again and again: their beginning and their end.
    private static string Shortened(string method)
    {
        const int first = 34, last = 12;
        string[] lines = method.Split('\n');
        return lines.Length <= first + last
            ? method
            : string.Join('\n', [.. lines[..first], $"            … {lines.Length - first - last} lines", .. lines[^last..]]);
    }

    private static ModelGraph Dense(FixedPointFormat input, int inputs, int outputs, Func<int, long> weight)
    {
        TensorShape from = TensorShape.Of(inputs), to = TensorShape.Of(outputs), shape = TensorShape.Of(inputs, outputs);
        LayerNode[] layers =
        [
            new InputLayer("x", from),
            new QuantizeLayer("q", "x", Quantizer(from, input)),
            new DenseLayer("dense", "q",
                new IntegerTensor(
                    TensorFormat.Uniform(shape, new FixedPointFormat(true, 11, 5)),
                    new EquatableArray<long>([.. Enumerable.Range(0, inputs * outputs).Select(weight)])),
                new IntegerTensor(
                    TensorFormat.Uniform(to, new FixedPointFormat(true, 6, 5)),
                    new EquatableArray<long>([.. Enumerable.Range(0, outputs).Select(j => (j % 30 * 37L) - 20)])),
                ActivationKind.Relu,
                Quantizer(to, new FixedPointFormat(false, 6, -1))),
        ];
        return new ModelGraph("golden", layers, new[] { new ModelOutput("y", "dense") }, ModelMetadata.Empty);
    }

    private static QuantizerSpec Quantizer(TensorShape shape, FixedPointFormat format)
        => new(TensorFormat.Uniform(shape, format), RoundingMode.RoundHalfUp, OverflowMode.Saturate);
}
