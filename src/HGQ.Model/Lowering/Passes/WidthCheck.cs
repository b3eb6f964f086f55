using System;
using HGQ.Model.FixedPoint;
using HGQ.Model.Graph;

namespace HGQ.Model.Lowering;

/// <summary>Refuses programs with a value wider than 64 bits (fixed-point.md 1.4), naming layer, element and width.</summary>
internal static class WidthCheck
{
    public static void Run(ProgramDraft draft)
    {
        foreach (var buffer in draft.Buffers)
        {
            for (var e = 0; e < buffer.Length; e++)
            {
                if (buffer.Formats[e].Width > FixedPointFormat.MaxWidth)
                {
                    throw new ModelGraphException(
                        GraphErrorCodes.WidthAbove64,
                        buffer.Layer,
                        FormattableString.Invariant($"element {e} of its value '{buffer.Name}' needs {buffer.Formats[e].Width} bits ({buffer.Formats[e]}); at most {FixedPointFormat.MaxWidth} are supported: quantize the inputs or the weights more coarsely"));
                }
            }
        }
    }
}
