using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Model.Program.Positions;

/// <summary>How elements travel through a stream: the channels of one position at a time.</summary>
/// <param name="Count">Positions: how many pieces a sample is cut into.</param>
/// <param name="Channels">Elements of a piece.</param>
internal readonly record struct TokenCut(int Count, int Channels)
{
    /// <summary>How a buffer of a program travels: by the shape of the layer that writes it.</summary>
    public static TokenCut Of(IntegerProgram program, int buffer)
    {
        var (length, layer) = (program.Buffers[buffer].Length, program.Buffers[buffer].Layer);
        return Of(length, program.Layers.FirstOrDefault(summary => summary.Layer == layer)?.Shape);
    }

    /// <summary>
    /// One piece for each position of a tensor, whose last axis are the channels; one for all elements where dead elements left no
    /// equal pieces, or where there is one position.
    /// </summary>
    public static TokenCut Of(int length, TensorShape? shape)
    {
        var positions = shape is { Rank: > 1 } ? shape.Size / shape.Channels : 1;
        return positions > 1 && length % positions == 0 ? new TokenCut(positions, length / positions) : new TokenCut(1, length);
    }
}
