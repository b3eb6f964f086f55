namespace HGQ.Sweep.Plan;

/// <summary>Random numbers that are the same on every machine and in every version (SplitMix64, Steele, Lea and Flood, 2014).</summary>
internal sealed class SplitMix
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Begins a stream of its own for each name and number: a parameter more leaves the draws of the others as they are.</summary>
    public SplitMix(ulong seed, string name, int number)
    {
        _state = seed;
        foreach (char letter in name)
        {
            _state = Next() ^ letter;
        }

        _state = Next() ^ (ulong)number;
    }

    /// <summary>A number from 0 up to, but not including, 1.</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        ulong z = unchecked(_state += Golden);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }
}
