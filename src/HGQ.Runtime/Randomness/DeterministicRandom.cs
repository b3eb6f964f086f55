using System;
using System.Numerics;

namespace HGQ.Runtime.Randomness;

/// <summary>
/// The generator behind splits, shuffling and initial weights: xoshiro256** (Blackman and Vigna, 2018) seeded by SplitMix64. The same
/// seed gives the same numbers on every machine and in every version, and its state can be saved.
/// </summary>
public sealed class DeterministicRandom
{
    private readonly ulong[] _state = new ulong[4];

    /// <summary>Starts the generator.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="stream">Separates generators of one seed that serve different purposes.</param>
    public DeterministicRandom(ulong seed, ulong stream = 0)
    {
        ulong mixer = seed ^ (stream * 0xD1342543DE82EF95UL);
        for (int i = 0; i < _state.Length; i++)
        {
            mixer += 0x9E3779B97F4A7C15UL;
            ulong z = (mixer ^ (mixer >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            _state[i] = z ^ (z >> 31);
        }
    }

    /// <summary>The four words that decide all later numbers.</summary>
    public ulong[] SaveState() => (ulong[])_state.Clone();

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="ArgumentException">The state is not four words, or all of them are 0.</exception>
    public void RestoreState(ReadOnlySpan<ulong> state)
    {
        if (state.Length != _state.Length || !state.ContainsAnyExcept(0UL))
        {
            throw new ArgumentException("A state is four words that are not all 0.", nameof(state));
        }

        state.CopyTo(_state);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_state[1] * 5, 7) * 9;
        ulong t = _state[1] << 17;
        _state[2] ^= _state[0];
        _state[3] ^= _state[1];
        _state[1] ^= _state[2];
        _state[0] ^= _state[3];
        _state[2] ^= t;
        _state[3] = BitOperations.RotateLeft(_state[3], 45);
        return result;
    }

    /// <summary>A number in [0, 1) on the grid of 2^−53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number in [0, <paramref name="bound"/>), every one equally likely (Lemire 2019).</summary>
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong range = (ulong)bound;
        ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
        ulong threshold = low < range ? (0 - range) % range : 0;
        while (low < threshold)
        {
            high = Math.BigMul(NextUInt64(), range, out low);
        }

        return (int)high;
    }

    /// <summary>A number from the normal distribution with mean 0 and deviation 1 (Box and Muller).</summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>Puts elements into a random order, every order equally likely (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> elements)
    {
        for (int i = elements.Length - 1; i > 0; i--)
        {
            int j = NextInt(i + 1);
            (elements[i], elements[j]) = (elements[j], elements[i]);
        }
    }
}
