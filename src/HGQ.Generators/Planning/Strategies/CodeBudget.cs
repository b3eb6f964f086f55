namespace HGQ.Generators.Planning.Strategies;

/// <summary>
/// Terms that a kernel may have written out, so that its file stays small enough for people and compilers; products take from it in
/// their order.
/// </summary>
internal sealed class CodeBudget
{
    private int _unrolled;
    private int _tiled;

    /// <summary>Takes terms of straight-line code, if there are as many left.</summary>
    public bool TakeUnrolled(int terms, int most) => Take(ref _unrolled, terms, most);

    /// <summary>Takes terms of tiles, if there are as many left.</summary>
    public bool TakeTiled(int terms, int most) => Take(ref _tiled, terms, most);

    private static bool Take(ref int taken, int terms, int most)
    {
        if (taken + terms > most)
        {
            return false;
        }

        taken += terms;
        return true;
    }
}
