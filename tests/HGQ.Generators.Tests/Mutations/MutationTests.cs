using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using HGQ.Cli.Engines;
using HGQ.Model.FixedPoint;
using HGQ.Model.Lowering;
using HGQ.Model.Program;
using HGQ.Model.Verification;
using HGQ.Testing.Graphs;
using Xunit.Abstractions;

namespace HGQ.Generators.Tests.Mutations;

/// <summary>The samples of <c>hgq verify</c> find wrong code: a single change that alters any result of 100,000 samples is seen.</summary>
public sealed class MutationTests(ITestOutputHelper log)
{
    private const int Mutants = 72;
    private const int Samples = 100_000;

    // New seeds for the networks and for the choice of changes, so many rounds; without the variable they are always the same.
    private static int Rounds => int.TryParse(
        Environment.GetEnvironmentVariable("HGQ_FUZZ_MUTATIONS"), NumberStyles.None, CultureInfo.InvariantCulture, out int rounds) ? rounds : 0;

    [Theory]
    [InlineData("dense", 20260101)]
    [InlineData("dense", 736318472)]
    [InlineData("convolution", 20260101)]
    [InlineData("convolution", 224602696)]
    [InlineData("table", 20260101)]
    [InlineData("softmax", 20260101)]
    public void Changed_code_does_not_pass_verification(string name, int fixedSeed)
    {
        foreach (int seed in Rounds == 0 ? [fixedSeed] : Enumerable.Range(0, Rounds).Select(_ => Random.Shared.Next()))
        {
            var program = Lowerer.Lower(MutatedNetworks.Create(name, seed));
            var mutants = MutantAssembly.Create(program, all => Chosen(all, new Random(seed)));
            IReadOnlyList<VerificationVectors> blocks = VerificationVectors.Corners(program, new CornerOptions(Seed: 1, Random: 1000));
            mutants.Choose(0);
            Assert.True(Passes(program, mutants.Model, blocks));
            long[] codes = Codes(program);
            long[][] expected = [.. Results(mutants.Model, codes)];
            int killed = 0, equivalent = 0;
            var survivors = new List<string>();
            foreach (var (number, change) in mutants.Mutants)
            {
                mutants.Choose(number);
                if (!Passes(program, mutants.Model, blocks))
                {
                    killed++;
                }
                else if (Results(mutants.Model, codes).Zip(expected).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)))
                {
                    equivalent++;
                }
                else
                {
                    survivors.Add(change.ToString());
                }
            }

            log.WriteLine($"{name}, seed {seed}: {killed} killed, {Mutants - mutants.Mutants.Count} not compiled, {equivalent} equivalent, {survivors.Count} survive");
            Assert.True(survivors.Count == 0, $"{name}, seed {seed}: {survivors.Count} changes pass:\n{string.Join('\n', survivors)}");
            Assert.InRange(mutants.Mutants.Count, 50, Mutants);
        }
    }

    // The kinds in turn, so that the many entries of tables do not leave out the few limits.
    private static IEnumerable<CSharpMutation> Chosen(IReadOnlyList<CSharpMutation> all, Random random)
    {
        var shuffled = all.ToArray();
        random.Shuffle(shuffled);
        return shuffled.GroupBy(change => change.Kind).SelectMany(group => group.Select((change, n) => (change, n)))
            .OrderBy(x => x.n).Select(x => x.change).Take(Mutants);
    }

    // What the command does; the samples are those where no data are given.
    private static bool Passes(IntegerProgram program, GeneratedModel model, IReadOnlyList<VerificationVectors> blocks)
    {
        try
        {
            return EngineComparison.Run(program, [new InterpreterEngine(program), new CSharpEngine(program, false, model)], blocks).Mismatches == 0;
        }
        catch (Exception error) when (error is IndexOutOfRangeException or ArithmeticException or ArgumentException)
        {
            return false;
        }
    }

    // All kernels: blocks of each size, and single samples of each width.
    private static IEnumerable<long[]> Results(GeneratedModel model, long[] codes)
    {
        int size = model.Program.InputCodeSize, count = codes.Length / size;
        foreach (int lanes in GeneratedModel.BlockSizes)
        {
            yield return model.PredictBlocks(codes, count, lanes);
        }

        int[] narrow = Array.ConvertAll(codes, code => (int)code), all = [.. Enumerable.Range(0, count)];
        foreach (int bits in GeneratedModel.SingleWidths)
        {
            yield return Array.ConvertAll(model.Each("PredictRaw", narrow, size, all, bits), raw => (long)raw);
        }
    }

    // Not the generator of the samples of verify: random codes and limits.
    private static long[] Codes(IntegerProgram program)
    {
        var random = new Random(7);
        var formats = program.CodePorts.SelectMany(port => program.Buffers[port.Destination].Formats).ToArray();
        return [.. Enumerable.Range(0, Samples).SelectMany(n => formats.Select(format => Code(random, format, n % 8 == 0)))];
    }

    private static long Code(Random random, FixedPointFormat format, bool limit) => limit
        ? (long)(random.Next(2) == 0 ? format.MinRaw : format.MaxRaw)
        : random.NextInt64((long)format.MinRaw, (long)format.MaxRaw + 1);
}
