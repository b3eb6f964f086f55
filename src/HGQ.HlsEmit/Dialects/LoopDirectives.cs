namespace HGQ.HlsEmit.Dialects;

/// <summary>What a tool is to do with a loop.</summary>
/// <param name="IsUnrolled">Every turn stands in the hardware.</param>
/// <param name="Interval">Clock cycles from one turn to the next; null where the tool decides.</param>
/// <param name="Copies">Turns of a loop that stays one which are computed at once.</param>
/// <param name="Rewinds">Whether a new start of the loop follows its last turn without a pause.</param>
internal sealed record LoopDirectives(bool IsUnrolled, int? Interval = null, int Copies = 1, bool Rewinds = false)
{
    /// <summary>All turns at once.</summary>
    public static LoopDirectives Unrolled { get; } = new(true);

    /// <summary>A turn in each clock cycle.</summary>
    public static LoopDirectives EachClock { get; } = new(false, 1);
}
