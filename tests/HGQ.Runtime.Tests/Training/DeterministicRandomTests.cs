using System;
using System.Linq;
using HGQ.Runtime.Randomness;

namespace HGQ.Runtime.Tests.Training;

public class DeterministicRandomTests
{
    [Fact]
    public void The_generator_is_the_published_one()
    {
        // First outputs of the reference xoshiro256** (Blackman and Vigna) from the state 1, 2, 3, 4.
        var random = new DeterministicRandom(0);
        random.RestoreState([1, 2, 3, 4]);
        Assert.Equal([11520UL, 0UL, 1509978240UL, 1215971899390074240UL], Enumerable.Range(0, 4).Select(_ => random.NextUInt64()));
    }

    [Fact]
    public void Seeding_is_the_published_split_mix()
    {
        // First outputs of the reference SplitMix64 from the seed 1234567.
        Assert.Equal(
            [6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL, 4593380528125082431UL],
            new DeterministicRandom(1234567).SaveState());
    }

    [Fact]
    public void A_saved_state_goes_on_with_the_same_numbers()
    {
        var random = new DeterministicRandom(5, stream: 2);
        random.NextUInt64();
        ulong[] state = random.SaveState();
        ulong[] expected = [.. Enumerable.Range(0, 9).Select(_ => random.NextUInt64())];
        var other = new DeterministicRandom(0);
        other.RestoreState(state);
        Assert.Equal(expected, Enumerable.Range(0, 9).Select(_ => other.NextUInt64()));
        Assert.Throws<ArgumentException>(() => other.RestoreState([0, 0, 0, 0]));
    }

    [Fact]
    public void A_shuffle_is_a_permutation_and_every_place_is_equally_likely()
    {
        var random = new DeterministicRandom(1);
        var counts = new int[5];
        for (int i = 0; i < 10_000; i++)
        {
            int[] order = [0, 1, 2, 3, 4];
            random.Shuffle<int>(order);
            Assert.Equal(10, order.Sum());
            counts[Array.IndexOf(order, 0)]++;
        }

        // Standard deviation 40.
        Assert.All(counts, static c => Assert.InRange(c, 1800, 2200));
    }

    [Fact]
    public void Gaussian_numbers_have_mean_0_and_deviation_1()
    {
        var random = new DeterministicRandom(3);
        double[] numbers = [.. Enumerable.Range(0, 40_000).Select(_ => random.NextGaussian())];
        Assert.Equal(0, numbers.Average(), 0.025);
        Assert.Equal(1, numbers.Average(static x => x * x), 0.04);
    }
}
