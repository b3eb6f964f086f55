using System.Collections.Generic;
using System.Linq;
using HGQ.Model.Graph;

namespace HGQ.Runtime.Runs;

/// <summary>What goes into the network of a run and comes out, told by what it is made from: no network is built to be asked.</summary>
/// <param name="Ports">The input ports and their elements; a row of the data is cut into them in this order.</param>
/// <param name="Outputs">Outputs, each of which learns the target.</param>
internal sealed record NetworkEnds(IReadOnlyList<(string Name, int Size)> Ports, int Outputs)
{
    /// <summary>Those of a run whose start model or description fits the data.</summary>
    /// <param name="request">The run.</param>
    /// <param name="features">Features a sample.</param>
    public static NetworkEnds Of(RunRequest request, int features)
    {
        if (request.Start is { } start)
        {
            return new NetworkEnds(
                [.. start.Graph.Layers.OfType<InputLayer>().Select(static input => (input.Name, input.Shape.Size))],
                start.Graph.Outputs.Length);
        }

        return request.Description is { } description
            ? new NetworkEnds([.. description.Ports.Select(port => (port.Name, SizeOf(port.Shape, features)))], description.Outputs.Count)
            : new NetworkEnds([(NetworkBuilder.InputName, features)], Outputs: 1);
    }

    private static int SizeOf(IReadOnlyList<long>? shape, int features) =>
        shape is null ? features : (int)shape.Aggregate(1L, static (product, n) => product * n);
}
