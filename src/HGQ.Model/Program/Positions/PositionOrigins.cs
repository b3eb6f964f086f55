using System.Collections.Generic;

namespace HGQ.Model.Program.Positions;

/// <summary>Where the positions of a gather come from: padding, cropping and moving whole positions.</summary>
internal static class PositionOrigins
{
    /// <summary>Marks a position that is made of constants.</summary>
    public const int Nowhere = -1;

    /// <summary>
    /// Per position, the position of the source that it comes from or <see cref="Nowhere"/>; null where channels go different ways, or
    /// where constants differ.
    /// </summary>
    /// <param name="gather">The instruction.</param>
    /// <param name="body">Elements of a position of the result.</param>
    /// <param name="period">Elements of a position of the source.</param>
    public static List<int>? Of(GatherInstruction gather, int body, int period)
    {
        var from = new List<int>();
        int? constants = null;
        for (var first = 0; first < gather.IndexOf.Length; first += body)
        {
            bool nowhere = gather.SourceOf[first] < 0;
            int origin = nowhere ? Nowhere : gather.IndexOf[first];
            for (var e = 0; e < body; e++)
            {
                bool same = nowhere
                    ? gather.SourceOf[first + e] < 0 && gather.Constants[first + e] == gather.Constants[(constants ?? first) + e]
                    : gather.SourceOf[first + e] == 0 && gather.IndexOf[first + e] == origin + e;
                if (!same)
                {
                    return null;
                }
            }

            constants ??= nowhere ? first : null;
            if (!nowhere && origin % period != 0)
            {
                return null;
            }

            from.Add(nowhere ? Nowhere : origin / period);
        }

        return from;
    }
}
