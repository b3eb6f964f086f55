namespace HGQ.Model.Program.Positions;

/// <summary>Finds out whether element-wise work repeats from position to position.</summary>
internal static class Repetition
{
    /// <summary>Whether values repeat after <paramref name="period"/> elements.</summary>
    public static bool Holds<T>(EquatableArray<T> values, int period) where T : notnull
    {
        for (var e = period; e < values.Length; e++)
        {
            if (!values[e].Equals(values[e - period]))
            {
                return false;
            }
        }

        return true;
    }
}
