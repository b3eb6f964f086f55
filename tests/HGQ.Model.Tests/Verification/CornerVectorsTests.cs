using System.Linq;
using HGQ.Model.Interpretation;
using HGQ.Model.Lowering;
using HGQ.Model.Verification;
using HGQ.Testing.Graphs;

namespace HGQ.Model.Tests.Verification;

public sealed class CornerVectorsTests
{
    [Fact]
    public void Corners_of_a_small_model_are_known()
    {
        var vectors = CornerVectors.Generate(Lowerer.Lower(TinyGraph.Create()), CornerOptions.Default);
        Assert.Equal(new long[] { -8, -8 }, Single(vectors, CornerVectors.AllMinimum));
        Assert.Equal(new long[] { 7, 7 }, Single(vectors, CornerVectors.AllMaximum));
        Assert.Equal(new long[][] { [0, 7], [0, -8] }, vectors.Where(v => v.Kind == "one-hot 1").Select(v => v.Codes.ToArray()));

        // 3·7 − 2·(−8) = 37 and 3·(−8) − 2·7 = −38: the ends of the sum's range, far across the wrap of 4 bits.
        Assert.Equal(new long[][] { [7, -8], [-8, 7] }, vectors.Where(v => v.Kind == CornerVectors.WrapCrossing).Select(v => v.Codes.ToArray()));
        Assert.Equal(256, vectors.Count(v => v.Kind == CornerVectors.Random));
    }

    [Fact]
    public void Vectors_repeat_and_their_random_part_follows_the_seed()
    {
        var program = Lowerer.Lower(TinyGraph.Create());
        var first = CornerVectors.Generate(program, new CornerOptions(Seed: 7));
        Assert.Equal(first, CornerVectors.Generate(program, new CornerOptions(Seed: 7)));
        Assert.NotEqual(first, CornerVectors.Generate(program, new CornerOptions(Seed: 8)));
    }

    [Fact]
    public void Every_code_is_one_that_the_interpreter_takes()
    {
        for (int seed = 0; seed < 100; seed++)
        {
            var program = Lowerer.Lower(RandomGraphs.Any(seed));
            var interpreter = new ReferenceInterpreter(program);
            foreach (var block in VerificationVectors.Corners(program, new CornerOptions((ulong)seed, Random: 10, Effort: 300_000)))
            {
                var results = new long[program.OutputSize];
                for (int n = 0; n < block.Count; n++)
                {
                    interpreter.Run(block.Codes[(n * program.InputCodeSize)..((n + 1) * program.InputCodeSize)], results);
                }
            }
        }
    }

    private static long[] Single(System.Collections.Generic.IEnumerable<CornerVector> vectors, string kind) => vectors.Single(v => v.Kind == kind).Codes.ToArray();
}
