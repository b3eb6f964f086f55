using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using HGQ.Model.FixedPoint;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.HlsEmit.Tests.Mutations;

/// <summary>The emitted test bench finds wrong code: a single change that alters any result of 100,000 samples does not pass it.</summary>
public sealed class MutationTests(ITestOutputHelper log)
{
    private const int Mutants = 64;
    private const int LeastMutants = 60;

    // The function around a model has few statements.
    private const int FewMutants = 15;
    private const int Samples = 100_000;

    // New seeds for the networks and for the choice of changes, so many rounds; without the variable they are always the same.
    private static int Rounds => int.TryParse(
        Environment.GetEnvironmentVariable("HGQ_FUZZ_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 0;

    [ToolTheory("g++", "make")]
    [InlineData("dense")]
    [InlineData("convolution")]
    [InlineData("table")]
    [InlineData("softmax")]
    [InlineData("stream")]
    [InlineData("axis")]
    [InlineData("dsp")]
    [InlineData("fold")]
    [InlineData("fold stream")]
    [InlineData("ac")]
    [InlineData("ac stream")]
    public async Task Changed_code_does_not_pass_the_test_bench(string name)
    {
        var seeds = Rounds == 0 ? [20260101] : Enumerable.Range(0, Rounds).Select(_ => Random.Shared.Next()).ToArray();
        foreach (var seed in seeds)
        {
            var isBus = name == "axis";
            var folds = name.StartsWith("fold", StringComparison.Ordinal);
            var program = Lowerer.Lower(MutatedNetworks.Create(
                isBus || name is "dsp" or "ac" || folds ? "dense" : name == "ac stream" ? "stream" : name, seed));
            var options = new HlsOptions
            {
                Types = name.StartsWith("ac", StringComparison.Ordinal) ? HlsTypes.Ac : HlsTypes.Ap,
                IoType = name.EndsWith("stream", StringComparison.Ordinal) ? HlsIoType.Stream : HlsIoType.Parallel,
                Strategy = name == "dsp" ? HlsStrategy.Dsp : HlsStrategy.Adders,
                LayerReuseFactors = folds ? FoldTests.Dense(program, 3) : [],
                Bus = isBus ? HlsBus.AxiStream : HlsBus.None,
            };

            // Of a bus its own function: the layers are those of the network without it.
            await AssertKilled(
                program, options, $"{name}, seed {seed}",
                all => Chosen([.. all.Where(change => !isBus || IsOfBus(change))], new Random(seed)),
                isBus ? FewMutants : LeastMutants);
        }
    }

    /// <summary>Two findings of old, of every wire and every operand: a narrowed intermediate wire, and a neighbour in place of an operand.</summary>
    [ToolTheory("g++", "make")]
    [InlineData(CppMutator.Width)]
    [InlineData(CppMutator.OperandKind)]
    public Task No_wire_is_narrower_and_no_operand_its_neighbour(string kind)
        => AssertKilled(
            Lowerer.Lower(MutatedNetworks.Create("dense", 2)), new HlsOptions(), kind,
            all => all.Where(change => change.Kind == kind).Take(100), LeastMutants);

    private async Task AssertKilled(
        IntegerProgram program, HlsOptions options, string what,
        Func<IReadOnlyList<CppMutation>, IEnumerable<CppMutation>> choose, int least)
    {
        var score = await new MutationRun(program, options).Score(choose, Codes(program));
        log.WriteLine($"{what}: {score.Killed} killed, {score.Refused} not compiled, {score.Equivalent} equivalent, {score.Survivors.Count} survive");
        score.Survivors.Concat(score.Coverage.Layers.Select(layer => layer.ToString())).ToList().ForEach(log.WriteLine);
        Assert.True(score.Survivors.Count == 0, $"{what}: {score.Survivors.Count} changes pass the test bench:\n{string.Join('\n', score.Survivors)}");
        Assert.InRange(score.Killed + score.Equivalent + score.Refused, least, int.MaxValue);
    }

    private static bool IsOfBus(CppMutation change) => change.Path.EndsWith("_axis.cpp", StringComparison.Ordinal);

    // The kinds in turn, so that the many operands of sums do not leave out the few limits.
    private static IEnumerable<CppMutation> Chosen(IReadOnlyList<CppMutation> all, Random random)
    {
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return shuffled.GroupBy(change => change.Kind).SelectMany(group => group.Select((change, n) => (change, n)))
            .OrderBy(x => x.n).Select(x => x.change).Take(Mutants);
    }

    // Not the vectors' own generator: random codes, limits, and corners.
    private static long[] Codes(IntegerProgram program)
    {
        var random = new Random(7);
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        var corners = CornerVectors.Generate(program, new CornerOptions(Seed: 77, Random: 2000)).SelectMany(corner => corner.Codes);
        return
        [
            .. corners,
            .. Enumerable.Range(0, Samples).SelectMany(n => formats.Select(format => n % 8 == 0 ? Limit(random, format) : Any(random, format))),
        ];
    }

    private static long Any(Random random, FixedPointFormat format)
        => format.IsZero ? 0 : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1);

    private static long Limit(Random random, FixedPointFormat format)
        => format.IsZero ? 0 : (long)(random.Next(2) == 0 ? format.MinRaw : format.MaxRaw);
}
